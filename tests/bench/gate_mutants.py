"""Is every line of the gate held by a test? Each small change of its code (`mutants`) must make a gate test fail.

    python -m tests.bench.gate_mutants [FILE…]

Goes over the gate, the facts it reads, the request and the rules; or over the files named. The tree is copied, the
changed file written into the copy, and the gate's tests run there in a process of their own that ends with the first
failure. First they must pass on the code as it stands: tests that fail anyway would find every change. Needs `fork`.
"""

from __future__ import annotations

import ast
import copy
import importlib
import os
import resource
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from tests.bench.mutants import changes

ROOT = Path(__file__).resolve().parents[2]
FILES = tuple(f"ddj_desktop/disclosure/{name}.py" for name in ("gate", "gate_facts", "request", "rules"))
TESTS = tuple(f"tests/disclosure/test_{name}.py" for name in ("gate_rules", "gate_worlds", "gate_facts", "gate"))
WARM = ("pytest", "duckdb", "numpy", "openpyxl", "argon2", "pypdf", "click", "PySide6.QtWidgets", "rich.progress")
"""Read before the processes part, so that each need not read them again."""
PASSED, FAILED, BROKEN = 0, 1, 2
"""What pytest says: all passed, one failed, a file of tests can not even be read."""
SECONDS = 120
"""Processor time after which a change counts as found: it goes round and round."""


def copied_tree(folder: Path) -> Path:
    """The code, its tests and settings, once more."""
    copied = folder / "copy"
    for part in ("ddj_desktop", "tests", "resources"):
        shutil.copytree(ROOT / part, copied / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", copied / "pyproject.toml")
    return copied


def outcome(copied: Path, stem: str = "", *, keep_compiled: bool = False) -> int:
    """What pytest says of the gate's tests in the copy, those named after the file `stem` first; FAILED as well where
    they do not end. Anything else raises."""
    child = os.fork()
    if child == 0:
        try:
            _become(copied, keep_compiled)
            os._exit(int(_run_tests(stem)))
        finally:
            os._exit(99)
    _, status = os.waitpid(child, 0)
    said = FAILED if status == signal.SIGXCPU else os.waitstatus_to_exitcode(status)
    if said not in (PASSED, FAILED, BROKEN):
        raise SystemExit(f"pytest ended with {said}, which says nothing of the code.")
    return said


def _become(copied: Path, keep_compiled: bool) -> None:
    """This process, which read nothing of the copy yet, works in the copy from now on and says nothing."""
    os.chdir(copied)
    sys.path[:] = [str(copied), *(place for place in sys.path if place not in ("", str(ROOT)))]
    for name in [name for name in sys.modules if name.split(".")[0] in ("tests", "ddj_desktop")]:
        del sys.modules[name]
    sys.dont_write_bytecode = not keep_compiled  # two changes of one second and one length would pass for each other
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)


def _run_tests(stem: str) -> int:
    pytest = importlib.import_module("pytest")
    # each change runs the same few tests in the same order: by chance, a change could pass for found or not
    plain = ["-q", "-x", "--tb=no", "-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly", "-m", "not slow"]
    tests = sorted(TESTS, key=lambda test: stem not in test)
    return int(pytest.main([*plain, *tests, "--deselect", f"{TESTS[1]}::test_random_worlds"]))


def survivors_of(name: str, copied: Path) -> tuple[int, list[str]]:
    """How many changes of a file were tried, and those that no test found. The copy is left as it was."""
    place = copied / name
    text = place.read_text("utf-8")
    tree, tried, survivors = ast.parse(text), 0, []
    for compiled in place.parent.glob(f"__pycache__/{place.stem}.*"):
        compiled.unlink()
    for line, words, make, back in list(changes(tree)):
        make()
        changed = ast.unparse(ast.fix_missing_locations(copy.deepcopy(tree)))
        back()
        place.write_text(changed, "utf-8")
        tried += 1
        if outcome(copied, place.stem) == PASSED:
            survivors.append(f"{name}, line {line}: {words}")
            print("NOT FOUND", survivors[-1], flush=True)
        if tried % 100 == 0:
            print(f"{tried} of {name} tried", flush=True)
    place.write_text(text, "utf-8")
    return tried, survivors


def main(names: list[str]) -> int:
    """Try every change; prints those no test found and gives 1 where there are any."""
    for name in WARM:
        importlib.import_module(name)
    tried, survivors = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        copied = copied_tree(Path(folder))
        if outcome(copied, keep_compiled=True) != PASSED:
            raise SystemExit("The gate's tests do not pass on the code as it stands: they would find every change.")
        for name in names or FILES:
            of_file, left = survivors_of(name, copied)
            print(f"{name}: {of_file} changes, {of_file - len(left)} found by a test, {len(left)} not", flush=True)
            tried, survivors = tried + of_file, survivors + len(left)
    print(f"{tried} changes, {tried - survivors} found by a test, {survivors} not")
    return 1 if survivors else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
