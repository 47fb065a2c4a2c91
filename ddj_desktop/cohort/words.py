"""A rule, a threshold and a count in words a commissioner can read aloud."""

from __future__ import annotations

from datetime import date

from ddj_desktop.cohort.coverage import in_a_row
from ddj_desktop.cohort.types import (
    AnyMonths,
    AtLeast,
    AttributeClause,
    BeforeEach,
    BeforeLast,
    Clause,
    Combine,
    CountClause,
    FiscalYears,
    FromTo,
    Group,
    LeafClause,
    Measure,
    RecencyClause,
    Rule,
    Since,
    Tier,
    Top,
    TrailingDays,
    TrailingMonths,
    Window,
)
from ddj_desktop.kernel.dates import day_in_words

_NOUN = {
    "jail": "jail booking", "arrest": "arrest", "dispatch": "911 call", "co_responder": "co-responder visit",
    "ems": "EMS run", "hospital": "hospital visit", "shelter": "shelter stay", "treatment": "treatment visit",
    "court": "court date", "probation": "probation contact",
}  # fmt: skip
_PLACE = {
    "jail": "in jail", "hospital": "in hospital", "shelter": "in shelter", "treatment": "in treatment",
    "probation": "on probation",
}  # fmt: skip
_SYSTEM = {"dispatch": "911", "ems": "EMS", "co_responder": "co-responder"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
LEFT_OUT_IN_WORDS = {
    "deceased": "People a source calls dead are left out.",
    "in_custody_throughout": "People in jail on every day of the widest of these windows are left out.",
}
_TIES = {
    "include": "everyone level with the last one is included",
    "exclude": "those level with the last one are left out where they do not all fit",
    "cap": "of those level with the last one only as many as fit are taken, in order of their number in the file",
}


def in_words(rule: Rule) -> str:
    """The whole rule as a sentence or a few."""
    unit = "Addresses" if rule.unit == "address" else "People"
    who = unit
    if rule.min_age is not None:
        who += f" aged {rule.min_age} or older (people who can not be shown to be are left out)"
    if rule.residents:
        who += f" (only those {residents_in_words(rule)})"
    sentences = []
    windows = {_leaf_window(leaf) for _, leaf in rule.leaves}
    if rule.clauses:
        shared = windows.pop() if len(windows) == 1 else None
        asked = _combined(rule.combine, [clause_in_words(clause, shared is None) for clause in rule.clauses])
        link = "that" if rule.unit == "address" else "who"
        sentences.append(f"{who} {link}, {window_in_words(shared)}, had {asked}." if shared else
                         f"{who} {link} had {asked}.")  # fmt: skip
    if rule.top:
        sentences.append(_top(rule.top, None if rule.clauses else who))
    if rule.tiers:
        sentences.append(_tiers(rule))
    sentences += [LEFT_OUT_IN_WORDS[name] for name in rule.leave_out]
    if rule.unit == "address":
        sentences.append("Addresses of jails, shelters and hospitals are left out.")
    return " ".join(sentences)


def window_in_words(window: Window) -> str:
    """`in the 12 months up to the date of the list`."""
    match window:
        case TrailingDays(days):
            return f"in the {days} days up to the date of the list" if days > 1 else "on the date of the list"
        case TrailingMonths(months):
            return f"in the {_some(months, 'month')} up to the date of the list"
        case AnyMonths(any_months, within):
            return f"in any {_some(any_months, 'month')} in a row within the last {_some(within, 'month')}"
        case FromTo(first, last):
            return f"from {day_in_words(first)} to {day_in_words(last)}"
        case FiscalYears(years, starts):
            kind = "calendar year" if starts == 1 else f"fiscal year beginning in {_MONTHS[starts - 1]}"
            kinds = "calendar years" if starts == 1 else f"fiscal years beginning in {_MONTHS[starts - 1]}"
            return f"in the last whole {kind}" if years == 1 else f"in the last {years} whole {kinds}"
        case Since(day):
            return f"since {day_in_words(day)}"
        case BeforeLast(months, of):
            return f"in the {_some(months, 'month')} up to their last {contact_noun(of, 1)}, that one included"
        case BeforeEach(months, of, within):
            event = f"any {contact_noun(of, 1)} of the last {_some(within, 'month')}"
            return f"in the {_some(months, 'month')} up to {event}, that one included"


def _some(number: int, noun: str) -> str:
    return f"{number} {noun}s" if number > 1 else noun


def noun(measure: Measure, amount: float = 2) -> str:
    """What a measure counts: `jail bookings`, `days in jail`, `kinds of system`; singular for an amount of 1."""
    one = amount == 1
    if measure.count == "systems":
        return ("kind of system" if one else "kinds of system") + _of(measure.sources)
    if measure.count == "kinds":
        return ("kind of contact" if one else "kinds of contact") + _of(measure.sources)
    if measure.count == "points":
        worth = ", ".join(f"{points:,} for {_a(contact_noun((name,), 1))}" for name, points in measure.points)
        return f"{'point' if one else 'points'} ({worth})"
    if measure.count == "episodes":
        return ("episode" if one else "episodes") + f" of {contact_noun(measure.sources)}"
    if measure.count == "cost":
        return "in costs" + _of(measure.sources).replace(" among ", " of ")
    if measure.count == "days":
        places = [_PLACE.get(source, f"with {_source(source)}") for source in measure.sources] or ["of stay"]
        return ("day " if one else "days ") + in_a_row(places, "or")
    return contact_noun(measure.sources, amount)


def contact_noun(sources: tuple[str, ...], amount: float = 2) -> str:
    """`jail bookings or EMS runs`; a source named by its own name: `contacts with Pine County Jail`."""
    one = amount == 1
    known = [_NOUN[source] for source in sources if source in _NOUN]
    named = [source for source in sources if source not in _NOUN]
    words = [word if one else word + "s" for word in known]
    if named or not known:
        contact = "contact" if one else "contacts"
        words.append(f"{contact} with {in_a_row(named, 'or')}" if named else f"{contact} with any source")
    return in_a_row(words, "or")


def _source(source: str) -> str:
    return _SYSTEM.get(source, source.replace("_", " "))


def _of(sources: tuple[str, ...]) -> str:
    return f" among {in_a_row([_source(source) for source in sources])}" if sources else ""


def amount_in_words(measure: Measure, amount: float) -> str:
    """`5`, `1,250`, or dollars for cost."""
    if measure.count == "cost":
        return f"${amount:,.0f}" if float(amount).is_integer() else f"${amount:,.2f}"
    return f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,}"


