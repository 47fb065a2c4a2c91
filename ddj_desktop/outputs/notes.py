"""The notes that say how to read a packet: what is hidden, what is rounded, what is missing (ux reference 4.3)."""

from __future__ import annotations

from ddj_desktop.disclosure.safe import HIDDEN, SafeMonth
from ddj_desktop.outputs.grid_cells import NO_DATA


def small_note(safe: SafeMonth) -> str:
    """What hides a number, in one sentence for below a table."""
    return (
        f"{HIDDEN} hides a number: counts of 1 to {safe.threshold - 1} are not shown, to protect privacy, and in some "
        f"rows a second number is hidden so that the first can not be worked out. Zero is shown as 0."
    )


def foot_note(safe: SafeMonth, hidden: bool) -> str:
    """What stands at the foot of a page of numbers; `hidden` where the page prints the marker."""
    rounded = f"Counts are rounded to the nearest {safe.rounded_to}."
    return f"{small_note(safe)} {rounded}" if hidden else rounded


def rounding_note(safe: SafeMonth) -> str:
    """Why counts are rounded, sums do not come out, and no 0 says that nobody joined or left."""
    return (
        f"Every count is rounded to the nearest {safe.rounded_to} by itself, so that one or two people do not show "
        f"from one packet to the next. Who joined or left is hidden from 0 to {safe.threshold - 1}, and so is a 0 that "
        "would tell the health or housing of everybody."
    )


def method_notes(safe: SafeMonth) -> tuple[str, ...]:
    """How to read the packet."""
    kept = (
        f"{'One number is' if safe.kept == 1 else f'{safe.kept} numbers are'} printed as in an earlier packet: late "
        f"records changed {'it' if safe.kept == 1 else 'them'} by no more than {safe.threshold}."
    )
    return (
        small_note(safe),
        rounding_note(safe),
        "Percentages and rates based on hidden counts are not shown, and none is worked out on fewer than 30.",
        f"“{NO_DATA}” means that nothing came in for that month. It never means zero.",
        kept if safe.kept else "Numbers may differ from earlier packets because late records arrived.",
        "People are chosen because their use was high. Some decrease afterwards is expected even without any program.",
    )
