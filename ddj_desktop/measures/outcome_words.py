"""Words of outcomes that other packages know them by. Imports nothing, so that knowing them costs nothing."""

from __future__ import annotations

PARTS = ("before", "after")
ENROLLED, AS_IF = "enrolled", "as_if"
COHORTS = (ENROLLED, AS_IF)
COHORT_WORDS = {ENROLLED: "People enrolled", AS_IF: "As-if cohort"}
PART_WORDS = {"before": "Before", "after": "After"}
REGRESSION = (
    "People are chosen because their use was high. Some decrease afterwards is expected even without any programme: "
    "compare the change with that of the as-if cohort, not with nothing."
)
