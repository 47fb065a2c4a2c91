"""What can go wrong in the county's own registers."""

from __future__ import annotations

from ddj_desktop.kernel.errors import PersonCanFix


class UnknownKind(PersonCanFix):
    """A source kind outside the list."""

    sentence = "There is no kind of source called {kind!r}. The kinds are: {known}."


class NoName(PersonCanFix):
    """A register entry came without a name."""

    sentence = "A {thing} needs a name. Give it one."


class KeptUnderOtherKind(PersonCanFix):
    """A source of that name is already kept under another kind."""

    sentence = (
        "{name!r} is already kept under the kind {kept}, and this file was to be taken in as {asked}. "
        "Choose the kept kind, or give the source another name."
    )


class NoSuchSource(PersonCanFix):
    """No source of that name or number."""

    sentence = "There is no source {which} in this county file. Look at the list of sources for its name."


class UnknownLegalClass(PersonCanFix):
    """A legal class outside the list."""

    sentence = "There is no legal class {legal_class!r}. The classes are: {known}."


class NoSuchPartner(PersonCanFix):
    """No partner of that name or number."""

    sentence = "There is no partner {which} in this county file. Add the partner first."


class UnknownLevel(PersonCanFix):
    """An agreement's level outside the list."""

    sentence = "There is no level {level!r}. An agreement allows table, extract or identified."


class NotBelowTheFloor(PersonCanFix):
    """An agreement was to let smaller counts be shown than the county's own."""

    sentence = (
        "Counts of people below {floor} are hidden from every partner. An agreement can ask for more, never for less."
    )


class CodesCanNotStay(PersonCanFix):
    """Codes were to stay the same under an agreement for tables, or for too few or too many months."""

    sentence = (
        "Codes of people can stay the same for 2 to {most} months, under an agreement for rows about people. Choose "
        "such a number of months, or leave it out: then every file has codes of its own."
    )


class UnknownBasis(PersonCanFix):
    """A legal basis outside the list."""

    sentence = "There is no legal basis called {basis!r}. The bases are: {known}."


class NotApproved(PersonCanFix):
    """A legal basis, approval or permission that nobody answers for."""

    sentence = "It is not said who approves the {thing}. Give that person's name."


class NoSuchConsent(PersonCanFix):
    """No release of information of that number."""

    sentence = "There is no release of information number {number} in this county file. Look at the list on Govern."


class AlreadyRevoked(PersonCanFix):
    """A release of information that was revoked before."""

    sentence = "Release of information {number} was already revoked, on {day}. Nothing was changed."


class ConsentIncomplete(PersonCanFix):
    """A release of information without what the register must know of it."""

    sentence = "The release of information does not say its {missing}. Read it from the signed form, or have it mended."


class NoSuchPerson(PersonCanFix):
    """No person of that number is known."""

    sentence = "There is no person number {number} in this county file. Look at the list for the number."


class NoSuchRequest(PersonCanFix):
    """No open request of that number."""

    sentence = "There is no open request number {number}. Look at the requests on Govern."


class SamePerson(PersonCanFix):
    """The one who asked tried to approve."""

    sentence = "{actor} asked for this, so somebody else must approve it. Have another approver give their phrase."


class EndsBeforeStart(PersonCanFix):
    """An agreement that ends before it starts."""

    sentence = "The agreement would end on {ends}, before it starts on {starts}. Correct one of the dates."


class NoPurpose(PersonCanFix):
    """An agreement without a purpose or without sources."""

    sentence = "The agreement must say its {missing}. Write down what the paper says."


class BadCost(PersonCanFix):
    """A unit cost that can not be one."""

    sentence = "A unit cost is dollars for a contact or a day, of one year ({why}). Correct it."


class UnknownCodedField(PersonCanFix):
    """A field whose codes can not be given a meaning."""

    sentence = "There is no coded field {field!r}. Codes can be given a meaning in: {known}."


class NoCode(PersonCanFix):
    """A meaning without a code."""

    sentence = "A meaning of the field {field} needs the code it is for. Give the code as the source writes it."


class UnknownMeaning(PersonCanFix):
    """A meaning outside the field's list."""

    sentence = "{meaning!r} is no meaning a code of the field {field} can have. The meanings are: {known}."


class UnknownRegister(PersonCanFix):
    """A register outside the list."""

    sentence = "There is no register {name!r}. The registers are: {known}."


class BadRegisterSheet(PersonCanFix):
    """A line of a register's sheet that can not be taken in."""

    sentence = "Line {line} of the sheet can not be taken in: {why} Nothing was changed. Correct the line."


class NotARegisterSheet(PersonCanFix):
    """A sheet without a column its register needs."""

    sentence = "The sheet has no column {column}. Write the register as a sheet first, and change that."


class BadResidents(PersonCanFix):
    """Residents by group that can not be."""

    sentence = "The county's residents by group can not be kept: {why}. Correct it."


class NotAPopulationSheet(PersonCanFix):
    """A sheet in which no residents by group are found."""

    sentence = (
        "No residents by race and ethnicity are found in this sheet. Give a census download of table B03002, P2 or P9 "
        "for the county, or two columns: the group and its number of people, each group once."
    )


class UnknownRaceRule(PersonCanFix):
    """A rule for race outside the list."""

    sentence = "There is no rule {rule!r} for what systems say of one person's race. The rules are: {known}."


class NoSuchProgramme(PersonCanFix):
    """No programme of that name or number."""

    sentence = "There is no programme {which} in this county file. Add the programme first."


class BadProgramme(PersonCanFix):
    """A programme that can not be one."""

    sentence = "The programme can not be kept: {why}. Correct it."


class OutcomeFixed(PersonCanFix):
    """An outcome that is fixed already."""

    sentence = (
        "The outcome of {programme} was fixed on {day} and stays: one chosen after looking proves nothing. "
        "Keep a new programme under another name for another question."
    )


class BadEnrolment(PersonCanFix):
    """An enrolment that can not be one."""

    sentence = "The enrolment can not be kept: {why}. Correct it."


class NoLayout(PersonCanFix):
    """A source without a file taken in."""

    sentence = "No layout of {source} is kept yet. Take a file of it in first."


class NotALayout(PersonCanFix):
    """A file that holds no layout."""

    sentence = "This file holds no layout of this program. Choose one that was saved as a layout."


class NoSuchApprover(PersonCanFix):
    """No approver of that name."""

    sentence = "There is no approver of that name. Look at the list of approvers, or enrol one with the recovery sheet."


class AlreadyApprover(PersonCanFix):
    """An approver of that name or log-in is enrolled."""

    sentence = "{name} is an approver already. End that first, or choose another name."


class WrongPhrase(PersonCanFix):
    """Not the approver's phrase."""

    sentence = "That is not the phrase of this approver. Check capital letters and try again."


class TooManyTries(PersonCanFix):
    """Five wrong phrases in fifteen minutes."""

    sentence = "Five wrong phrases were tried in fifteen minutes. Wait fifteen minutes, and find out who tried."


class PhraseNotOwn(PersonCanFix):
    """A phrase that others know."""

    sentence = "That phrase is known to others already, so it proves nothing. Choose one that nobody else knows."


class NobodyVouches(PersonCanFix):
    """Enrolling without the recovery sheet or an approver."""

    sentence = (
        "A new approver needs somebody to vouch: give the code of the recovery sheet, or an approver's name and phrase."
    )
