"""Who lives in the made-up county: one true person each, as no system knows them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date

from ddj_desktop.workflow.demo.places import STATE, Address

FIRST_DAY = date(2023, 11, 1)
AS_OF = date(2026, 10, 31)

RACES = ("White", "Black", "American Indian", "Asian", "Pacific Islander", "Middle Eastern", "Multiracial", "Other")


@dataclass
class Person:
    """One true person.

    `last` may be a double surname in two words. `former_last` stood before `renamed_on`; without that date it is a
    name given up long ago. `troubles` maps a system to the planted ways in which it writes this person wrongly.
    """

    person_id: str
    first: str
    middle: str
    last: str
    suffix: str
    sex: str
    born: date
    race: str
    hispanic: bool
    ssn: str
    home: Address | None
    phone: str
    household: int
    state: str = STATE
    usual: str = ""
    former_last: str = ""
    renamed_on: date | None = None
    resident: bool = True
    homeless: bool = False
    mental_health: bool = False
    substance_use: bool = False
    veteran: bool = False
    planted: bool = False
    race_conflict_in: str = ""
    marks: list[str] = field(default_factory=list)
    troubles: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def last_on(self, day: date) -> str:
        """The surname borne on a day."""
        return self.former_last if self.renamed_on and day < self.renamed_on else self.last

    def age_on(self, day: date) -> int:
        """Full years on a day."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


def made_up_ssn(number: int) -> str:
    """Nine digits for the nth person. Areas 773 to 899 were never given out before 2011: no adult's true number."""
    scrambled = (number * 7_919_353 + 104_729) % (127 * 99 * 9_999)
    area, rest = divmod(scrambled, 99 * 9_999)
    group, serial = divmod(rest, 9_999)
    return f"{773 + area:03d}{group + 1:02d}{serial + 1:04d}"


def plain(text: str) -> str:
    """Without accents and tildes, as older systems store a name."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
