"""The model: fields, their levels of agreement, and the starting m and u.

m(level) is the probability of a level between two mentions of one person, u(level) between two people (Fellegi and
Sunter, A theory for record linkage, JASA 64, 1969). A level's weight is log2(m/u) bits. Level 0 is always "nothing
known" and weighs 0. The starting values below are ours, set from the public made-up sets named in the README; a
county's own data replaces them as far as it is large enough to.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ddj_desktop.linkage.types import Floats


@dataclass(frozen=True)
class Field:
    """One compared field: names of its levels (after "missing"), starting m and u, and its value frequencies' floor.

    `common` is the level at which two values agree, to which term frequency applies; 0 where there is none.
    `base` is the chance that a stranger has a given rare value, from general knowledge; it bounds how much a value
    seen once in a small file may weigh, and counts as `seen` people who were seen to have it.
    """

    name: str
    levels: tuple[str, ...]
    m: tuple[float, ...]
    u: tuple[float, ...]
    common: int = 0
    base: float = 1.0
    seen: float = 0.2

    def code(self, level: str) -> int:
        """Number of a level."""
        return self.levels.index(level) + 1


FIELDS = (
    Field("given", ("different", "similar", "initial", "crossed", "middle", "close", "swapped", "nickname", "exact"),
          (.03, .015, .03, .01, .01, .045, .01, .05, .80), (.9232, .03, .024, .003, .003, .006, .0002, .0036, .007),
          9, 1 / 3000),
    Field("surname", ("different", "similar", "close", "half", "exact"),
          (.05, .015, .045, .03, .86), (.975, .018, .002, .002, .003), 5, 1 / 8000),
    Field("middle", ("different", "initial", "exact"), (.06, .44, .50), (.88, .09, .03), 3, 1 / 300),
    Field("birth", ("different", "years apart", "age off", "near year", "age near", "age fits", "two digits",
                    "two parts", "swap", "digit", "exact"),
          (.003, .003, .002, .007, .004, .03, .006, .015, .01, .04, .880),
          (.3945, .2, .3, .03, .022, .03, .012, .009, .00025, .0022, .00005), 11, 1 / 24000, .5),
    Field("sex", ("different", "same"), (.02, .98), (.5, .5)),
    Field("ssn", ("different", "near four", "slip", "last four", "exact"), (.014, .005, .04, .236, .705),
          (.9957, .004, .00005, .0002, .00005), 5, 1 / 500_000, 3.0),
    Field("address", ("different", "street", "close", "exact"), (.45, .05, .08, .42), (.990, .006, .001, .003),
          4, 1 / 6000, .5),
    Field("place", ("different", "close", "same"), (.25, .05, .70), (.79, .01, .20), 3, 1 / 200),
    Field("phone", ("different", "same"), (.45, .55), (.9995, .0005), 2, 1 / 100_000, 1.0),
    Field("email", ("different", "close", "same"), (.25, .20, .55), (.9989, .001, .0001), 3, 1 / 200_000, 1.0),
    Field("birth_place", ("different", "close", "same"), (.15, .05, .80), (.965, .005, .03), 3, 1 / 300),
    Field("occupation", ("different", "same"), (.25, .75), (.94, .06), 2, 1 / 60),
    Field("suffix", ("different", "same"), (.01, .99), (.6, .4)),
    Field("key", ("different", "same"), (.25, .75), (.9998, .0002)),
)  # fmt: skip
BY_NAME = {compared.name: compared for compared in FIELDS}

NEVER = 1e-9
"""The chance of a level that does not come up: no chance is 0."""

FIXED = frozenset({"suffix", "key"})
"""Fields whose m and u are never learned: too rare, or what the source says of itself."""


@dataclass
class Model:
    """m and u of every field by level (index 0, missing, is 1 for both), and the prior."""

    m: dict[str, Floats]
    u: dict[str, Floats]
    prior: float = 0.0
    most_by_names: float = 0.0
    """Bits a pair has at most that nothing but names speaks for."""
    families: bool = True
    """The mentions hold people of one home with names and birth dates of their own, as a county's always do."""
    untold: tuple[str, ...] = ()
    """Fields whose m no blocking pass could tell of."""
    notes: list[str] = field(default_factory=list)

    def bits(self, name: str) -> Floats:
        """Weight in bits of each level of a field, before term frequency."""
        return np.asarray(np.log2(self.m[name] / self.u[name]), np.float64)

    def as_facts(self) -> dict[str, object]:
        """For the county file: every digit, so that it can be used again; no one's data."""
        return {
            "m": {name: values.tolist() for name, values in self.m.items()},
            "u": {name: values.tolist() for name, values in self.u.items()},
            "prior_bits": self.prior,
            "most_by_names_bits": self.most_by_names,
            "families": self.families,
            "notes": list(self.notes),
        }


def starting_model(dates: bool = True) -> Model:
    """The shipped values. Where no full birth dates are known (`dates` is False) only years and ages agree or differ:
    m is then what it is among those levels."""
    model = Model({f.name: np.array([1.0, *f.m]) for f in FIELDS}, {f.name: np.array([1.0, *f.u]) for f in FIELDS})
    if not dates:
        kept = np.array([True, *(level.startswith("age") for level in BY_NAME["birth"].levels)])
        birth = np.where(kept, model.m["birth"], 0.0)
        model.m["birth"] = np.maximum(np.append(1.0, birth[1:] / birth[1:].sum()), NEVER)
    return model
