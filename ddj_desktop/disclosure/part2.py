"""The notice that goes with every disclosure of records under 42 CFR Part 2 made with consent (2.32(a)).

The first statement's words are those of the rule of Feb 16, 2024 (89 FR 12472); a county's counsel should hold them
against the current text once a year.
"""

from __future__ import annotations

NOTICE = (
    "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
    "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). These "
    "rules prohibit you from using or disclosing this record, or testimony that describes the information contained in "
    "this record, in any civil, criminal, administrative, or legislative proceedings by any Federal, State, or local "
    "authority, against the patient, unless authorized by the consent of the patient, except as provided at 42 CFR "
    "2.12(c)(5) or as authorized by a court in accordance with 42 CFR 2.64 or 2.65.",
)
"""The short statement, and the one about proceedings."""
