"""The gate's rules, each with the sentence its refusal is told in and who can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from ddj_desktop.disclosure.errors import Refused

_OFFICER = "The privacy officer can mend this"


class Rule(Enum):
    """What can stand in the way, in the order it is looked for. The value is the sentence and the mend, with places
    for words."""

    NO_PARTNER = (
        "{partner} is not in the register of partners.", "The coordinator can add it, with its agreement.",
    )  # fmt: skip
    PARTNER_ASIDE = ("{partner} was put aside as a partner.", f"{_OFFICER} by taking it up again.")
    NO_LEVEL = ("There is no level of sharing called {level!r}.", "Choose one of table, extract, identified.")
    NO_SOURCES = ("It is not said whose data would leave.", "The coordinator can name the sources.")
    REVIEW_OVERDUE = (
        "An emergency release was not reviewed within 72 hours, so no rows about people leave.",
        f"{_OFFICER} by reviewing it on the Govern page.",
    )
    NO_SOURCE_KEPT = (
        "No source of this kind is in the register: {outside}.", "The coordinator can look at the sources on Govern.",
    )  # fmt: skip
    PROTECTED_SOURCE = (
        "{outside} is a victim services provider: rows about single people never leave.",
        "Nobody can waive this; share tables, or leave that source out.",
    )
    GLASS_LEVEL = (
        "An emergency release is of names, and of one person only.", "Choose that one person.",
    )  # fmt: skip
    GLASS_REASON = (
        "An emergency release needs the danger said in words.", "Write what the danger is and who needs to know.",
    )  # fmt: skip
    GLASS_PASSPHRASE = (
        "An emergency release needs the passphrase again.", "Enter the county file's passphrase.",
    )  # fmt: skip
    NO_AGREEMENT = ("{partner} has no agreement.", f"{_OFFICER} by signing one with them.")
    LEVEL_NOT_ALLOWED = (
        "{partner} has no agreement that allows {level_words}.", f"{_OFFICER} by signing one with them.",
    )  # fmt: skip
    NOT_SIGNED = ("The agreement “{agreement}” with {partner} is not signed yet.", _OFFICER + " with {partner}.")
    NOT_BEGUN = ("The agreement “{agreement}” with {partner} begins on {starts}.", _OFFICER + " with {partner}.")
    ENDED = ("The agreement “{agreement}” with {partner} ended on {ends}.", _OFFICER + " with {partner}.")
    NOT_NAMED = (
        "The agreement “{agreement}” does not say who signed it and who the privacy officer is.",
        f"{_OFFICER} by writing both names into the register.",
    )
    PURPOSE = (
        "The agreement “{agreement}” with {partner} is not for this purpose.",
        f"{_OFFICER} by extending the agreement; or choose a purpose it names.",
    )
    SOURCES = (
        "The agreement “{agreement}” with {partner} does not cover these sources: {outside}.",
        f"{_OFFICER} by extending the agreement; or leave those sources out.",
    )
    NO_DOCUMENT = (
        "The signed paper of the agreement “{agreement}” is not on file.",
        f"{_OFFICER} by adding its file to the register.",
    )
    NO_COLUMNS = ("It is not said which columns would leave.", "The coordinator can choose the columns.")
    COLUMNS = (
        "The agreement “{agreement}” with {partner} does not cover these columns: {outside}.",
        f"{_OFFICER} by extending the agreement; or leave those columns out.",
    )
    NOT_ONWARD = (
        "The agency of {outside} has not said that its rows about people may go on to {partner}.",
        f"{_OFFICER} by asking that agency and keeping its word on the Govern page.",
    )
    BASIS_NOT_APPROVED = (
        "The agreement “{agreement}” rests on a legal basis that is not approved for today: {outside}.",
        f"{_OFFICER} by approving that basis, where it holds.",
    )
    TOO_FEW = (
        "A file of rows about single people needs at least 55 people, and this one has fewer.",
        "Nobody can waive this; share tables instead.",
    )
    NOBODY = ("It is not said whose data would leave.", "The coordinator can choose the people.")
    NO_BASIS = (
        "Rows about people from {outside} leave only on a legal basis for that law, or with each one's signed release "
        "of information; there is no such basis, and nobody has signed for this.",
        "The privacy officer can approve a basis or record releases; or leave that source out.",
    )
    NOT_ASKED = (
        "Rows about people need a second person's yes, and this was not asked for yet.",
        "Ask for it with a reason; then somebody else approves it.",
    )
    NOT_APPROVED = (
        "Request {number} waits for a second person's yes.",
        "An approver other than {asker} can approve it with a phrase of their own, within 30 days.",
    )
    APPROVAL_OLD = (
        "The yes to request {number} is more than 30 days old.", "Withdraw the request and ask again.",
    )  # fmt: skip
    NOT_A_DAY = (
        "Request {number} was made less than 24 hours ago, and a one-person office waits a day.",
        "Try again tomorrow, or have a second person approve it.",
    )


LEVEL_WORDS = {"table": "tables", "extract": "rows about single people", "identified": "names"}


@dataclass(frozen=True)
class Denied:
    """The gate's no: the rule, and the words its sentence needs."""

    rule: Rule
    words: dict[str, object] = field(default_factory=dict)

    def as_error(self) -> Refused:
        """The refusal to raise."""
        sentence, mend = (text.format(**self.words).replace("..", ".") for text in self.rule.value)  # "State U.."
        return Refused(rule=sentence, mend=mend, name=self.rule.name)


def denied(rule: Rule, **words: object) -> Denied:
    """A no, with its words."""
    return Denied(rule, words)


def furthest(refusals: Sequence[Denied]) -> Denied | None:
    """The refusal whose rule is looked for last, the first among equals: what is nearest to a yes is what is told."""
    order = list(Rule)
    return max(refusals, key=lambda no: order.index(no.rule), default=None)
