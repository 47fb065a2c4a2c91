"""Every small change of a piece of code, one at a time: what a test must notice.

Comparisons, and/or, not, sums, numbers, words, yes and no; conditions made true or false, parts of them left out,
filters left out, loops and comprehensions over nothing; statements, arguments, decorators and calls left out; what is
returned, assigned, given or meant by default exchanged for None; `break` and `continue`; neighbours exchanged where
their order says something. Docstrings, type annotations and type aliases are left alone.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

COMPARED = {
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
EXCHANGED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
DROPPED = (ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Raise, ast.Return, ast.For, ast.While)
Change = tuple[str, Callable[[], None], Callable[[], None]]


def changes(tree: ast.Module) -> Iterator[tuple[int, str, Callable[[], None], Callable[[], None]]]:
    """Every change as line, words, how to make it and how to take it back."""
    for node in _code(tree):
        for part in (_of_operators, _of_conditions, _of_values, _of_calls, _of_statements, _of_order):
            for words, make, back in part(node):
                yield _line(node), words, make, back


def _line(node: Any) -> int:
    """Where a node stands: a loop of a comprehension where its name does; 0 for a module and for arguments."""
    return int(getattr(getattr(node, "target", node), "lineno", 0))


def _code(tree: ast.Module) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name, value in ast.iter_fields(node):
            parts = value if isinstance(value, list) else [value]
            if name not in ("annotation", "returns"):
                waiting += [part for part in parts if isinstance(part, ast.AST) and not _is_left_alone(part)]


def _is_left_alone(node: ast.AST) -> bool:
    """True for docstrings and type aliases, which do nothing when the program runs."""
    if isinstance(node, ast.AnnAssign):
        return isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _set(node: Any, field: str, value: Any) -> tuple[Callable[[], None], Callable[[], None]]:
    before = getattr(node, field)
    return (lambda: setattr(node, field, value)), (lambda: setattr(node, field, before))


def _without(values: Sequence[Any], at: int) -> list[Any]:
    return [value for place, value in enumerate(values) if place != at]


def _with(values: Sequence[Any], at: int, other: Any) -> list[Any]:
    return [other if place == at else value for place, value in enumerate(values)]


def _of_operators(node: Any) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            for other in COMPARED.get(type(op), ()):
                yield f"{type(op).__name__} to {other.__name__}", *_set(node, "ops", _with(node.ops, at, other()))
    if isinstance(node, ast.BoolOp):
        yield "and/or", *_set(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for at in range(len(node.values)):
            rest = _without(node.values, at)
            yield f"without part {at + 1}", *_set(node, "values", rest * 2 if len(rest) == 1 else rest)
    if isinstance(node, ast.BinOp) and type(node.op) in EXCHANGED:
        other = EXCHANGED[type(node.op)]
        yield f"{type(node.op).__name__} to {other.__name__}", *_set(node, "op", other())


def _of_conditions(node: Any) -> Iterator[Change]:
    if isinstance(node, ast.UnaryOp):
        if isinstance(node.op, ast.Not):
            yield "without not", *_set(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
        elif isinstance(node.op, ast.USub):
            yield "without minus", *_set(node, "op", ast.UAdd())
    if isinstance(node, ast.If | ast.IfExp):
        for truth in (True, False):
            yield f"condition {truth}", *_set(node, "test", ast.Constant(truth))
    if isinstance(node, ast.While):
        yield "condition False", *_set(node, "test", ast.Constant(False))
    if isinstance(node, ast.comprehension):
        for at in range(len(node.ifs)):
            yield f"without filter {at + 1}", *_set(node, "ifs", _without(node.ifs, at))
    if isinstance(node, ast.comprehension | ast.For):
        yield "over nothing", *_set(node, "iter", ast.Tuple([], ast.Load()))


def _of_values(node: Any) -> Iterator[Change]:
    if isinstance(node, ast.Constant) and not isinstance(node.value, type(None) | type(...)):
        for value in _others(node.value):
            yield f"{node.value!r} to {value!r}", *_set(node, "value", value)
    if isinstance(node, ast.Name) and node.id in NAMES:
        yield f"{node.id} to {NAMES[node.id]}", *_set(node, "id", NAMES[node.id])
    if isinstance(node, ast.Return | ast.Assign | ast.AnnAssign) and node.value is not None:
        if not _is_none(node.value):
            yield "value None", *_set(node, "value", ast.Constant(None))
        elif not isinstance(node, ast.Return):
            yield "value 0", *_set(node, "value", ast.Constant(0))
    if isinstance(node, ast.Lambda):
        yield "lambda None", *_set(node, "body", ast.Constant(None))
    if isinstance(node, ast.arguments):
        for field in ("defaults", "kw_defaults"):
            given = getattr(node, field)
            for at, value in enumerate(given):
                if value is not None:
                    other = ast.Constant(0 if _is_none(value) else None)
                    yield f"default {at + 1} to {other.value}", *_set(node, field, _with(given, at, other))


def _others(value: object) -> list[object]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value - 1]
    if isinstance(value, str):
        return [f"XX{value}", *([f"{value}XX"] if value else [])]
    return [None]


def _is_none(node: ast.AST | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


def _of_calls(node: Any) -> Iterator[Change]:
    if isinstance(node, ast.keyword) and not _is_none(node.value):
        yield f"{node.arg}=None", *_set(node, "value", ast.Constant(None))
    if not isinstance(node, ast.Call):
        return
    for at, value in enumerate(node.args):
        if not _is_none(value) and not isinstance(value, ast.Starred):
            yield f"argument {at + 1} None", *_set(node, "args", _with(node.args, at, ast.Constant(None)))
        yield f"without argument {at + 1}", *_set(node, "args", _without(node.args, at))
    for at, given in enumerate(node.keywords):
        yield f"without {given.arg}=", *_set(node, "keywords", _without(node.keywords, at))
    called = node.func
    if isinstance(called, ast.Attribute) and not node.args and not node.keywords:
        yield f"without .{called.attr}()", *_instead(node, called.value)
    if isinstance(called, ast.Name) and called.id == "sorted":
        yield "not sorted", *_instead(node, ast.Call(ast.Name("list", ast.Load()), node.args[:1], []))


def _instead(node: ast.Call, other: ast.expr) -> tuple[Callable[[], None], Callable[[], None]]:
    """A call gives way to another value: the node stays, and hands the value on."""
    before = node.func, node.args, node.keywords
    itself = ast.Lambda(
        ast.arguments([], [ast.arg("it")], None, [], [], None, []), ast.Name("it", ast.Load())
    )  # fmt: skip

    def put(func: ast.expr, args: list[ast.expr], keywords: list[ast.keyword]) -> None:
        node.func, node.args, node.keywords = func, args, keywords

    return (lambda: put(itself, [other], [])), (lambda: put(*before))


def _of_statements(node: Any) -> Iterator[Change]:
    for field in ("body", "orelse"):
        given = getattr(node, field, None)
        for at, statement in enumerate(given if isinstance(given, list) else ()):
            other = _other_statement(statement)
            last = isinstance(node, ast.FunctionDef) and at == len(given) - 1
            says_nothing = last and isinstance(statement, ast.Return) and _is_none(statement.value)
            if other is not None and not says_nothing:  # a function that ends gives None by itself
                words = f"{field} {at + 1}: {type(statement).__name__} to {type(other).__name__}"
                yield words, *_set(node, field, _with(given, at, other))
    for at, _ in enumerate(getattr(node, "decorator_list", ())):
        yield f"without decorator {at + 1}", *_set(node, "decorator_list", _without(node.decorator_list, at))


def _other_statement(statement: ast.stmt) -> ast.stmt | None:
    if isinstance(statement, ast.Break):
        return ast.Continue()
    if isinstance(statement, ast.Continue):
        return ast.Break()
    if isinstance(statement, DROPPED) and not _is_left_alone(statement):
        return None if isinstance(statement, ast.AnnAssign) and statement.value is None else ast.Pass()
    return None


def _of_order(node: Any) -> Iterator[Change]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        told = (ast.Assign,) if isinstance(node, ast.ClassDef) else (ast.If,)
        yield from _neighbours(node, "body", lambda each: isinstance(each, told))
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
        yield from _neighbours(node, "elts", lambda each: isinstance(each, ast.Name | ast.Constant))


def _neighbours(node: Any, field: str, told: Callable[[Any], bool]) -> Iterator[Change]:
    given = getattr(node, field)
    for at, (one, other) in enumerate(pairwise(given)):
        if told(one) and told(other):
            yield f"{at + 1} and {at + 2} exchanged", *_set(node, field, [*given[:at], other, one, *given[at + 2 :]])
