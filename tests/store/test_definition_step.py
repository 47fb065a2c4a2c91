"""A county file from before definitions named agencies and months were closed comes up to date with its definitions."""

from __future__ import annotations

import duckdb

from ddj_desktop.cohort.closing import closed_months
from ddj_desktop.cohort.definitions import definition
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.migrate import bring_up_to_date, version_of

RULE = 'name = "Two"\n[[clause]]\ncount = "contacts"\nvalue = 2\nwindow = { trailing_months = 2 }'


def test_an_older_file_keeps_its_definitions() -> None:
    with duckdb.connect() as engine:
        engine.execute("ATTACH ':memory:' AS county")
        lane = Lane(engine.cursor(), "Pine.ddj")
        bring_up_to_date(lane, upto=4)
        lane.run(
            "INSERT INTO definition (definition_id, name, version, state, rule, sentence, created_at, created_by, "
            "agreed_at, agreed_on, agreed_by) VALUES (1, 'Two', 1, 'agreed', $rule, 's', now(), 'x', now(), DATE "
            "'2026-06-12', 'team')",
            rule=RULE,
        )
        assert version_of(lane) == 4
        bring_up_to_date(lane)
        kept = definition(lane, 1)
        assert (kept.state, kept.agreed_by, kept.agencies, kept.meeting) == ("agreed", "team", None, None)
        assert closed_months(lane) == []
        lane.close()
