"""Towns, streets and well-known addresses of the made-up county. No such county, town or ZIP code exists."""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.workflow.demo.chance import Chance, Weighted

COUNTY, STATE = "Pine", "KS"


@dataclass(frozen=True)
class Address:
    """Where somebody lives, or where something happened."""

    street: str
    unit: str
    city: str
    zip: str


JAIL = Address("400 N Courthouse Sq", "", "Pine City", "67991")
SHELTER = Address("212 E Mill St", "", "Pine City", "67991")
HOSPITAL = Address("1100 Hospital Dr", "", "Pine City", "67991")

TOWNS = Weighted.of(
    [
        (("Pine City", "67991"), 62.0),
        (("Cedar Grove", "67992"), 14.0),
        (("Larkspur", "67993"), 9.0),
        (("Stone Ford", "67994"), 6.0),
        (("Harlan Mills", "67995"), 5.0),
        (("Antelope", "67996"), 4.0),
    ]
)
ELSEWHERE = (
    ("Dry Fork", "CO", "81299"),
    ("Sand Hollow", "OK", "73999"),
    ("Bluestem", "KS", "67989"),
    ("West Prairie", "NE", "69399"),
    ("Mesa Verde Springs", "NM", "88499"),
)
_STREETS = """
Main Oak Elm Maple Cedar Walnut Cherry Pine Spruce Ash Locust Sycamore Mulberry Chestnut Hickory Jefferson
Washington Lincoln Adams Monroe Jackson Madison Grant Garfield Harrison Taylor Polk Mill Church School Depot
Railroad Prairie Meadow Sunset Ridge Park Grove Spring River Creek Lake Valley Highland Center Market Bluff
Cottonwood Chisholm Kansas Missouri Arapahoe Cheyenne Comanche Pawnee Osage Buffalo Wheatland Harvest
"""
_NAMES = tuple(_STREETS.split())
_KINDS = Weighted.of([("St", 58.0), ("Ave", 22.0), ("Rd", 9.0), ("Dr", 6.0), ("Ln", 3.0), ("Ct", 2.0)])
_SIDES = Weighted.of([("", 40.0), ("N", 16.0), ("S", 16.0), ("E", 14.0), ("W", 14.0)])


def street(chance: Chance) -> str:
    """A house number and street."""
    side = _SIDES.draw(chance)
    number = str(chance.randrange(100, 2999))
    return " ".join(part for part in (number, side, chance.pick(_NAMES), _KINDS.draw(chance)) if part)


def home(chance: Chance) -> Address:
    """A dwelling in the county: a house, a flat, or a rural road."""
    city, zip_code = TOWNS.draw(chance)
    if chance.yes(0.1):
        return Address(f"{chance.randrange(100, 29999)} County Rd {chance.randrange(1, 60)}", "", city, zip_code)
    unit = f"Apt {chance.randrange(1, 24)}" if chance.yes(0.17) else ""
    return Address(street(chance), unit, city, zip_code)


def home_elsewhere(chance: Chance) -> tuple[Address, str]:
    """A dwelling outside the county, and its state."""
    city, state, zip_code = chance.pick(ELSEWHERE)
    return Address(street(chance), "", city, zip_code), state
