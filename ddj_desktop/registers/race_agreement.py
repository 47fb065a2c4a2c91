"""That agencies agreed on the county's race and ethnicity definitions: what was agreed, by whom, in which meeting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ddj_desktop.kernel import clock
from ddj_desktop.store.lane import Lane


@dataclass(frozen=True)
class RaceAgreement:
    """One agreement. `content` is what was in force when it was made."""

    agreement_id: int
    content: Mapping[str, Any]
    agreed_on: date | None
    agreed_by: str
    agencies: str
    meeting: str


def keep_race_agreement(
    lane: Lane,
    content: Mapping[str, Any],
    agreed_by: str,
    agreed_on: date | None,
    agencies: str,
    meeting: str,
    actor: str,
) -> RaceAgreement:
    """Keep that `content` was agreed on."""
    number = int(lane.value("SELECT coalesce(max(agreement_id), 0) + 1 FROM race_agreement"))
    lane.run(
        "INSERT INTO race_agreement VALUES ($n, $content, $on, $by, $agencies, $meeting, $actor, $at)",
        n=number, content=json.dumps(content, sort_keys=True), on=agreed_on, by=agreed_by, agencies=agencies.strip(),
        meeting=meeting.strip(), actor=actor, at=clock.now(),
    )  # fmt: skip
    return RaceAgreement(number, content, agreed_on, agreed_by, agencies.strip(), meeting.strip())


def last_race_agreement(lane: Lane) -> RaceAgreement | None:
    """The last agreement made; None where there is none."""
    found = lane.rows(
        "SELECT agreement_id, content, agreed_on, agreed_by, agencies, meeting FROM race_agreement "
        "ORDER BY agreement_id DESC LIMIT 1"
    )
    return RaceAgreement(found[0][0], json.loads(found[0][1]), *found[0][2:]) if found else None
