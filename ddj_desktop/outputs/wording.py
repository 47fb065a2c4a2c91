"""Every sentence a packet prints, drafted from protected figures.

A title states the finding in at most twelve words and stays true when its number is hidden, missing, 0 or 1: then
it says less, never something else. People are 'people'.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ddj_desktop.disclosure.safe import HIDDEN, SafeFigure, SafeMonth
from ddj_desktop.kernel.dates import Month, day_in_words
from ddj_desktop.outputs.content import Audience, Recipient, SourceFacts
from ddj_desktop.outputs.grid_cells import NO_DATA, percent_cell

JAIL_DAYS = "jail days"

LONGEST_TITLE = 12
"""Words in a page title (ux.md 4.1)."""

SMALLEST_CHANGE = 10
"""A change is put into words only from this size on: a smaller one could point at single people (privacy 1.5)."""

AUDIENCE_WORDS: dict[Audience, str] = {
    "meeting": "Meeting packet",
    "leadership": "Leadership summary",
    "public": "Public summary",
    "partner": "Partner summary",
}

KIND_WORDS = {
    "jail": "Jail",
    "arrest": "Arrests",
    "dispatch": "911",
    "co_responder": "Co-responder",
    "ems": "EMS",
    "hospital": "Hospital",
    "shelter": "Shelter",
    "treatment": "Treatment",
    "court": "Court",
    "probation": "Probation",
}

DEMO_MARK = "MADE-UP PEOPLE"

NOT_WORKED_OUT = "No data allow an answer yet."


def packet_words(audience: Audience, recipient: Recipient | None) -> str:
    """What the pages are called: `Meeting packet`, `Summary for Pine Valley Hospital`."""
    return AUDIENCE_WORDS[audience] if recipient is None else f"Summary for {recipient.name}"


def recipient_sentence(recipient: Recipient) -> str:
    """Under which agreement a partner has the pages, what for, and what may not be done with them."""
    return (
        f"{recipient.name}, under “{recipient.agreement}”, for {recipient.purpose}. Not for any other use; nobody may "
        "try to find out who is counted here."
    )


def kind_words(kind: str) -> str:
    """A source kind as a heading: `911 dispatch`."""
    return KIND_WORDS.get(kind, kind.replace("_", " ").capitalize())


def kind_adjective(kind: str) -> str:
    """A source kind before a noun: `911`, `jail`, `EMS`."""
    return {"dispatch": "911", "ems": "EMS", "arrest": "arrest"}.get(kind, kind_words(kind).lower())


def people(count: float, start: bool = False) -> str:
    """`93 people`, `1 person`, `no one` (`No one` at the start of a sentence)."""
    if count == 0:
        return "No one" if start else "no one"
    return f"{count:,.0f} {'person' if count == 1 else 'people'}"


def about(count: float, start: bool = False) -> str:
    """`about 95 people` for a rounded number; `no one` for none (`About`, `No one` at the start of a sentence)."""
    return people(count, start) if count == 0 else f"{'About' if start else 'about'} {people(count)}"


def shown(figure: SafeFigure | None) -> float | None:
    """The count where it may be printed and there is one."""
    return None if figure is None or figure.missing else figure.count


def county_words(safe: SafeMonth) -> str:
    """`Pine County, KS`."""
    return place_words(safe.county, safe.state)


def place_words(county: str, state: str) -> str:
    """`Pine County, KS`; the word County (Parish, Borough) is not said twice."""
    named = any(word in county.lower() for word in ("county", "parish", "borough"))
    return ", ".join(part for part in (county if named else f"{county} County", state) if part)


def agreed_words(safe: SafeMonth) -> str:
    """`agreed Jun 12, 2025 by 6 agencies`, or that nobody has agreed yet."""
    return f"agreed {safe.agreed}" if safe.agreed else "not yet agreed"


# Titles ------------------------------------------------------------------------------------------------------------


def list_title(on_list: SafeFigure | None, month: Month) -> str:
    """Page 1: how many people met the definition."""
    when = month.in_words()
    count = shown(on_list)
    if count is not None:
        return f"{about(count, start=True)} met the definition in {when}"
    if on_list is None or on_list.missing:
        return f"No data say who met the definition in {when}"
    return f"Frequent use across systems in {when}"


def flow_title(new: SafeFigure | None, left: SafeFigure | None, month: Month) -> str:
    """Page 2: who joined and who left."""
    joined, gone = shown(new), shown(left)
    when = month.in_words()
    if joined is not None and gone is not None:
        return f"{about(joined, start=True)} joined the list and {about(gone)} left"
    if joined is not None:
        return f"{about(joined, start=True)} joined the list in {when}"
    if gone is not None:
        return f"{about(gone, start=True)} left the list in {when}"
    return f"The list in {when} and how it changed"


def use_title(shares: Sequence[tuple[str, SafeFigure]]) -> str:
    """Page 3: the share of jail days that people on the list account for, else their largest share of any use.

    Jail days first, so that the title can be compared from month to month. Each figure comes with the words of its
    whole.
    """
    found = largest_share([pair for pair in shares if pair[0] == JAIL_DAYS]) or largest_share(shares)
    if found is None:
        return "What people on the list used"
    words, figure = found
    if figure.count == 0:
        return short(f"People on the list had no {words}", "What people on the list used")
    percent = percent_cell(figure.count, figure.of).text
    return short(f"People on the list account for {percent} of {words}", "What people on the list used")


def largest_share(shares: Sequence[tuple[str, SafeFigure]]) -> tuple[str, SafeFigure] | None:
    """The figure with the largest share among those shown on a base that allows a percent; the first on a tie."""
    best: tuple[float, int] | None = None
    for place, (_, figure) in enumerate(shares):
        if shown(figure) is None or figure.of is None or percent_cell(figure.count, figure.of).text in ("", HIDDEN):
            continue
        share = (figure.count or 0.0) / figure.of
        if best is None or share > best[0]:
            best = (share, place)
    return None if best is None else shares[best[1]]


def who_title(label: str, on_list: str, others: str) -> str:
    """Page 4: the group that stands out most, or no finding where none may be shown (empty strings)."""
    plain = "Who is on the list, beside everyone else"
    if not label:
        return plain
    return short(f"{label}: {on_list} of the list, {others} of everyone else", plain)


def overlap_title(many: float | None, of: float | None, words: str) -> str:
    """Page 5: how many people on the list are known to several systems; `words` such as `three or more systems`."""
    plain = "Which systems know the same people"
    if many is None or of is None or of == 0:
        return plain
    if many == 0:
        return short(f"No one on the list is known to {words}", plain)
    return short(f"About {many:,.0f} of {people(of)} are known to {words}", plain)


def method_title(sources: Sequence[SourceFacts], months: Sequence[Month]) -> str:
    """Page 6: whether the data are whole."""
    if not sources or not months:
        return "How these numbers were made"
    whole = sum(_whole(facts, months) for facts in sources)
    count = len(sources)
    if whole == count:
        which = "The one source has" if count == 1 else f"All {count} sources have"
        return f"{which} data for every month"
    if count == 1:
        return "The one source lacks data for some months"
    if whole == 0:
        return "No source has data for every month"
    return f"{whole} of {count} sources {'has' if whole == 1 else 'have'} data for every month"


def _whole(facts: SourceFacts, months: Sequence[Month]) -> bool:
    states = dict(facts.months)
    return all(states.get(month) == "full" for month in months)


def short(title: str, instead: str) -> str:
    """The title, or the plain one where the county's own words make it longer than twelve words."""
    return title if len(title.split()) <= LONGEST_TITLE and len(title) <= 90 else instead


