"""Commands about the county file itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ddj_desktop.cli.console import Console, open_project, opens, passphrase_from, secret_from, speaks
from ddj_desktop.kernel.errors import Misuse
from ddj_desktop.store.county_file import County
from ddj_desktop.store.door import notes
from ddj_desktop.workflow.checking import check_county
from ddj_desktop.workflow.lists import history
from ddj_desktop.workflow.logs import export_logs
from ddj_desktop.workflow.project import Project, begin_seal, recovery_sheet_path, renew_key, restore
from ddj_desktop.workflow.proving import change_passphrase


@click.command()
@opens
@click.option("--county", required=True, help="Name of the county.")
@click.option("--state", required=True, help="Two letters.")
@click.option("--population", type=click.IntRange(min=1), default=None, help="Residents; used for rates.")
@speaks
def new(
    file: Path, county: str, state: str, population: int | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """Make an empty county FILE, its key file and its recovery sheet."""
    if len(state) != 2 or not state.isalpha():
        raise Misuse(what="A state is written with its two letters, for example KS.")
    if not county.strip():
        raise Misuse(what="The county needs a name.")
    passphrase = passphrase_from(passphrase_file, twice=True)
    project = Project.create(file, passphrase, County(county.strip(), state.upper(), population))
    project.close()
    sheet = recovery_sheet_path(file)
    Console(as_json).finish(
        {"file": str(file), "key_file": f"{file}.key", "recovery_sheet": str(sheet)},
        f"Made {file} and its key file {file.name}.key.",
        f"Print {sheet.name}: lock its first page away, which opens the county file, and give the second to the "
        "privacy officer. Then remove it from this computer.",
    )


@click.command()
@opens
@click.option(
    "--seal-file", type=click.Path(path_type=Path), default=None,
    help="File with the codes of the privacy officer's sheets, one a line: the log's seals are checked with them.",
)  # fmt: skip
@speaks
def check(file: Path, seal_file: Path | None, passphrase_file: Path | None, as_json: bool) -> None:
    """Read every block of FILE, verify the log of acts, and check that the tables agree."""
    seals = [line for line in _text_of(seal_file).splitlines() if line.strip()] if seal_file else []
    with open_project(file, passphrase_file) as project:
        found = check_county(project.file, seals)
    Console(as_json).finish(
        {
            "ok": True,
            "tables": found.rows,
            "acts": found.acts,
            "sealed": found.sealed,
            "head": found.head,
            "checks": found.checks,
        },
        f"{file.name} is whole: {sum(found.rows.values()):,} rows in {len(found.rows)} tables, "
        f"{found.acts:,} acts in the log, {len(found.checks)} checks passed. Head of the log: {found.head}",
        *([f"The seals of {found.sealed:,} acts are right."] if seals else []),
    )


@click.command("backup")
@opens
@speaks
def back_up(file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Make a backup of FILE now, and read it back."""
    with open_project(file, passphrase_file) as project:
        path = project.back_up(project.file.lane())
        kept = project.file.backups.all()
    Console(as_json).finish(
        {"backup": str(path), "kept": [str(backup.path) for backup in kept]},
        f"Backed up to {path}. {len(kept)} backups are kept.",
    )


@click.command("restore")
@opens
@click.argument("backup", type=click.Path(path_type=Path), required=False)
@click.option(
    "--recovery-code-file", type=click.Path(path_type=Path), default=None,
    help="Instead of BACKUP: make a new key file, for a new passphrase, from the recovery code in this file.",
)  # fmt: skip
@speaks
def restore_backup(
    file: Path, backup: Path | None, recovery_code_file: Path | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """Put BACKUP in FILE's place (the present FILE is kept as a backup), or renew a lost key."""
    if (backup is None) == (recovery_code_file is None):
        raise Misuse(what="Give either a backup to restore, or --recovery-code-file.")
    passphrase = passphrase_from(passphrase_file, twice=recovery_code_file is not None)
    console = Console(as_json)
    if backup is not None:
        kept = restore(file, backup, passphrase)
        console.finish(
            {"restored": str(backup), "kept": str(kept) if kept else None},
            f"{file.name} is as it was in {backup.name}." + (f" What it was before is kept as {kept}." if kept else ""),
        )
    elif recovery_code_file is not None:
        renew_key(file, _text_of(recovery_code_file), passphrase)
        console.finish({"renewed": f"{file}.key"}, f"{file.name} opens with the new passphrase.")


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Misuse(what=f"{path.name} can not be read.") from None


@click.command("passphrase")
@opens
@click.option(
    "--new-passphrase-file", type=click.Path(path_type=Path, allow_dash=True), default=None,
    help="File that holds the new passphrase; - reads it from standard input. Asked for twice otherwise.",
)  # fmt: skip
@speaks
def new_passphrase(file: Path, new_passphrase_file: Path | None, passphrase_file: Path | None, as_json: bool) -> None:
    """Have FILE open with another passphrase from now on. The recovery sheet still holds."""
    old = passphrase_from(passphrase_file)
    project = Project.open(file, old)
    try:
        new = secret_from(new_passphrase_file, "new passphrase", twice=True)
        change_passphrase(project, project.file.lane(), old, new)
    finally:
        project.close()
    Console(as_json).finish(
        {"file": str(file)},
        f"{file.name} opens with the new passphrase. Remove copies of the key file made before: they keep the old one.",
    )


@click.command("audit")
@opens
@click.option(
    "--export", "export_to", type=click.Path(path_type=Path, file_okay=False), default=None,
    help="Folder to write the log, the disclosure log and a program that checks them into.",
)  # fmt: skip
@click.option(
    "--begin-seal", "sheet", type=click.Path(path_type=Path), default=None,
    help="Begin a new seal of the log, and write the privacy officer's sheet with its code as this PDF.",
)  # fmt: skip
@speaks
def audit_log(
    file: Path, export_to: Path | None, sheet: Path | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """Show the log of acts of FILE, after verifying it; or export it with a program that checks it anywhere."""
    with open_project(file, passphrase_file, session=bool(notes(file))) as project:
        checked = project.file.check()
        if sheet is not None:
            line = begin_seal(project, sheet)
            Console(as_json).finish(
                {"sheet": str(sheet), "first_line": line},
                f"A new seal begins with line {line} of the log. Print {sheet.name} for the privacy officer, and then "
                "remove it from this computer.",
            )  # fmt: skip
            return
        if export_to is not None:
            made = export_logs(project, project.file.lane(), export_to)
            Console(as_json).finish(
                {"ok": True, "head": made.head, "files": [str(path) for path in made.files]},
                *(str(path) for path in made.files), f"The log is whole. Head: {made.head}",
            )  # fmt: skip
            return
        acts: list[dict[str, Any]] = history(project.file.lane())
    console = Console(as_json)
    console.table(
        ["No.", "When (UTC)", "Who", "What", "Facts"],
        [[str(a["seq"]), f"{a['done_at']:%Y-%m-%d %H:%M}", a["actor"], a["event"], a["facts"]] for a in acts],
    )
    console.finish({"ok": True, "head": checked.head, "acts": acts}, f"The log is whole. Head: {checked.head}")
