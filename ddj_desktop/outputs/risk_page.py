"""The risk page of an extract: one page that goes with the file and says what was checked and what was found."""

from __future__ import annotations

from pathlib import Path

from ddj_desktop.disclosure.extract import SafeExtract
from ddj_desktop.disclosure.extract_columns import COLUMNS
from ddj_desktop.disclosure.extract_risk import Risk
from ddj_desktop.disclosure.gate import Permit
from ddj_desktop.disclosure.part2 import NOTICE
from ddj_desktop.outputs.extract_files import ExtractFacts
from ddj_desktop.outputs.plain_paper import Grid, Paper, Part, write_paper
from ddj_desktop.outputs.wording import place_words
from ddj_desktop.registers.bases import BASES

NOT_SAFE_HARBOR = (
    "This file is not de-identified under the Safe Harbor method of 45 CFR 164.514(b)(2): the county it comes from is "
    "known. Handle it as the agreement says, do not try to find out who anybody is, and do not join it to other files."
)


MISSING_IS_NOT_ZERO = (
    "A contact of those days is in no column: 0 there says that none is known, not that there was none."
)


def write_risk_page(
    permit: Permit, extract: SafeExtract, risk: Risk, facts: ExtractFacts, bases: tuple[str, ...], path: Path
) -> str:
    """Write it as a PDF; gives the SHA-256. `bases`: legal bases with their papers' numbers, from the register."""
    return write_paper(path, risk_paper(permit, extract, risk, facts, bases))


def risk_paper(permit: Permit, extract: SafeExtract, risk: Risk, facts: ExtractFacts, bases: tuple[str, ...]) -> Paper:
    """The page's content. Whole-file numbers only: nothing in it is of a class smaller than eleven."""
    place = place_words(facts.county, facts.state)
    parts = [
        Part(
            "Who may have it, and on what ground",
            grid=Grid(("", ""), tuple(ground(permit, facts.definition, bases)), (3, 7)),
        ),
        Part(
            "What was found in the file as written", grid=Grid(("", ""), tuple(findings(extract, risk, facts)), (6, 4))
        ),
    ]
    if risk.spreads:
        rows = tuple(
            (COLUMNS[s.column].words, str(s.fewest_values), f"{s.largest_share:.0%}", f"{s.distance:.2f}")
            for s in risk.spreads
        )
        parts.append(
            Part(
                "Sensitive columns, in the class where each gives most away",
                grid=Grid(("Column", "Fewest values", "Largest share", "Distance"), rows, (5, 2, 2, 2)),
            )
        )
    short = (" ".join((*facts.gaps, MISSING_IS_NOT_ZERO)),) if facts.gaps else ()
    parts.append(Part("What was done to the columns", sentences=(*_done(extract), *short)))
    parts.append(Part(sentences=(NOT_SAFE_HARBOR, *(NOTICE[:1] if facts.part2 else ())), boxed=True))
    return Paper(
        "Risk page", f"Rows about people, without names · {place} · {facts.period}", place, tuple(parts),
        f"Log {facts.audit_head} · for {permit.partner} only", facts.demo,
    )  # fmt: skip


def _done(extract: SafeExtract) -> tuple[str, ...]:
    """Which columns were left out and which coarsened, in a sentence each."""
    out = [COLUMNS[name].words for name, words in extract.transforms if name not in extract.headings]
    finest = {name: COLUMNS[name].steps[0][0] for name, _ in extract.transforms}
    coarser = [f"{COLUMNS[name].words} ({words})" for name, words in extract.transforms
               if name in extract.headings and words != finest[name]]  # fmt: skip
    said = [f"Left out, because they would tell: {'; '.join(out)}."] if out else []
    said += [f"Coarsened: {'; '.join(coarser)}."] if coarser else []
    return (*said, "The codebook says of every column what it means and what was done to it.")


def ground(permit: Permit, definition: str, bases: tuple[str, ...]) -> list[tuple[str, str]]:
    """Recipient, agreement, purpose, legal basis, definition."""
    rested = "; ".join(bases) or "the agreement alone: no records under HIPAA, 42 CFR Part 2 or HMIS rules are in it"
    if permit.consents:
        rested = (
            f"{rested}; a signed release of information of each person"
            if bases
            else ("a signed release of information of each person")
        )
    return [
        ("Recipient", permit.partner),
        ("Agreement", f"{permit.agreement} (number {permit.agreement_id})"),
        ("Purpose", permit.purpose),
        ("Legal basis", rested),
        ("People", f"on the list under {definition}"),
        ("Asked and approved", f"request {permit.asked}, two persons or a day's wait"),
    ]


def basis_words(names: tuple[str, ...], references: dict[str, str | None]) -> tuple[str, ...]:
    """Legal bases as printed: words, place in the law, number of the county's own paper."""
    found = []
    for name in names:
        number = references.get(name)
        paper = f", paper {number}" if number else ""
        found.append(f"{BASES[name].words} ({BASES[name].citation}{paper})")
    return tuple(found)


def findings(extract: SafeExtract, risk: Risk, facts: ExtractFacts) -> list[tuple[str, str]]:
    """The numbers of the page, each with what it means."""
    out, rule = extract.left_out, f"rule: {1 / facts.least:.3f}"
    codes = [("A person's code", facts.codes)]
    codes += [("All numbers of classes and risk hold", f"for this file beside {facts.beside}")] if facts.beside else []
    return [
        ("People in", f"{extract.people_in:,}"),
        ("People in the file", f"{risk.rows:,} of {extract.people_in:,}"),
        ("Left out, because too few others looked like them", f"{out:,} of {extract.people_in:,}"),
        ("Classes of people who look alike", f"{risk.classes:,}"),
        (f"Smallest class (at least {facts.least} is the rule)", f"{risk.smallest_class:,} people"),
        ("Largest risk for one person, reader knows they are in the file", f"{risk.largest_risk:.3f} ({rule})"),
        ("Largest risk, reader does not know it", f"{risk.largest_risk:.3f} (everybody on the list is in it)"),
        ("Mean risk, and share a reader of the whole file could hope for", f"{risk.mean_risk:.3f}"),
        ("Column that costs most", COLUMNS[extract.costs_most].words),
        *codes,
    ]  # fmt: skip
