"""The made-up county of the shipped seed, made once for all tests of it."""

from __future__ import annotations

import pytest

from ddj_desktop.workflow.demo.county import make_county
from tests.workflow.demo_county import Made, table


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Its files and its truth. Tests read them and change nothing."""
    county = make_county(tmp_path_factory.mktemp("pine"))
    people = {person["true_person"]: person for person in table(county.truth_people)}
    return Made(county, table(county.truth_rows), table(county.truth_contacts), people)