# Sentences ---------------------------------------------------------------------------------------------------------


def things_heading(count: int) -> str:
    """`Three things to know`, or how many there are."""
    return {1: "One thing to know", 2: "Two things to know"}.get(count, "Three things to know")


def subtitle(safe: SafeMonth) -> str:
    """What is counted, where, when, under which definition."""
    return (
        f"People on the list on {day_in_words(safe.as_of)} in {county_words(safe)}, under “{safe.definition_name}” "
        f"version {safe.definition_version} ({agreed_words(safe)})."
    )


FLOW_FIGURE = "How the list changed since last month"

WHO_FIGURE = "People on the list and everyone else"

CONCENTRATION_FIGURE = "How concentrated use of the jail is, among everyone who was there"

METHOD_SUBTITLE = "Sources, months of data, matching, the rule for small counts, and known limits."


def headlines_figure(safe: SafeMonth, count: int) -> str:
    """The title of the row of large numbers."""
    numbers = {1: "one number", 2: "two numbers", 3: "three numbers", 4: "four numbers"}.get(count, "five numbers")
    return f"{safe.month.in_words()} in {numbers}; use is that of people on the list"


def flow_subtitle(safe: SafeMonth) -> str:
    """Page 2: the list beside the month before."""
    return f"People on the list on {day_in_words(safe.as_of)}, beside earlier months, in {county_words(safe)}."


def use_subtitle(safe: SafeMonth) -> str:
    """Page 3: use, as a share of everyone's."""
    return f"Contacts and days of people on the list on {day_in_words(safe.as_of)}, as a share of everyone's."


def who_subtitle(safe: SafeMonth) -> str:
    """Page 4: the list beside everyone else."""
    return f"People on the list on {day_in_words(safe.as_of)}, beside everyone else known to these systems."


def overlap_subtitle(safe: SafeMonth) -> str:
    """Page 5: systems that know the same people."""
    return f"Systems in which people on the list on {day_in_words(safe.as_of)} had a contact."


def contents_line(name: str, title: str) -> str:
    """One line of the list of pages: what each page found."""
    return f"{name}: {title}."


def page_left_out(name: str, reason: str) -> str:
    """A page that is not in the packet, and why: `Who they are: left out. Not shown, because …`"""
    return f"{name}: left out. {reason}".strip()


