"""Who sits at the computer now: the passphrase is asked for again before an act that must not be done in passing.

CJIS IA-11 and privacy reference 3 (row 5) and 7: before names or rows about people leave, before names are shown on
every page, before keys or the people who may approve are changed, and before somebody's data are erased.
"""

from __future__ import annotations

import time

from ddj_desktop.kernel import clock
from ddj_desktop.registers import approvers
from ddj_desktop.registers.errors import PhraseNotOwn
from ddj_desktop.store.errors import WrongPassphrase
from ddj_desktop.store.keys import key_path, read_key_file
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.phrases import is_phrase
from ddj_desktop.store.tries import MOST_TRIES, TRIES_WITHIN
from ddj_desktop.workflow.errors import PassphraseAgain, TooManyPassphrases
from ddj_desktop.workflow.line import Done
from ddj_desktop.workflow.project import Project

FRESH = 300.0
"""Seconds for which a passphrase that was entered stands for the person at the computer."""
_WRONG = "wrong passphrase"


def must_be_proved(project: Project) -> None:
    """Raises PassphraseAgain where the passphrase was entered more than five minutes ago."""
    if time.monotonic() - project.proved_at > FRESH:
        raise PassphraseAgain


def prove(project: Project, lane: Lane, passphrase: str) -> Done[None]:
    """Take the passphrase again; a wrong one is in the log. Raises WrongPassphrase, TooManyPassphrases."""
    try:
        check_passphrase(project, lane, passphrase)
    except WrongPassphrase as error:
        wrong_passphrase(project, lane, error)
        raise
    return Done(frozenset(), None)


def check_passphrase(project: Project, lane: Lane, passphrase: str) -> None:
    """The same beside work that runs: reads only, so whoever calls it has `wrong_passphrase` keep a wrong one."""
    if too_many(lane, _WRONG):
        raise TooManyPassphrases
    read_key_file(key_path(project.path), passphrase)
    project.proved_at = time.monotonic()


def wrong_passphrase(project: Project, lane: Lane, error: Exception) -> None:
    """Keep in the log that a wrong passphrase was entered; other errors are none."""
    if isinstance(error, WrongPassphrase):
        with project.file.act(lane, _WRONG):
            pass


def too_many(lane: Lane, event: str) -> bool:
    """True where the log holds five such events in the last fifteen minutes."""
    since = clock.now() - TRIES_WITHIN
    found = lane.value("SELECT count(*) FROM audit WHERE event = $event AND done_at > $since", event=event, since=since)
    return int(found) >= MOST_TRIES


def change_passphrase(project: Project, lane: Lane, old: str, new: str) -> Done[None]:
    """Have the county file open with another passphrase from now on. Its rows are not touched, and the recovery sheet
    still holds; backups open with the new one too, because they have the same key.

    Raises WrongPassphrase (the old one), TooManyPassphrases, WeakPassphrase, PhraseNotOwn (an approver's phrase).
    """
    prove(project, lane, old)
    if any(is_phrase(verifier, new) for verifier in approvers.verifiers(lane).values()):
        raise PhraseNotOwn
    with project.file.act(lane, "passphrase changed"):
        project.file.change_passphrase(new)
    return Done(frozenset(), None)
