"""Each system's own race codes. The same letter means different things in different systems, as it does in life."""

from __future__ import annotations

JAIL = {"White": "W", "Black": "B", "American Indian": "I", "Asian": "A", "Pacific Islander": "P",
        "Middle Eastern": "W", "Multiracial": "O", "Other": "O"}  # fmt: skip
"""H is Hispanic, P Pacific Islander, U unknown."""
NCIC = {"White": "W", "Black": "B", "American Indian": "I", "Asian": "A", "Pacific Islander": "A",
        "Middle Eastern": "W", "Multiracial": "U", "Other": "W"}  # fmt: skip
"""Has no Hispanic; A holds Pacific Islanders too."""
EMS = {"White": "C", "Black": "B", "American Indian": "N", "Asian": "A", "Pacific Islander": "H", "Middle Eastern": "C",
       "Multiracial": "X", "Other": "O"}  # fmt: skip
"""C is Caucasian, H Native Hawaiian, L Hispanic, N Native American, X more than one."""
ARREST = {"White": "W", "Black": "B", "American Indian": "I", "Asian": "A", "Pacific Islander": "P",
          "Middle Eastern": "W", "Multiracial": "U", "Other": "U"}  # fmt: skip
"""L is White and Hispanic, K Black and Hispanic."""
HOSPITAL = {"White": "White", "Black": "African American/Black", "American Indian": "American Indian or Alaska Native",
            "Asian": "Asian", "Pacific Islander": "Native Hawaiian or Other Pacific Islander",
            "Middle Eastern": "Middle Eastern or North African",
            "Multiracial": "White; American Indian or Alaska Native", "Other": "Other"}  # fmt: skip
SPOKEN = {"White": "White", "Black": "Black", "American Indian": "Native American", "Asian": "Asian",
          "Pacific Islander": "Pacific Islander", "Middle Eastern": "White", "Multiracial": "Multiracial",
          "Other": "Other"}  # fmt: skip
HMIS_COLUMNS = ("AmIndAKNative", "Asian", "BlackAfAmerican", "HispanicLatinaeo", "MidEastNAfrican", "NativeHIPacific",
                "White")  # fmt: skip
_HMIS = {"White": ("White",), "Black": ("BlackAfAmerican",), "American Indian": ("AmIndAKNative",), "Asian": ("Asian",),
         "Pacific Islander": ("NativeHIPacific",), "Middle Eastern": ("MidEastNAfrican",),
         "Multiracial": ("White", "AmIndAKNative"), "Other": ()}  # fmt: skip


def jail(race: str, hispanic: bool) -> str:
    """One letter, H before all others."""
    return "H" if hispanic else JAIL[race]


def ems(race: str, hispanic: bool) -> str:
    """One letter, L for Hispanic patients of no single named race."""
    return "L" if hispanic and race in ("White", "Other", "Multiracial") else EMS[race]


def arrest(race: str, hispanic: bool) -> str:
    """One letter with Hispanic folded into it."""
    return {"W": "L", "U": "L", "B": "K"}.get(ARREST[race], ARREST[race]) if hispanic else ARREST[race]


def hospital(race: str, hispanic: bool) -> str:
    """Text, several joined by a semicolon."""
    named = "" if hispanic and race == "Other" else HOSPITAL[race]
    return "; ".join(part for part in (named, "Hispanic or Latino" if hispanic else "") if part)


def spoken(race: str, hispanic: bool) -> str:
    """A word, as a co-responder types it."""
    return "Hispanic" if hispanic else SPOKEN[race]


def hmis(race: str, hispanic: bool) -> dict[str, str]:
    """The official 0 and 1 columns."""
    ones = set(_HMIS[race]) | ({"HispanicLatinaeo"} if hispanic else set())
    return {column: "1" if column in ones else "0" for column in HMIS_COLUMNS}
