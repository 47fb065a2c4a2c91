"""An approver, let in by the recovery sheet's code as the privacy officer would."""

from __future__ import annotations

from ddj_desktop.store.keys import recovery_groups
from ddj_desktop.workflow.approving import SecondPerson, enrol_approver
from ddj_desktop.workflow.project import Project

BOB = SecondPerson("bob", "bob alone knows this")


def bob(project: Project) -> SecondPerson:
    """Bob, enrolled, and his phrase."""
    code = " ".join(recovery_groups(project.file._data_key))
    enrol_approver(project, project.file.lane(), BOB.name, None, BOB.phrase, recovery_code=code)
    return BOB
