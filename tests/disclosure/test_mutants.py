"""The maker of small changes: each kind is made, taken back, and no docstring, annotation or alias is touched."""

from __future__ import annotations

import ast
import copy

import pytest

from tests.bench.gate_mutants import FILES, ROOT
from tests.bench.mutants import changes


def changed(text: str) -> list[str]:
    """Every changed form of a piece of code; the tree is as it was afterwards."""
    tree, forms = ast.parse(text), []
    before = ast.dump(tree)
    for _, _, make, back in list(changes(tree)):
        make()
        forms.append(ast.unparse(ast.fix_missing_locations(copy.deepcopy(tree))))
        back()
    assert ast.dump(tree) == before
    return forms


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("f(a < 3)", {"f(a <= 3)", "f(a >= 3)", "f(a < 4)", "f(a < 2)", "f(None)", "f()", "pass"}),
        ("a and b", {"a or b", "a and a", "b and b", "pass"}),
        ("a + 'x' * b", {"a - 'x' * b", "a + 'x' // b", "a + 'XXx' * b", "a + 'xXX' * b"}),
        ("x = not a", {"x = not (not a)", "x = None", "pass"}),
        ("x = None", {"x = 0", "pass"}), ("x = True", {"x = False"}),
        ("x = min(-a, b)", {"x = max(-a, b)", "x = min(+a, b)"}),
        ("x = a if b else c", {"x = a if True else c", "x = a if False else c"}),
        ("x = [a for a in b if c if d]", {"x = [a for a in b if c]", "x = [a for a in b if d]",
                                          "x = [a for a in () if c if d]"}),
        ("for a in b:\n    break", {"for a in ():\n    break", "for a in b:\n    continue", "pass"}),
        ("while a:\n    continue", {"while a:\n    break", "while False:\n    continue"}),
        ("f(a, b=c)", {"f(b=c)", "f(a)", "f(None, b=c)", "f(a, b=None)"}),
        ("x = sorted(a, key=b)", {"x = (lambda it: it)(list(a))"}), ("x = a.b()", {"x = (lambda it: it)(a)"}),
        ("x = lambda: a", {"x = lambda: None"}),
        ("@a\ndef f(x, y=1, *, z=None):\n    raise x", {
            "def f(x, y=1, *, z=None):\n    raise x", "@a\ndef f(x, y=None, *, z=None):\n    raise x",
            "@a\ndef f(x, y=1, *, z=0):\n    raise x", "@a\ndef f(x, y=1, *, z=None):\n    pass"}),
        ("class A:\n    x = a\n    y = b", {"class A:\n    y = b\n    x = a"}),
        ("def f():\n    if a:\n        return b\n    if c:\n        return d", {
            "def f():\n    if c:\n        return d\n    if a:\n        return b",
            "def f():\n    if a:\n        return None\n    if c:\n        return d"}),
        ("x = (a, b, 'c')", {"x = (b, a, 'c')", "x = (a, 'c', b)"}),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_made_and_taken_back(text: str, forms: set[str]) -> None:
    made = {ast.unparse(ast.parse(form)) for form in changed(text)}
    assert {ast.unparse(ast.parse(form)) for form in forms} <= made
    assert ast.unparse(ast.parse(text)) not in made, "a change that changes nothing"


def test_what_does_nothing_when_the_program_runs_is_left_alone() -> None:
    text = '"""Words."""\nA: TypeAlias = B | C\nclass D:\n    """Words."""\n    e: int | None\n'
    assert changed(text + "\n    def f(self, g: 3) -> 4:\n        return None") == []


def test_every_changed_form_of_the_facts_is_another_one_that_can_be_read() -> None:
    text = (ROOT / FILES[1]).read_text("utf-8")
    forms = changed(text)
    assert len(forms) == len(set(forms)) > 150
    assert ast.unparse(ast.parse(text)) not in forms
    assert all(compile(form, FILES[1], "exec") for form in forms)
