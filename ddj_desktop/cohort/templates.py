"""Definitions that counties and studies have used, shipped as rule files, each with its source.

A template file is a rule file with three lines of comment at its head: `# Place:`, `# Source:` and `# Note:`, the
last saying where the rule file departs from what was published, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ddj_desktop.cohort.errors import NoSuchTemplate
from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.cohort.types import Rule
from ddj_desktop.cohort.words import in_words


@dataclass(frozen=True)
class Template:
    """One shipped definition."""

    key: str
    """Its file's name without ending, stable for scripts: `king-county`."""
    name: str
    place: str
    source: str
    note: str
    """What the rule file can not carry of the published rule; '' where it carries all."""
    text: str
    """The rule file."""
    rule: Rule
    sentence: str


@cache
def templates() -> tuple[Template, ...]:
    """Every shipped definition, in order of its key."""
    folder = files("ddj_desktop.cohort").joinpath("templates")
    found = sorted((file.name, file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(_template(name.removesuffix(".toml"), text) for name, text in found)


def template(name: str) -> Template:
    """The shipped definition of that key or name; capitals do not matter. Raises NoSuchTemplate."""
    wanted = name.strip().casefold()
    for found in templates():
        if wanted in (found.key, found.name.casefold()):
            return found
    raise NoSuchTemplate(name=name, known=", ".join(found.key for found in templates()))


def _template(key: str, text: str) -> Template:
    heads = [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ")]
    said = dict(line.split(": ", 1) for line in heads)
    rule = parse_rule(text)
    return Template(key, rule.name, said["Place"], said["Source"], said.get("Note", ""), text, rule, in_words(rule))
