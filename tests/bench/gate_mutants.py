"""Is every line of the gate held by a test? Each small change of `disclosure/gate.py` must make a test fail.

    python -m tests.bench.gate_mutants

Changes one thing at a time: comparisons, and/or, not, numbers, words, conditions made true or false, parts of
conditions left out, filters of comprehensions left out, what is returned, keyword arguments exchanged for None. Each
changed gate is first tried against the tests of `test_gate_worlds` in this process (without the random worlds), and
against all gate tests in a process of its own where those let it pass. Docstrings and type annotations are left alone.
"""

from __future__ import annotations

import ast
import copy
import importlib
import shutil
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GATE = Path("ddj_desktop/disclosure/gate.py")
COMPARED = {
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
SWAPPED = {ast.Add: ast.Sub, ast.Sub: ast.Add}
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
Change = tuple[str, Callable[[], None], Callable[[], None]]


def changes(tree: ast.Module) -> Iterator[tuple[int, str, Callable[[], None], Callable[[], None]]]:
    """Every change as line, words, how to make it and how to take it back."""
    for node in _code(tree):
        for words, make, back in _of(node):
            yield getattr(node, "lineno", 0), words, make, back


def _code(tree: ast.Module) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list"):
                continue
            parts = value if isinstance(value, list) else [value]
            for part in parts:
                is_words = isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)
                if isinstance(part, ast.AST) and not is_words:
                    waiting.append(part)


def _set(node: Any, field: str, value: Any) -> tuple[Callable[[], None], Callable[[], None]]:
    before = getattr(node, field)
    return (lambda: setattr(node, field, value)), (lambda: setattr(node, field, before))


def _of(node: Any) -> Iterator[Change]:
    yield from _of_operators(node)
    yield from _of_conditions(node)
    yield from _of_values(node)


def _of_operators(node: Any) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            for other in COMPARED.get(type(op), ()):
                ops = [*node.ops]
                ops[at] = other()
                yield f"{type(op).__name__} to {other.__name__}", *_set(node, "ops", ops)
    if isinstance(node, ast.BoolOp):
        yield "and/or", *_set(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for at in range(len(node.values)):
            if len(node.values) > 1:
                rest = [value for place, value in enumerate(node.values) if place != at]
                yield f"without part {at + 1}", *_set(node, "values", rest * 2 if len(rest) == 1 else rest)
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPPED:
        yield "plus/minus", *_set(node, "op", SWAPPED[type(node.op)]())


def _of_conditions(node: Any) -> Iterator[Change]:
    if isinstance(node, ast.UnaryOp):
        if isinstance(node.op, ast.Not):
            yield "without not", *_set(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
        elif isinstance(node.op, ast.USub):
            yield "without minus", *_set(node, "op", ast.UAdd())
    if isinstance(node, ast.If | ast.IfExp):
        for truth in (True, False):
            yield f"condition {truth}", *_set(node, "test", ast.Constant(truth))
    if isinstance(node, ast.comprehension) and node.ifs:
        yield "without its filter", *_set(node, "ifs", [])


def _of_values(node: Any) -> Iterator[Change]:
    if isinstance(node, ast.Constant) and not isinstance(node.value, bool | type(None) | type(...)):
        values: list[object] = [f"XX{node.value}"] if isinstance(node.value, str) else [node.value + 1, node.value - 1]
        for value in values:
            yield f"{node.value!r} to {value!r}", *_set(node, "value", value)
    if isinstance(node, ast.Name) and node.id in NAMES:
        yield f"{node.id} to {NAMES[node.id]}", *_set(node, "id", NAMES[node.id])
    if isinstance(node, ast.Return) and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield "returns None", *_set(node, "value", ast.Constant(None))
    if isinstance(node, ast.keyword) and node.arg and not isinstance(node.value, ast.Constant):
        yield f"{node.arg}=None", *_set(node, "value", ast.Constant(None))


def caught_here(source: ast.Module) -> bool:
    """True where the tests of worlds fail on the changed gate."""
    worlds = importlib.import_module("tests.disclosure.test_gate_worlds")
    before = {name: getattr(worlds, name) for name in ("judge", "tellable", "Allowed")}
    changed = types.ModuleType("ddj_desktop.disclosure.changed_gate")
    try:
        sys.modules[changed.__name__] = changed
        exec(compile(source, str(GATE), "exec"), changed.__dict__)
        for name in before:
            setattr(worlds, name, changed.__dict__[name])
        for test in _tests(worlds):
            test()
    except BaseException:
        return True
    finally:
        for name, value in before.items():
            setattr(worlds, name, value)
    return False


def _tests(worlds: types.ModuleType) -> Iterator[Callable[[], object]]:
    named = sorted(vars(worlds).items(), key=lambda item: "pair" in item[0])  # the longest one last
    for name, test in named:
        if not name.startswith("test_") or "random" in name:
            continue
        marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
        if not marks:
            yield test
        for mark in marks:
            for given in mark.args[1]:
                several = not isinstance(mark.args[0], str) or "," in mark.args[0]
                yield lambda test=test, given=given, several=several: test(*given) if several else test(given)


def caught_by_all(text: str, copied: Path) -> bool:
    """True where any gate test fails on the changed gate, in a process of its own."""
    (copied / GATE).write_text(text, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly"]
    command += ["tests/disclosure/test_gate.py", "tests/disclosure/test_gate_worlds.py"]
    return subprocess.run(command, cwd=copied, capture_output=True, check=False, timeout=900).returncode != 0


def main() -> int:
    """Try every change; prints those no test found and gives 1 where there are any."""
    tree = ast.parse((ROOT / GATE).read_text("utf-8"))
    tried, survivors = 0, []
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "copy"
        for part in ("ddj_desktop", "tests", "resources"):
            shutil.copytree(ROOT / part, copied / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copyfile(ROOT / "pyproject.toml", copied / "pyproject.toml")
        for line, words, make, back in list(changes(tree)):
            make()
            changed = ast.fix_missing_locations(copy.deepcopy(tree))
            back()
            tried += 1
            if not caught_here(changed) and not caught_by_all(ast.unparse(changed), copied):
                survivors.append(f"line {line}: {words}")
                print("NOT FOUND", survivors[-1], flush=True)
            if tried % 50 == 0:
                print(f"{tried} tried", flush=True)
    print(f"{tried} changes of the gate, {tried - len(survivors)} found by a test, {len(survivors)} not")
    return 1 if survivors else 0


if __name__ == "__main__":
    raise SystemExit(main())
