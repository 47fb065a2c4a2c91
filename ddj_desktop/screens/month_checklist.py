"""The page of the month: what is done, what is next, one button a line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ddj_desktop.cohort.closing import Revision
from ddj_desktop.kernel.dates import Month, day_in_words
from ddj_desktop.screens.wording import many, number
from ddj_desktop.workflow.lists import Closing, LineState


@dataclass(frozen=True)
class Line:
    """One line of the checklist. `state` is done, todo, look or wait; `act` names what the button does."""

    title: str
    state: str
    word: str
    text: str
    button: str
    act: str
    why_not: str = ""
    """Why the button can not be used; '' when it can."""


def checklist(state: LineState, month: Month | None, closing: Closing | None = None) -> list[Line]:
    """The lines of the month, in the order of the work; `closing` says whether it is closed and what changed since."""
    lines = [_files(state, month), _match(state), _review(state), _list(state), _packet(state, month)]
    return [*lines, _close(state, month, closing)] if month else lines


def next_line(lines: list[Line]) -> int:
    """The first line that is not done and can be worked on: the one whose button stands out. -1 when all is done."""
    for spot, line in enumerate(lines):
        if line.state in ("todo", "look") and not line.why_not:
            return spot
    return -1


def headline(state: LineState, month: Month | None) -> str:
    """The page's title."""
    if not state.imports:
        return "Add the first files to begin"
    return month.in_words() if month else "This month"


def _files(state: LineState, month: Month | None) -> Line:
    if not state.imports:
        return Line(
            "Files in", "todo", "To do", "Nothing is taken in yet. Drop the agencies' files anywhere on this window.",
            "Add files", "import",
        )  # fmt: skip
    taken = f"{many(state.imports, 'file', 'files')} from {many(state.sources, 'source', 'sources')}"
    until = f" Data go to {day_in_words(state.last_contact.date())}." if state.last_contact else ""
    text = f"{taken}, {many(state.rows, 'row', 'rows')}.{until}"
    late = month is not None and state.last_contact is not None and Month.of(state.last_contact.date()) < month
    return Line("Files in", "look" if late else "done", "Late" if late else "Done", text, "Add files", "import")


def _match(state: LineState) -> Line:
    if not state.imports:
        return Line("People matched", "todo", "To do", "People are found once files are in.", "Match", "run_match",
                    "Add files first.")  # fmt: skip
    if state.matched_at is None:
        text = f"{many(state.records, 'record', 'records')} wait to be matched into people."
        return Line("People matched", "todo", "To do", text, "Match", "run_match")
    text = f"{many(state.records, 'record', 'records')} belong to {many(state.people, 'person', 'people')}."
    if state.records_not_matched:
        waiting = many(state.records_not_matched, "record is", "records are")
        return Line("People matched", "look", "Match again", f"{waiting} new since the last match. {text}", "Match",
                    "run_match")  # fmt: skip
    return Line("People matched", "done", "Done", text, "Match again", "run_match")


def _review(state: LineState) -> Line:
    if state.matched_at is None:
        return Line("Possible matches", "todo", "To do", "Pairs the program can not settle are shown to you.", "Review",
                    "review", "Match people first.")  # fmt: skip
    if state.pairs_to_review:
        text = f"{many(state.pairs_to_review, 'pair needs', 'pairs need')} your eye. You may leave some for later."
        return Line("Possible matches", "look", f"{number(state.pairs_to_review)} to review", text,
                    f"Review {number(state.pairs_to_review)}", "review")  # fmt: skip
    return Line("Possible matches", "done", "Done", "No possible matches are waiting.", "Look", "match")


def _list(state: LineState) -> Line:
    if state.standing is None:
        return Line("The list", "todo", "To do", "No definition is kept yet, so nobody can be on a list.",
                    "Choose a definition", "define")  # fmt: skip
    name = f"{state.standing.name}, version {state.standing.version}"
    if state.matched_at is None:
        return Line("The list", "todo", "To do", f"{name}.", "See the figures", "understand", "Match people first.")
    if state.standing.state != "agreed":
        return Line("The list", "look", "Draft", f"{name} is not agreed yet; packets say so.", "Look at it", "define")
    return Line("The list", "done", "Agreed", f"{name}.", "See the figures", "understand")


def _packet(state: LineState, month: Month | None) -> Line:
    why_not = ""
    if state.standing is None:
        why_not = "Choose a definition first."
    if state.matched_at is None:
        why_not = "Match people first."
    if state.last_packet_at and month and state.last_packet_month == str(month):
        text = f"Last built {day_in_words(state.last_packet_at.date())}."
        return Line("The packet", "done", "Built", text, "Open", "report", why_not)
    text = f"For {month.in_words()}: PDF to print, and the same figures as a workbook." if month else "Not built yet."
    return Line("The packet", "todo", "To do", text, "Build the packet", "report", why_not)


def _close(state: LineState, month: Month, closing: Closing | None) -> Line:
    name = month.in_words()
    if closing is None or closing.month is None:
        why_not = "" if state.standing and state.standing.state == "agreed" else "Have a definition agreed first."
        why_not = "Match people first." if state.matched_at is None else why_not
        text = f"Closing keeps the list and the figures of {name} as they are; later corrections are shown beside them."
        return Line(f"Close {name}", "wait" if why_not else "todo", "To do", text, "Close the month", "close", why_not)
    kept, revised = closing.month, closing.revision
    text = f"Closed {day_in_words(kept.closed_at.date())} by {kept.closed_by} with {number(len(kept.on_list))} people."
    if revised and revised.is_revised:
        return Line(f"Close {name}", "look", "Revised", f"{text} {revision_words(revised)}", "Open it again", "reopen")
    return Line(f"Close {name}", "done", "Closed", f"{text} Nothing has changed since.", "Open it again", "reopen")


def revision_words(revised: Revision) -> str:
    """What has changed since a month was closed: how many came on and went off, how many were joined, and why."""
    parts = []
    for people, one, more in (
        (revised.added, "person more", "people more"),
        (revised.gone, "person fewer", "people fewer"),
    ):
        if people:
            why = "; ".join(
                f"{number(times)} because {words}" for words, times in sorted(Counter(people.values()).items())
            )
            parts.append(f"{many(len(people), one, more)} ({why})")
    if revised.joined:
        parts.append(f"{many(len(revised.joined), 'person', 'people')} found to be somebody else on it")
    return f"Revised: it would have {number(len(revised.now))} people now: {', '.join(parts)}."
