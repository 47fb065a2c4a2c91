"""The page on what programmes changed: people enrolled beside people like them a year before."""

from __future__ import annotations

from ddj_desktop.measures.outcome_figures import fixed_words
from ddj_desktop.measures.outcome_words import AS_IF, ENROLLED, REGRESSION
from ddj_desktop.measures.outcomes import counted_words
from ddj_desktop.measures.statistics import Ratio
from ddj_desktop.outputs import wording
from ddj_desktop.outputs.content import Block, OutcomeTable, Page, Paragraph
from ddj_desktop.outputs.grid_cells import ALIKE, UNSTABLE, ratio_words
from ddj_desktop.outputs.outcome_grid import compared, judged
from ddj_desktop.outputs.pages import Draft
from ddj_desktop.registers.programmes import Programme

TITLE = "What programmes changed, beside people without them"
HOW = (
    "The as-if cohort is everybody who was on the list under the same definition a year before the middle enrolment "
    "and was not enrolled by then, followed for as long. Years at risk are the people followed times their days, less "
    "days in jail, where nobody can be booked, called for or visited. Everything is worked out from the rounded "
    "numbers printed here. People who left the programme sooner are counted as enrolled. An interval takes contacts as "
    "if each came by itself; the true one is wider."
)
MARKS = f"{UNSTABLE} Unstable: fewer than 20 on one side. {ALIKE} Cannot be distinguished from no change."


def outcome_page(draft: Draft) -> Page | None:
    """Each programme with a fixed outcome of which anybody is followed; None where there is none."""
    blocks: list[Block] = []
    shown: list[OutcomeTable] = []
    for programme in draft.facts.programmes:
        block = _block(draft, programme)
        if block is None:
            continue
        if any(any(cohort.uses) for cohort in judged(block)):
            shown.append(block)
            blocks += [block, Paragraph(_compared_words(compared(block)), lead="Side by side.")]
        else:
            blocks.append(Paragraph(wording.too_small_to_show([block.title])))
        blocks.append(Paragraph(fixed_words(programme), lead="Agreed first."))
    if not blocks:
        return None
    if shown:
        blocks.append(Paragraph(HOW, lead="How to read it."))
    title = _title(shown[0]) if len(shown) == 1 else TITLE
    subtitle = "People enrolled, before and after, beside people of the same list a year earlier without the programme."
    return Page("Outcomes", title, subtitle, tuple(blocks))


def _block(draft: Draft, programme: Programme) -> OutcomeTable | None:
    number = programme.programme_id
    enrolled, as_if = (draft.figure(f"outcome_followed_{number}_{cohort}") for cohort in (ENROLLED, AS_IF))
    use = draft.table(f"outcome_{programme.outcome_unit}s_{number}")
    if enrolled is None or as_if is None or use is None:
        return None
    what = f"{programme.name}: {counted_words(programme)[:1].lower()}{counted_words(programme)[1:]}"
    return OutcomeTable(
        draft.number, f"{what} before and after enrolment", programme, (enrolled, as_if), use,
        draft.table(f"outcome_jail_{number}"), f"{REGRESSION} {MARKS}",
    )  # fmt: skip


def _compared_words(found: Ratio | None) -> str:
    if found is None:
        return "The two changes are not set against each other: too few contacts, or a number they rest on is hidden."
    ratio = ratio_words(found, 2).rstrip(UNSTABLE + ALIKE)
    said = f"The change of people enrolled is {ratio} times that of the as-if cohort."
    if not found.differs:
        return f"{said} No difference made by the programme can be told."
    return (
        f"{said} People enrolled used {_more_or_less(found)} afterwards than people like them; whether the programme "
        "is why, these numbers alone do not say."
    )


def _title(block: OutcomeTable) -> str:
    found = compared(block)
    if found is None:
        return TITLE
    if not found.differs:
        return wording.short(f"{block.programme.name}: no difference from people without it can be told", TITLE)
    return wording.short(f"{block.programme.name}: {_more_or_less(found)} use afterwards than people like them", TITLE)


def _more_or_less(found: Ratio) -> str:
    return "less" if found.value is not None and found.value < 1 else "more"
