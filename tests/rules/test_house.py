"""The rules of the house, as checks: sizes, homes of libraries, words that must not stand, locks without addresses."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "ddj_desktop"
SOURCES = sorted([ROOT / "main.py", *HOUSE.rglob("*.py"), *(ROOT / "installer").rglob("*.py")])
PACKAGES = [
    "kernel", "store", "registers", "intake", "linkage", "cohort", "measures", "disclosure", "outputs", "workflow",
    "screens", "gui", "app", "cli",
]  # fmt: skip
"""Lowest first, as design has them."""

HOMES = {
    "duckdb": {"store"}, "duckdb_extension_httpfs": {"store"}, "argon2": {"store"}, "cryptography": {"store"},
    "python_calamine": {"intake"}, "msoffcrypto": {"intake"}, "rapidfuzz": {"linkage"}, "nicknames": {"linkage"},
    "highspy": {"disclosure"}, "reportlab": {"outputs"}, "pptx": {"outputs"}, "openpyxl": {"intake", "outputs"},
    "PySide6": {"gui", "app"}, "shiboken6": {"gui", "app"}, "pypdfium2": {"gui"}, "click": {"cli"}, "rich": {"cli"},
}  # fmt: skip

LONG_FILES: set[str] = set()
"""Files allowed over 400 lines. May only shrink."""

LONG_FUNCTIONS: set[str] = set()
"""Functions allowed over 40 lines, as file:name. May only shrink."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def package_of(path: Path) -> str:
    inside = path.relative_to(HOUSE).parts
    return inside[0].removesuffix(".py")


def test_files_are_under_400_lines() -> None:
    long = {name_of(path) for path in SOURCES if len(path.read_text("utf-8").splitlines()) > 400}
    assert long == LONG_FILES


def test_functions_are_under_40_lines() -> None:
    long = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                is_words = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                words = (first.end_lineno or 0) - first.lineno + 1 if is_words else 0
                if (node.end_lineno or 0) - node.lineno + 1 - words > 40:
                    long.add(f"{name_of(path)}:{node.name}")
    assert long == LONG_FUNCTIONS


def test_public_functions_and_modules_say_what_they_do() -> None:
    silent = []
    for path in SOURCES:
        tree = ast.parse(path.read_text("utf-8"))
        if not ast.get_docstring(tree):
            silent.append(name_of(path))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{name_of(path)}:{node.name}")
    assert silent == []


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_each_library_has_one_home() -> None:
    strays = [
        f"{name_of(path)} imports {module}"
        for path in HOUSE.rglob("*.py")
        for module in imported(path)
        if module.split(".")[0] in HOMES and package_of(path) not in HOMES[module.split(".")[0]]
    ]
    assert strays == []


def test_no_package_imports_one_above_it() -> None:
    wrong = []
    for path in HOUSE.rglob("*.py"):
        here = package_of(path)
        if here == "__init__":
            continue
        for module in imported(path):
            parts = module.split(".")
            if parts[0] != "ddj_desktop" or len(parts) == 1:
                continue
            if PACKAGES.index(parts[1]) > PACKAGES.index(here):
                wrong.append(f"{name_of(path)} imports {module}")
    assert wrong == []


def test_nothing_reaches_for_the_network() -> None:
    network = {"socket", "http", "urllib.request", "requests", "httpx", "ftplib", "smtplib", "xmlrpc", "ssl"}
    assert [name_of(p) for p in SOURCES for m in imported(p) if m in network or m.split(".")[0] in network] == []


def test_the_line_runs_without_qt() -> None:
    code = "import sys; sys.modules['PySide6'] = None; import ddj_desktop.cli, ddj_desktop.screens; print('ok')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout == "ok\n", done.stderr


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


TEXT_ENDINGS = {".py", ".sql", ".md", ".toml", ".txt", ".yml", ".sh", ".csv", ""}


def test_no_marker_of_unfinished_work_and_no_path_of_one_machine() -> None:
    words = "|".join(["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error"])
    folders = "|".join(["w" + "ork", "ro" + "ot", "ho" + "me"])
    marks = re.compile(rf"\b({words})\b|#.*\b{'X' * 3}\b|(?<![\w.])/({folders})/\w")
    found = [
        f"{name_of(path)}:{number}"
        for path in tracked()
        if path.suffix in TEXT_ENDINGS and path.name != "LICENSE"
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []


LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt", "requirements-bench-sets.txt")


def test_locks_hold_hashes_and_no_address() -> None:
    for name in LOCKS:
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", text), name


def test_direct_dependencies_are_pinned_exactly() -> None:
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = [*settings["project"]["optional-dependencies"].values(), *settings["dependency-groups"].values()]
    wanted = [*settings["project"]["dependencies"], *(entry for extra in extras for entry in extra)]
    assert [entry for entry in wanted if not re.fullmatch(r"[\w.-]+==[\w.]+", entry)] == []


def test_readme_holds_its_two_commands() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    commands = [line.strip() for line in lines if line.startswith("    python3 -m venv")]
    assert commands == [
        "python3 -m venv .venv && .venv/bin/pip install -q -r requirements.txt && .venv/bin/python main.py demo",
        "python3 -m venv .venv && sh installer/linux/system-packages.sh && .venv/bin/pip install -q"
        " -r requirements-dev.txt && .venv/bin/python -m pytest",
    ]


def test_every_relative_link_of_a_page_leads_somewhere() -> None:
    dead = []
    for path in tracked():
        if path.suffix == ".md":
            for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8")):
                if not (path.parent / target).exists():
                    dead.append(f"{name_of(path)} -> {target}")
    assert dead == []


def test_tracked_files_are_small() -> None:
    assert [name_of(path) for path in tracked() if path.stat().st_size > 1_048_576] == []


@pytest.mark.parametrize("package", [p for p in PACKAGES if p not in ("app", "cli")])
def test_the_map_names_every_package(package: str) -> None:
    assert f"`{package}`" in (HOUSE / "README.md").read_text("utf-8")
