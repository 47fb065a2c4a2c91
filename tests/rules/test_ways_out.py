"""Nothing writes a file for somebody outside but behind the gate: every caller of a writer is on a short list, and in
the sharing modules every writer stands behind a permit. Checked on the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2] / "ddj_desktop"
WRITERS = {
    "write_pdf", "write_workbook", "write_rows", "write_paper", "write_extract_csv", "write_extract_workbook",
    "write_codebook", "write_risk_page", "write_manifest", "write_release_form", "write_recovery_sheet", "write_whole",
    "write_plain_sheets", "write_columns", "write_pptx", "write_emergency_paper", "write_care_paper",
    "write_names_workbook",
}  # fmt: skip
BEHIND_THE_GATE = {
    "workflow/sharing.py", "workflow/extracting.py", "workflow/with_names.py", "workflow/emergency.py",
}  # fmt: skip
"""The only modules that write for a partner."""
INSIDE = {
    "workflow/packets.py": "the county's own packet: protected tables only (SafeMonth)",
    "workflow/identified.py": "identified sheets for the county's own work; logged with their reason",
    "workflow/care_team.py": "one person's paper for the county's own care team; logged, protected records by release",
    "workflow/logs.py": "the logs: numbers, counts and hashes",
    "workflow/release_forms.py": "a form to fill in; nobody's data",
    "workflow/project.py": "the recovery sheet: the key",
    "workflow/register_sheets.py": "the county's own registers as sheets",
    "workflow/mending.py": "the list of problems of a file, for its sender",
    "workflow/linking.py": "work without a county file: what was given comes back",
    "workflow/protecting.py": "the same",
}
"""Modules above `outputs` that may call a writer without a permit, and what they write."""
EXTRACT_WRITERS = {
    "write_emergency_paper",
    "write_names_workbook",
    "write_extract_csv",
    "write_extract_workbook",
    "write_codebook",
    "write_risk_page",
    "write_manifest",
}
ABOVE_OUTPUTS = ("workflow", "screens", "gui", "cli", "app.py")


def modules(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(HOUSE.rglob("*.py")):
        name = path.relative_to(HOUSE).as_posix()
        if name.split("/")[0] in packages and not name.startswith("workflow/demo/"):
            yield name, ast.parse(path.read_text("utf-8"))


def called(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            if isinstance(part.func, ast.Name):
                yield part.func.id, part
            elif isinstance(part.func, ast.Attribute):
                yield part.func.attr, part


def test_the_modules_that_call_a_writer_are_known() -> None:
    callers = {name for name, tree in modules(*ABOVE_OUTPUTS) for what, _ in called(tree) if what in WRITERS}
    assert callers - BEHIND_THE_GATE - set(INSIDE) == set()
    assert callers >= BEHIND_THE_GATE


def test_every_writer_for_a_partner_stands_behind_a_permit() -> None:
    """A function of the sharing modules that calls a writer has a permit in hand: it asked the gate before, on an
    earlier line, or was given one."""
    for name, tree in modules("workflow"):
        if name not in BEHIND_THE_GATE:
            continue
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            writes = [call.lineno for what, call in called(function) if what in WRITERS]
            if not writes:
                continue
            given = any(arg.arg == "permit" and ast.unparse(arg.annotation or arg) == "Permit"  # type: ignore[arg-type]
                        for arg in function.args.args)  # fmt: skip
            asked = [call.lineno for what, call in called(function) if what in ("release", "permit_or_ask")]
            assert given or (asked and min(asked) < min(writes)), f"{name}: {function.name}"


def test_writers_of_extracts_ask_for_the_permit_first() -> None:
    seen = set()
    for _, tree in modules("outputs"):
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            if function.name in EXTRACT_WRITERS:
                seen.add(function.name)
                first = function.args.args[0]
                assert (first.arg, ast.unparse(first.annotation or ast.Constant(None))) == ("permit", "Permit")
    assert seen == EXTRACT_WRITERS


def test_the_gate_is_asked_again_inside_the_act_that_records_the_release() -> None:
    for name, tree in modules("workflow"):
        if name in BEHIND_THE_GATE:
            acts = [
                node for node in ast.walk(tree) if isinstance(node, ast.With) and "act(" in ast.unparse(node.items[0])
            ]
            recording = [act for act in acts if re.search("'shared'|'glass broken'", ast.unparse(act.items[0]))]
            assert recording, name
            for act in recording:
                order = [what for what, _ in sorted(called(act), key=lambda found: found[1].lineno)]
                asked = min(order.index(w) for w in order if w in ("release", "release_names"))
                assert asked < min(order.index(w) for w in order if w in ("record_release", "_record"))


def test_rows_with_names_are_asked_of_the_gate_in_every_part() -> None:
    """`release_names` makes no yes of its own: each part it looks at is a permit of `release`. The other
    that asks only leaves columns out."""
    ((_, tree),) = (found for found in modules("disclosure") if found[0] == "disclosure/named_release.py")
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert "release" in [what for what, _ in called(functions["_permits"])]
    assert "_permits" in [what for what, _ in called(functions["release_names"])]
    assert [name for name, node in functions.items() if "release" in [what for what, _ in called(node)]] == [
        "closed_kinds", "_permits",
    ]  # fmt: skip


def test_permits_and_safe_rows_are_made_in_one_place_each() -> None:
    makers: dict[str, set[str]] = {"Permit": set(), "SafeExtract": set(), "NamedRows": set(), "Allowed": set()}
    for name, tree in modules("disclosure", "outputs", *ABOVE_OUTPUTS):
        for what, _ in called(tree):
            if what in makers:
                makers[what].add(name)
    assert makers == {
        "Permit": {"disclosure/gate.py"}, "SafeExtract": {"disclosure/extract.py"}, "Allowed": {"disclosure/gate.py"},
        "NamedRows": {"disclosure/named_rows.py"},
    }  # fmt: skip
    keys = {name for name, tree in modules("disclosure", "outputs", *ABOVE_OUTPUTS)
            if name not in ("disclosure/gate.py", "disclosure/extract.py", "disclosure/safe.py")
            and any(isinstance(node, ast.Attribute) and node.attr == "_KEY" for node in ast.walk(tree))}  # fmt: skip
    assert keys <= {"disclosure/release.py", "disclosure/protect.py"}, "a key was taken out of its drawer"


def test_no_environment_and_no_flag_is_looked_at_on_the_way() -> None:
    for name, tree in modules("disclosure", "workflow"):
        looked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        looked |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert not looked & {"environ", "getenv", "environb", "argv"}, name