def threshold(clause: CountClause) -> str:
    """`4`, `more than 4`, `4 to 6`: what a clause needs."""
    if isinstance(clause.value, tuple):
        low, high = (amount_in_words(clause.measure, value) for value in clause.value)
        return f"{low} to {high}"
    amount = amount_in_words(clause.measure, clause.value)
    return amount if clause.op == ">=" else f"more than {amount}"


def leaf_in_words(leaf: LeafClause, with_window: bool = True) -> str:
    """One clause as what somebody had: `4 or more jail bookings in the 12 months up to the date of the list`."""
    window = _leaf_window(leaf)
    when = f" {window_in_words(window)}" if with_window and window else ""
    match leaf:
        case CountClause(measure, op, _):
            amount = threshold(leaf) + (" or more" if op == ">=" else "")
            return f"{amount} {noun(measure)}{_narrowed(measure)}{when}"
        case AttributeClause():
            return _attribute(leaf) + when
        case RecencyClause(days, sources, exclude):
            one = contact_noun(sources, 1)
            return f"{_a(one)}{_without(exclude)} that began {window_in_words(TrailingDays(days))}"


def _attribute(clause: AttributeClause) -> str:
    name = clause.attribute.replace("_", " ")
    or_not = " or not recorded" if clause.unknown_counts and clause.is_ != "unknown" else ""
    recorded = {
        "yes": f"'{name}' recorded as yes{or_not}",
        "no": f"'{name}' recorded as no and not as yes{or_not}",
        "unknown": f"'{name}' not recorded",
    }[clause.is_]
    if clause.when == "last" and clause.is_ != "unknown":
        recorded = f"'{name}' last recorded as {clause.is_}{or_not}"
    if clause.when == "ever":
        recorded += " at any time"
    return recorded


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiouAE' else 'a'} {noun}"


