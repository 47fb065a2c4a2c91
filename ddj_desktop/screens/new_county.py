"""The questions for a new county file, and what is still missing from the answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

STATES = [
    "AL",
    "AK",
    "AZ",
    "AR",
    "CA",
    "CO",
    "CT",
    "DE",
    "FL",
    "GA",
    "HI",
    "ID",
    "IL",
    "IN",
    "IA",
    "KS",
    "KY",
    "LA",
    "ME",
    "MD",
    "MA",
    "MI",
    "MN",
    "MS",
    "MO",
    "MT",
    "NE",
    "NV",
    "NH",
    "NJ",
    "NM",
    "NY",
    "NC",
    "ND",
    "OH",
    "OK",
    "OR",
    "PA",
    "RI",
    "SC",
    "SD",
    "TN",
    "TX",
    "UT",
    "VT",
    "VA",
    "WA",
    "WV",
    "WI",
    "WY",
    "DC",
    "PR",
    "GU",
    "VI",
    "AS",
    "MP",
]
"""Two letters of every state and territory."""

SHORTEST = 8
"""Letters a passphrase needs at least; the county file refuses shorter ones too."""


@dataclass(frozen=True)
class NewCounty:
    """Answers so far. `choose(...)` gives a new set."""

    name: str = ""
    state: str = ""
    population: str = ""
    folder: Path | None = None
    passphrase: str = ""
    again: str = ""

    def choose(self, **answers: Any) -> NewCounty:
        """The same answers with some changed."""
        return replace(self, **answers)

    @property
    def people(self) -> int | None:
        """The population as a number; None where it was left out or can not be read."""
        digits = re.sub(r"[,\s.']", "", self.population)
        return int(digits) if digits.isdigit() and 0 < int(digits) < 50_000_000 else None

    @property
    def path(self) -> Path | None:
        """Where the county file will be: a plain file name made from the county's name."""
        plain = re.sub(r"[^\w\- ]", "", self.name).strip()
        return self.folder / f"{plain}.ddj" if plain and self.folder else None

    @property
    def missing(self) -> str:
        """The first thing still to be answered, as a sentence; '' when all is there."""
        if not self.path:
            return "Enter the county's name." if self.folder else "Choose the folder to keep the file in."
        if self.state not in STATES:
            return "Choose the state."
        if self.population.strip() and self.people is None:
            return "The population is a whole number, such as 14,000, or left empty."
        if len(self.passphrase) < SHORTEST:
            return f"The passphrase needs at least {SHORTEST} letters; four or more words are best."
        if self.again != self.passphrase:
            return "The two passphrases are not the same yet."
        return ""

    @property
    def can_continue(self) -> bool:
        """True when every needed question is answered."""
        return not self.missing