def share_sentence(words: str, figure: SafeFigure) -> str:
    """`People on the list account for 1,024 of 3,310 jail days (31%).`"""
    if figure.count == 0:
        return f"People on the list had none of the {figure.of or 0:,.0f} {words}."
    count, of = f"{figure.count or 0:,.0f}", f"{figure.of or 0:,.0f}"
    percent = percent_cell(figure.count, figure.of).text
    return f"People on the list account for {count} of {of} {words}{f' ({percent})' if percent else ''}."


def change_sentence(on_list: SafeFigure | None, before: SafeFigure | None, when: str) -> str:
    """How the list grew or shrank, where both numbers are shown and the change is no small one; else empty."""
    now, then = shown(on_list), shown(before)
    if now is None or then is None:
        return ""
    change = now - then
    if abs(change) < SMALLEST_CHANGE:
        return f"The list is about as long as {when}: {now:,.0f} people, {then:,.0f} then." if change else ""
    direction = "longer" if change > 0 else "shorter"
    return f"The list is {direction} than {when}: {now:,.0f} people, {then:,.0f} then."


def group_sentence(label: str, on_list: str, others: str, count: str) -> str:
    """The characteristic that stands out most."""
    return f"{label}: {on_list} of people on the list ({count}), {others} of everyone else."


def overlap_sentence(many: float, of: float, words: str) -> str:
    """How many are known to several systems."""
    percent = percent_cell(many, of).text
    return f"About {many:,.0f} of {people(of)} on the list are known to {words}{f' ({percent})' if percent else ''}."


TOO_FEW = "Too few numbers can be shown this month to draw findings from them."


def left_out(what: str) -> str:
    """A page or table that has nothing to print says so."""
    return f"{what} can not be filled: this month's data hold no figures for it."


NOT_LISTED = "Rows that hold nobody, or whose number is hidden, are not listed."


def of_the_list(on_list: SafeFigure | None) -> str:
    """What the counts below a title are of, where that may be said: `Of 48 people on the list.`"""
    count = shown(on_list)
    return f"Of {people(count)} on the list." if count else ""


def not_listed(rows: Sequence[str]) -> str:
    """Rows that are named only, because nothing in them may or can be seen."""
    return f"Not listed, because hidden or nobody: {'; '.join(rows)}." if rows else ""


def concentration_sentence(words: str, figure: SafeFigure) -> str:
    """`Jail bookings of the 5% who had most: 412 of 3,310 (12%).`"""
    percent = percent_cell(figure.count, figure.of).text
    return f"{words}: {figure.count or 0:,.0f} of {figure.of or 0:,.0f}{f' ({percent})' if percent else ''}."


def too_small_to_show(tables: Sequence[str]) -> str:
    """Tables with nothing to see, said in one sentence instead of empty grids."""
    names = "; ".join(tables)
    return f"Not shown, because every number of people on the list is hidden, zero or without data: {names}."


def limits(safe: SafeMonth) -> tuple[str, ...]:
    """What the figures can not say."""
    return (
        "People are matched between systems by name, birth date and other details. A few matches are wrong and a few "
        "are missed, so a count may be off by a small number.",
        "A person counts only where a system wrote down who they were. Calls without a name belong to no one here.",
        "Use of systems that sent no data is not counted.",
    )


def data_to(safe: SafeMonth, sources: Sequence[SourceFacts]) -> str:
    """`Data to Oct 31, 2026; EMS to Sep 30, 2026`: the sources that end before the list's date are named."""
    late = [facts for facts in sources if facts.last_day is not None and facts.last_day < safe.month.span.first]
    none = [facts.name for facts in sources if facts.last_day is None]
    parts = [f"Data to {day_in_words(safe.as_of)}"]
    parts += [f"{facts.name} to {day_in_words(facts.last_day)}" for facts in late if facts.last_day]
    parts += [f"{name}: {NO_DATA}" for name in none]
    return "; ".join(parts)


def footer(safe: SafeMonth, name: str, sources: Sequence[SourceFacts], made: datetime, head: str) -> tuple[str, ...]:
    """The lines at the foot of every page, without the page's number; `name` is what `packet_words` gave."""
    return (
        f"{name} {safe.month.in_words()} · “{safe.definition_name}” version "
        f"{safe.definition_version}, {agreed_words(safe)}",
        data_to(safe, sources),
        f"Aggregate, counts under {safe.threshold} hidden, rounded to {safe.rounded_to} · made {moment_words(made)} · "
        f"log {head}",
    )


def moment_words(moment: datetime) -> str:
    """`Nov 3, 2026 9:42`."""
    return f"{day_in_words(moment.date())} {moment.hour}:{moment.minute:02d}"


def headline_detail(of: str, percent: str) -> str:
    """Below a large number: what it is a part of. `of 3,310 (31%)`; empty for a bare count."""
    if not of or of == NO_DATA:
        return ""
    return f"of {of} ({percent})" if percent not in ("", HIDDEN) else f"of {of}"