def _narrowed(measure: Measure) -> str:
    """What is counted of the sources: `(only citations)`, `(not counting federal holds)`, `with 'force' recorded`."""
    only = f" (only {in_a_row([_several(kind) for kind in measure.only])})" if measure.only else ""
    flag = f" at which '{measure.flag.replace('_', ' ')}' was recorded as yes" if measure.flag else ""
    return only + _without(measure.exclude) + flag


def residents_in_words(rule: Rule) -> str:
    """`who last gave a home in Pine City or 55063`."""
    or_none = ", or never gave one" if rule.unknown_residence_counts else ""
    return f"who last gave a home in {in_a_row(list(rule.residents), 'or')}{or_none}"


def _without(exclude: tuple[str, ...]) -> str:
    return f" (not counting {in_a_row([_several(kind) for kind in exclude])})" if exclude else ""


def _several(kind: str) -> str:
    """A kind of contact in the plural: `federal holds`, and `protective custody` as it is."""
    word = kind.replace("_", " ")
    return word if word.endswith(("s", "custody")) else word + "s"


def _leaf_window(leaf: LeafClause) -> Window | None:
    return leaf.measure.window if isinstance(leaf, CountClause) else getattr(leaf, "window", None)


def clause_in_words(clause: Clause, with_window: bool = True) -> str:
    """One clause or group as what somebody had."""
    if not isinstance(clause, Group):
        return leaf_in_words(clause, with_window)
    parts = [leaf_in_words(leaf, with_window) for leaf in clause.clauses]
    joined = _combined(clause.combine, parts)
    return joined if len(parts) == 1 and clause.combine != "none" else f"({joined})"


def _combined(combine: Combine, parts: list[str]) -> str:
    if isinstance(combine, AtLeast):
        return f"at least {combine.clauses} of these {len(parts)}: {'; '.join(parts)}"
    if combine == "none":
        return f"none of these {len(parts)}: {'; '.join(parts)}" if len(parts) > 1 else f"not this: {parts[0]}"
    return f", {'and' if combine == 'all' else 'or'} ".join(parts)


def size_in_words(percent: float | None, n: int | None) -> str:
    """`top 5%` or `top 800`."""
    return f"top {percent:g}%" if percent is not None else f"top {n:,}"


def _top(top: Top, who: str | None) -> str:
    """`who`: of whom, where no clause has named them before."""
    size = f"{top.percent:g}%" if top.percent is not None else f"{top.n:,}"
    start = f"The {size} of {who[0].lower()}{who[1:]}" if who else f"Of these, the {size}"
    base = ", of those with any" if top.percent is not None else ""
    most = f"{noun(top.by)}{_narrowed(top.by)} {window_in_words(top.by.window)}"
    return f"{start} with the most {most}{base}; {_TIES[top.ties]}."


def _tiers(rule: Rule) -> str:
    return "In tiers: " + "; ".join(f"{tier.name}, {_tier_size(tier, rule.ranking)}" for tier in rule.tiers) + "."


def _tier_size(tier: Tier, by: Measure | None) -> str:
    if tier.value is not None and by is not None:
        return f"{amount_in_words(by, tier.value)} or more {noun(by)}"
    return f"the {size_in_words(tier.percent, tier.n)}"


def span_in_words(first: date, last: date) -> str:
    """`Nov 1, 2025 to Oct 31, 2026`."""
    return f"{day_in_words(first)} to {day_in_words(last)}"
