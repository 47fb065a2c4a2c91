"""How records became people, in words, with what is known of how often that is right."""

from __future__ import annotations

from ddj_desktop.disclosure.need import roughly
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.outputs.content import MatchFacts
from ddj_desktop.outputs.wording import about, shown
from ddj_desktop.outputs.wording_rows import about_records


def matching_words(facts: MatchFacts, safe: SafeMonth) -> str:
    """How records became people, with what is still open. Records and people to the nearest fifty."""
    when = f" on {day_in_words(facts.run_on)}" if facts.run_on else ""
    decided = _or_few(facts.pairs_decided, safe.threshold)
    open_pairs = _or_few(facts.pairs_to_review, safe.threshold)
    known = shown(safe.figures.get("people_known"))
    near = None if known is None else roughly(round(known))
    into = f" into {about(near)}" if near else ""
    return (
        f"{about_records(facts.records)} were matched{into}{when}. "
        f"Pairs decided by hand: {decided}. Pairs still to look at: {open_pairs}. {checked_words(facts)}"
    )


def checked_words(facts: MatchFacts) -> str:
    """How often matching was right on pairs drawn at random and answered without its answer, with the interval."""
    parts = []
    for checked, drawn, said in (
        (facts.joined, "it had joined", "are one person"), (facts.apart, "it had left apart", "are two people"),
    ):  # fmt: skip
        if checked:
            share = f"{100 * checked.right / checked.looked:.0f}%"
            parts.append(
                f"of {checked.looked:,} pairs {drawn}, {share} {said} "
                f"(95% interval {100 * checked.low:.0f}% to {100 * checked.high:.0f}%)"
            )
    if not parts:
        return "Nobody has checked a random sample of matches yet, so the share that is right is not known."
    return f"Checked at random in the last twelve months, without seeing the program's answer: {'; '.join(parts)}."


def _or_few(count: int, threshold: int) -> str:
    return f"fewer than {threshold}" if 0 < count < threshold else f"{count:,}"
