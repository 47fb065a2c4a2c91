"""Commands of the second person: who may approve, and their yes to what another asked for."""

from __future__ import annotations

from pathlib import Path

import click

from ddj_desktop.cli.console import Console, open_project, opens, secret_from, speaks
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.registers.approvers import all_approvers
from ddj_desktop.registers.requests import all_requests
from ddj_desktop.workflow.approving import SecondPerson, approve_request, end_approver, enrol_approver
from ddj_desktop.workflow.permissions import set_one_person_office, withdraw_request
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.whose_code import destroy_codes_key, whose_code

_FILE = click.Path(path_type=Path, allow_dash=True)


@click.command()
@opens
@click.argument("number", type=int, required=False)
@click.option("--approver", default=None, help="Who approves: an approver's name.")
@click.option("--phrase-file", type=_FILE, default=None, help="File with that approver's phrase; asked for otherwise.")
@click.option("--withdraw", is_flag=True, help="Take the request back instead.")
@click.option("--one-person-office", type=click.Choice(["yes", "no"]), default=None,
              help="Say whether one person runs the office: then a day's wait replaces the second person.")  # fmt: skip
@speaks
def approve(
    file: Path, number: int | None, approver: str | None, phrase_file: Path | None, withdraw: bool,
    one_person_office: str | None, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Approve request NUMBER to share rows from FILE, which another person made; without NUMBER, list the open ones."""
    if number is not None and not withdraw and approver is None:
        raise click.UsageError("Give --approver: rows about people leave only with an approver's own phrase.")
    with open_project(file, passphrase_file) as project:
        lane = project.file.lane()
        if one_person_office:
            set_one_person_office(project, lane, one_person_office == "yes")
        if number is not None and withdraw:
            withdraw_request(project, lane, number)
        elif number is not None and approver is not None:
            approve_request(project, lane, number, SecondPerson(approver, secret_from(phrase_file, "phrase")))
        waiting = [kept for kept in all_requests(lane) if kept.is_open]
    console = Console(as_json)
    console.table(
        ["Request", "Level", "Month", "Asked by", "Why", "Approved by"],
        [[str(r.request_id), r.level, r.month or "", r.asked_by, r.reason, r.approved_by or ""] for r in waiting],
    )
    open_ones = [
        {"request_id": r.request_id, "level": r.level, "month": r.month, "asked_by": r.asked_by, "reason": r.reason,
         "approved_by": r.approved_by}
        for r in waiting
    ]  # fmt: skip
    console.finish({"requests": open_ones}, f"{len(waiting)} requests are open.")


@click.command()
@opens
@click.option("--enrol", "enrolled", default=None, help="Name of a person who may approve from now on.")
@click.option("--login", default=None, help="Their log-in on this computer, where they have one.")
@click.option(
    "--phrase-file", type=_FILE, default=None, help="File with a phrase nobody else knows; asked for otherwise."
)
@click.option("--recovery-code-file", type=_FILE, default=None, help="Vouched for by the recovery sheet: its code.")
@click.option("--by", default=None, help="Or vouched for by this approver.")
@click.option(
    "--by-phrase-file", type=_FILE, default=None, help="File with that approver's phrase; asked for otherwise."
)
@click.option("--end", "ended", default=None, help="Name of an approver who may approve no more.")
@speaks
def approver(
    file: Path, enrolled: str | None, login: str | None, phrase_file: Path | None, recovery_code_file: Path | None,
    by: str | None, by_phrase_file: Path | None, ended: str | None, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Who may approve what another person asked for from FILE: enrol one, end one, or list them."""
    if enrolled is not None and (recovery_code_file is None) == (by is None):
        raise click.UsageError("Give either --recovery-code-file or --by: somebody must vouch for a new approver.")
    with open_project(file, passphrase_file) as project:
        if enrolled is not None:
            voucher = SecondPerson(by, secret_from(by_phrase_file, "by phrase")) if by else None
            enrol_approver(
                project, project.file.lane(), enrolled, login, secret_from(phrase_file, "phrase", twice=True),
                recovery_code=_code_in(recovery_code_file) if recovery_code_file else None, by=voucher,
            )  # fmt: skip
        if ended is not None:
            end_approver(project, project.file.lane(), ended)
        _list(Console(as_json), project)


@click.command()
@opens
@click.option("--release", "release_id", type=int, default=None, help="Number of the release the code stands in.")
@click.option("--code", "wanted", default=None, help="The code, as the partner gives it.")
@click.option("--reason", default="", help="Why it is asked; kept.")
@click.option("--destroy-key", is_flag=True, help="Instead: destroy the key, so that no earlier code can be traced.")
@click.option("--approver", default=None, help="The second person: an approver's name.")
@click.option("--phrase-file", type=_FILE, default=None, help="File with that approver's phrase; asked for otherwise.")
@speaks
def code(
    file: Path, release_id: int | None, wanted: str | None, reason: str, destroy_key: bool, approver: str | None,
    phrase_file: Path | None, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Whose code of an extract of FILE is this? Answered by two persons and logged; or destroy the key of the codes."""
    if approver is None or destroy_key == (release_id is not None and wanted is not None):
        raise click.UsageError("Give --approver, and either --release with --code and --reason, or --destroy-key.")
    with open_project(file, passphrase_file) as project:
        lane, who = project.file.lane(), SecondPerson(approver, secret_from(phrase_file, "phrase"))
        if release_id is not None and wanted is not None:
            person = whose_code(project, lane, release_id, wanted, reason, who).result.person_id
            Console(as_json).finish(
                {"release_id": release_id, "person_id": person}, f"The code stands for person {person}. This is logged."
            )
        else:
            version = destroy_codes_key(project, lane, who).result
            Console(as_json).finish(
                {"version": version}, "The key is destroyed: nobody can say any more whose the codes of before are."
            )


def _code_in(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Misuse(what=f"{path.name} can not be read.") from None


def _list(console: Console, project: Project) -> None:
    kept = all_approvers(project.file.lane())
    console.table(
        ["Approver", "Log-in", "Since (UTC)", "Vouched for by", "State"],
        [[a.name, a.login or "", f"{a.enrolled_at:%Y-%m-%d}", a.vouched_by, "active" if a.is_active else "ended"]
         for a in kept],
    )  # fmt: skip
    console.finish(
        {"approvers": [{"name": a.name, "login": a.login, "enrolled_at": a.enrolled_at, "vouched_by": a.vouched_by,
                        "active": a.is_active} for a in kept]},
        f"{sum(a.is_active for a in kept)} approvers are enrolled.",
    )  # fmt: skip
