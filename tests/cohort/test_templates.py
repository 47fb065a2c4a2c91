"""The shipped definitions."""

from __future__ import annotations

import pytest

from ddj_desktop.cohort.errors import NoSuchTemplate
from ddj_desktop.cohort.templates import template, templates
from ddj_desktop.cohort.types import CountClause, Measure, TrailingMonths


def test_there_are_eighteen_from_the_field_and_the_demonstration_countys() -> None:
    assert len(templates()) == 19
    assert len({found.name for found in templates()}) == 19
    for found in templates():
        assert found.place
        assert found.source
        assert found.sentence.endswith(".")
        assert found.name == found.rule.name


def test_the_demonstration_countys_definition() -> None:
    found = template("Pine County definition")
    assert found is template("pine-county")
    year = TrailingMonths(12)
    assert found.rule.combine == "all"
    assert found.rule.clauses == (
        CountClause(Measure("contacts", ("jail",), ("protective_custody", "federal_hold"), year), ">=", 4),
        CountClause(Measure("contacts", ("ems",), (), year), ">=", 2),
    )


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("nyc-hot-spotters", "in the last 12 months"),
        ("lake-il", "at each booking of the 12 months"),
        ("cops-force", "needs a source that records it"),
        ("denver-health", "A group can not hold a group"),
    ],
)
def test_where_a_template_departs_from_what_was_published_is_said(key: str, said: str) -> None:
    assert said in template(key).note


def test_a_name_nobody_shipped() -> None:
    with pytest.raises(NoSuchTemplate, match="pine-county"):
        template("Elm County")
