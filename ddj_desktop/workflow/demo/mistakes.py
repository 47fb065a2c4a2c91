"""How each system writes a person down: its habits, its slips, and the names of the trouble for the truth table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ddj_desktop.workflow.demo import places
from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.people import RACES, Person, plain

PLACEHOLDER_SSN = ("000000000", "999999999", "123456789")
NO_ADDRESS = ("TRANSIENT", "HOMELESS", "GENERAL DELIVERY", "NO FIXED ADDRESS")


@dataclass(frozen=True)
class Habits:
    """Shares of mentions in which a system does each of these."""

    typo: float = 0.012
    swapped: float = 0.004
    nickname: float = 0.02
    initial: float = 0.0
    no_middle: float = 0.3
    suffix_lost: float = 0.15
    one_surname: float = 0.3
    hyphen: float = 0.2
    former_name: float = 0.04
    no_birth: float = 0.0
    age_only: float = 0.0
    birth_1900: float = 0.0
    day_month: float = 0.006
    birth_digit: float = 0.01
    first_of_january: float = 0.003
    no_ssn: float = 0.1
    last_four: float = 0.0
    ssn_filler: float = 0.02
    own_address: float = 0.02
    alias: float = 0.0
    accents: bool = False


HABITS: dict[str, Habits] = {
    "jail": Habits(nickname=0.004, no_middle=0.12, suffix_lost=0.06, birth_1900=0.003, ssn_filler=0.04, alias=0.025),
    "arrest": Habits(no_birth=0.02, no_ssn=1.0, suffix_lost=0.3, typo=0.02),
    "dispatch": Habits(
        typo=0.035, nickname=0.09, initial=0.05, no_middle=0.8, suffix_lost=0.7, no_birth=0.25, age_only=0.3,
        no_ssn=1.0, accents=True,
    ),
    "ems": Habits(
        typo=0.025, swapped=0.012, nickname=0.03, no_middle=0.7, suffix_lost=0.5, age_only=0.05, birth_1900=0.012,
        no_ssn=0.35, last_four=0.55, birth_digit=0.015,
    ),
    "hospital": Habits(typo=0.008, no_middle=0.25, former_name=0.09, no_ssn=0.15, last_four=0.6, accents=True),
    "shelter": Habits(nickname=0.06, no_middle=0.5, no_ssn=0.3, last_four=0.15, birth_1900=0.008, accents=True),
    "co_responder": Habits(typo=0.03, nickname=0.14, no_middle=0.85, suffix_lost=0.8, age_only=0.72, no_ssn=1.0),
}  # fmt: skip


@dataclass
class Mention:
    """A person as one system wrote them down. Blank text where nothing was written; `born` None where no date was."""

    first: str
    middle: str
    last: str
    suffix: str
    born: date | None
    age: int
    sex: str
    ssn: str
    street: str
    city: str
    state: str
    zip: str
    phone: str
    race: str
    hispanic: bool
    alias: str = ""
    trouble: list[str] = field(default_factory=list)

    def last_first(self) -> str:
        """`LAST, FIRST MIDDLE SFX` in capitals, an alias in parentheses."""
        name = f"{self.last}, {' '.join(p for p in (self.first, self.middle, self.suffix) if p)}".upper()
        return f"{name} ({self.alias.upper()})" if self.alias else name

    def first_last(self) -> str:
        """`First Middle Last Sfx`."""
        return " ".join(part for part in (self.first, self.middle, self.last, self.suffix) if part)


def mention(person: Person, system: str, on: datetime, chance: Chance) -> Mention:
    """The person as the system writes them down at that moment: habits, chance slips, planted troubles."""
    habits, day = HABITS[system], on.date()
    address = person.home
    said = Mention(
        person.first, person.middle, person.last_on(day), person.suffix, person.born, person.age_on(day), person.sex,
        person.ssn, address.street if address else "", address.city if address else "",
        person.state if address else "", address.zip if address else "", person.phone,
        _race(person, system), person.hispanic,
    )  # fmt: skip
    if said.race != person.race:
        said.trouble.append("race conflict")
    if person.renamed_on and day >= person.renamed_on:
        said.trouble.append("married name")
    forced = person.troubles.get(system, ())
    _surname(said, person, habits, forced, chance)
    _given(said, person, habits, forced, chance)
    _birth(said, habits, forced, chance)
    _number(said, habits, forced, chance)
    _address(said, person, habits, address, chance)
    if not habits.accents:
        _without_accents(said)
    return said


def _happens(said: Mention, name: str, share: float, forced: tuple[str, ...], chance: Chance) -> bool:
    """Whether a slip happens, by chance or because it was planted; noted for the truth table."""
    drawn = chance.yes(share)  # drawn in any case, so that planting one slip leaves the others as they were
    if drawn or name in forced:
        said.trouble.append(name)
        return True
    return False


def _race(person: Person, system: str) -> str:
    if person.race_conflict_in != system:
        return person.race
    return RACES[(RACES.index(person.race) + 1 + len(person.person_id + person.first) % 3) % 5]


def _surname(said: Mention, person: Person, habits: Habits, forced: tuple[str, ...], chance: Chance) -> None:
    former = person.former_last
    if former and _happens(said, "former name", habits.former_name, forced, chance):
        said.last = former
    halves = said.last.split(" ")
    if len(halves) == 2 and len(halves[0]) > 3 and person.hispanic:
        if _happens(said, "second half", 0.04, forced, chance):
            said.last = halves[1]
        elif _happens(said, "first half", habits.one_surname, forced, chance):
            said.last = halves[0]
        elif _happens(said, "hyphen", habits.hyphen, forced, chance):
            said.last = "-".join(halves)
    if "'" in said.last and _happens(said, "apostrophe lost", 0.35, forced, chance):
        said.last = said.last.replace("'", "")
    if said.last.startswith(("De ", "Del ", "Van ", "St ")) and _happens(said, "particle joined", 0.25, forced, chance):
        said.last = said.last.replace(" ", "")
    if _happens(said, "typo last", habits.typo, forced, chance):
        said.last = typo(said.last, chance)
    if person.suffix and _happens(said, "no suffix", habits.suffix_lost, forced, chance):
        said.suffix = ""


def _given(said: Mention, person: Person, habits: Habits, forced: tuple[str, ...], chance: Chance) -> None:
    if person.usual and _happens(said, "nickname", habits.nickname * 2, forced, chance):
        said.first = person.usual
    elif _happens(said, "typo first", habits.typo, forced, chance):
        said.first = typo(said.first, chance)
    if _happens(said, "initial only", habits.initial, forced, chance):
        said.first = said.first[0]
    drawn = chance.random()
    if drawn < habits.no_middle:
        said.middle = ""
    elif drawn < habits.no_middle + 0.45:
        said.middle = said.middle[:1]
    if habits.alias and _happens(said, "alias", habits.alias, forced, chance):
        if "alias" in forced or chance.yes(0.4):
            _alias_instead(said, person, chance)
        else:
            said.alias = f"AKA {chance.pick(('TINY', 'RED', 'SMOKEY', 'FLACO', 'BEAR', 'SLIM', 'GUERO', 'DUCKY'))}"
    if _happens(said, "swapped names", habits.swapped, forced, chance):
        said.first, said.last = said.last, said.first


def _alias_instead(said: Mention, person: Person, chance: Chance) -> None:
    """A false name given at the desk: the middle name and another surname."""
    said.first = person.middle or person.usual or said.first
    said.middle = ""
    said.last = chance.pick(("Smith", "Jones", "Garcia", "Brown", "Lopez"))
    said.trouble.append("false name")


def _birth(said: Mention, habits: Habits, forced: tuple[str, ...], chance: Chance) -> None:
    if said.born is None:
        return
    if _happens(said, "birth date 1900", habits.birth_1900, forced, chance):
        said.born = date(1900, 1, 1)
    elif _happens(said, "age only", habits.age_only, forced, chance):
        said.born = None
        said.age = max(0, said.age + chance.pick((0, 0, 0, 0, 0, 1, -1)))
    elif _happens(said, "no birth date", habits.no_birth, forced, chance):
        said.born, said.age = None, -1
    elif _happens(said, "January 1", habits.first_of_january, forced, chance):
        said.born = date(said.born.year, 1, 1)
    elif said.born.day <= 12 and _happens(said, "day and month swapped", habits.day_month, forced, chance):
        said.born = said.born.replace(month=said.born.day, day=said.born.month)
    elif _happens(said, "birth digit", habits.birth_digit, forced, chance):
        said.born = _digit_off(said.born, chance)


def _digit_off(born: date, chance: Chance) -> date:
    """One digit of the day or the year wrong, still a date of the past."""
    if chance.yes(0.5):
        return date(born.year - chance.pick((1, 2, 10)), born.month, min(born.day, 28))
    shifted = born + timedelta(days=chance.pick((1, 2, 3, 10)))
    return shifted if shifted.month == born.month else born - timedelta(days=1 if born.day > 1 else -1)


def _number(said: Mention, habits: Habits, forced: tuple[str, ...], chance: Chance) -> None:
    borrowed = next((t.split()[-1] for t in forced if t.startswith("borrowed number")), "")
    if borrowed:
        said.ssn = borrowed
        said.trouble.append("borrowed number")
    elif _happens(said, "filler number", habits.ssn_filler, forced, chance):
        said.ssn = chance.pick(PLACEHOLDER_SSN)
    elif chance.yes(habits.no_ssn):
        said.ssn = ""
    elif chance.yes(habits.last_four):
        said.ssn = said.ssn[5:]
    elif chance.yes(0.01):
        at = chance.randrange(9)
        said.ssn = said.ssn[:at] + str((int(said.ssn[at]) + 1 + chance.randrange(8)) % 10) + said.ssn[at + 1 :]
        said.trouble.append("number digit")


def _address(said: Mention, person: Person, habits: Habits, home: places.Address | None, chance: Chance) -> None:
    if home is None:
        said.street = (
            chance.pick(NO_ADDRESS) if chance.yes(0.8) else chance.pick((places.JAIL.street, places.SHELTER.street))
        )
        said.city, said.state, said.zip = "Pine City", "KS", "67991" if chance.yes(0.5) else ""
        said.trouble.append("no address")
        said.phone = ""
    elif chance.yes(habits.own_address):
        said.street, said.city, said.state, said.zip = places.JAIL.street, "Pine City", "KS", "67991"
        said.trouble.append("institution's address")
    elif home.unit:
        said.street = f"{home.street} {home.unit}" if chance.yes(0.7) else home.street
    if person.age_on(date(2026, 10, 31)) < 18 or chance.yes(0.4):
        said.phone = ""


def _without_accents(said: Mention) -> None:
    if not (said.first + said.last).isascii():
        said.trouble.append("accents lost")
    said.first, said.middle, said.last = plain(said.first), plain(said.middle), plain(said.last)


_NEAR = {"a": "s", "s": "a", "e": "r", "r": "e", "i": "o", "o": "i", "n": "m", "m": "n", "t": "y", "l": "k", "c": "v"}


def typo(word: str, chance: Chance) -> str:
    """One slip of the hand inside a word: two letters swapped, one dropped, doubled or hit beside."""
    if len(word) < 3:
        return word + word[-1]
    at = chance.randrange(1, len(word) - 1)
    kind = chance.pick(("swap", "drop", "double", "beside"))
    if kind == "swap" and word[at] != word[at + 1] and word[at + 1].isalpha() and word[at].isalpha():
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "beside" and word[at] in _NEAR:
        return word[:at] + _NEAR[word[at]] + word[at + 1 :]
    return word[:at] + word[at] + word[at:]
