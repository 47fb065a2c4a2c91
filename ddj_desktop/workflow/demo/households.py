"""Households: couples, children, twins, grown children at home, fathers and sons of one name, married names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ddj_desktop.workflow.demo import names, places
from ddj_desktop.workflow.demo.chance import Chance, Weighted
from ddj_desktop.workflow.demo.people import AS_OF, FIRST_DAY, Person, made_up_ssn

RESIDENTS, VISITORS = 14_000, 420

_RACE = Weighted.of(
    [
        ("White", 87.0),
        ("Black", 4.5),
        ("American Indian", 2.5),
        ("Asian", 2.4),
        ("Pacific Islander", 0.4),
        ("Middle Eastern", 0.5),
        ("Multiracial", 2.7),
    ]
)
_HISPANIC_RACE = Weighted.of([("White", 62.0), ("Other", 27.0), ("Multiracial", 8.0), ("American Indian", 3.0)])
_SHAPE = Weighted.of([("couple", 27.0), ("family", 33.0), ("single", 25.0), ("parent", 9.0), ("grown", 6.0)])


@dataclass(frozen=True)
class _House:
    """What a household shares."""

    number: int
    group: str
    race: str
    home: places.Address
    phone: str


class Households:
    """Fills the county household by household, until there are enough residents."""

    def __init__(self, seed: int) -> None:
        self._chance = Chance.of(seed, "households")
        self.people: list[Person] = []
        self._houses = 0

    def fill(self) -> list[Person]:
        """Residents first, then the visitors that its systems also meet."""
        while len(self.people) < RESIDENTS:
            self._household()
        del self.people[RESIDENTS:]
        for _ in range(VISITORS):
            self._visitor()
        return self.people

    def _house(self) -> _House:
        chance = self._chance
        self._houses += 1
        group = names.HISPANIC if chance.yes(0.33) else names.GENERAL
        race = (_HISPANIC_RACE if group == names.HISPANIC else _RACE).draw(chance)
        phone = f"620-555-{chance.digits(4)}"
        return _House(self._houses, group, race, places.home(chance), phone)

    def _person(self, house: _House, sex: str, born: date, last: str, first: str = "") -> Person:
        chance = self._chance
        first = first or names.given(chance, sex, house.group, born.year)
        person = Person(
            person_id=f"P{len(self.people) + 1:05d}",
            first=first,
            middle=names.middle(chance, sex, house.group, born.year, first),
            last=last,
            suffix="",
            sex=sex,
            born=born,
            race=house.race,
            hispanic=house.group == names.HISPANIC,
            ssn=made_up_ssn(len(self.people) + 1),
            home=house.home,
            phone=house.phone,
            household=house.number,
        )
        called = names.usual_names().get(first, ())
        person.usual = chance.pick(called) if called and chance.yes(0.45) else ""
        person.veteran = born.year < 2004 and chance.yes(0.11 if sex == "M" else 0.015)
        self.people.append(person)
        return person

    def _born(self, youngest: int, oldest: int) -> date:
        """A birth date of somebody between two ages at the as-of date."""
        return AS_OF - timedelta(days=self._chance.randrange(youngest * 365, oldest * 365 + 364))

    def _surname(self, group: str) -> str:
        """One surname; more than half of Hispanic residents carry two."""
        first = names.surname(self._chance, group)
        if group == names.HISPANIC and self._chance.yes(0.55):
            second = names.surname(self._chance, group)
            if second != first and " " not in first + second:
                return f"{first} {second}"
        return first

    def _household(self) -> None:
        house, shape = self._house(), _SHAPE.draw(self._chance)
        if shape == "single":
            sex = "M" if self._chance.yes(0.52) else "F"
            single = self._person(house, sex, self._born(19, 92), self._surname(house.group))
            if sex == "F" and self._chance.yes(0.3):
                single.former_last = self._surname(house.group)
        elif shape == "parent":
            mother = self._person(house, "F", self._born(21, 52), self._surname(house.group))
            self._children(house, mother.last, mother.born, None)
        else:
            self._couple(house, shape)

    def _couple(self, house: _House, shape: str) -> None:
        """A man and a woman, her name his in most general households and her own in most Hispanic ones."""
        low, high = {"couple": (26, 90), "family": (24, 54), "grown": (47, 74)}[shape]
        man = self._person(house, "M", self._born(low, high), self._surname(house.group))
        born = man.born + timedelta(days=self._chance.randrange(-1500, 2600))
        born = min(born, AS_OF - timedelta(days=365 * 20))
        own = self._surname(house.group)
        takes_his = self._chance.yes(0.85 if house.group == names.GENERAL else 0.25)
        woman = self._person(house, "F", born, man.last if takes_his else own)
        if takes_his:
            woman.former_last = own
            if self._chance.yes(0.05 if woman.born.year < 1975 else 0.16):
                woman.renamed_on = self._chance.day(FIRST_DAY + timedelta(days=60), AS_OF - timedelta(days=60))
        if shape != "couple":
            self._children(house, self._children_name(man, own), woman.born, man, grown=shape == "grown")

    def _children_name(self, father: Person, mothers: str) -> str:
        """The father's; where he carries two surnames, his first and the mother's first."""
        parts, hers = father.last.split(" "), mothers.split(" ")
        if father.hispanic and len(parts) == 2 and parts[0] != hers[0] and len(hers[0]) > 2:
            return f"{parts[0]} {hers[0]}"
        return father.last

    def _children(
        self, house: _House, last: str, mother_born: date, father: Person | None, grown: bool = False
    ) -> None:
        """One to four children; one birth in forty is of twins; one first son in six bears his father's name."""
        earliest = max(mother_born + timedelta(days=365 * 18), AS_OF - timedelta(days=365 * (40 if grown else 21)))
        latest = min(mother_born + timedelta(days=365 * 42), AS_OF - timedelta(days=365 * 18 if grown else 30))
        first_son = True
        for _ in range(self._chance.pick((1, 1, 2) if grown else (1, 1, 2, 2, 3, 4))):
            if earliest >= latest:
                return
            sex = "M" if self._chance.yes(0.52) else "F"
            child = self._person(house, sex, self._chance.day(earliest, latest), last)
            if father and sex == "M" and first_son and self._chance.yes(0.16):
                self._namesake(father, child)
            first_son = first_son and sex != "M"
            if self._chance.yes(0.025):
                self._twin(house, child)
            earliest = child.born + timedelta(days=400)

    def _namesake(self, father: Person, son: Person) -> None:
        son.first, son.middle, son.last, son.suffix = father.first, father.middle, father.last, "Jr"
        father.suffix = father.suffix or ("Sr" if self._chance.yes(0.5) else "")
        son.usual = ""
        father.marks.append("suffix pair")
        son.marks.append("suffix pair")

    def _twin(self, house: _House, child: Person) -> None:
        """A twin: same surname, birth date and home; often the same initial, never the same given name."""
        sex = child.sex if self._chance.yes(0.7) else ("F" if child.sex == "M" else "M")
        pool = names.given_names(sex, house.group, child.born.year)
        same_initial = [n for n in pool.things if n[0] == child.first[0] and n != child.first]
        first = self._chance.pick(same_initial) if same_initial and self._chance.yes(0.5) else pool.draw(self._chance)
        if first == child.first:
            return
        other = self._person(house, sex, child.born, child.last, first)
        child.marks.append("twin")
        other.marks.append("twin")

    def _visitor(self) -> None:
        """Somebody from elsewhere whom the county's systems meet."""
        house = self._house()
        sex = "M" if self._chance.yes(0.72) else "F"
        person = self._person(house, sex, self._born(19, 64), self._surname(house.group))
        person.home, person.state = places.home_elsewhere(self._chance)
        person.resident = False
