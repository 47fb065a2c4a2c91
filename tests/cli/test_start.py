"""Every command is found under its name, and by itself."""

from __future__ import annotations

import click

from ddj_desktop.cli.commands import WHERE, Commands
from ddj_desktop.cli.entry import commands


def test_every_command_is_found_under_its_name() -> None:
    assert isinstance(commands, Commands)
    here = click.Context(commands)
    for name, found in WHERE.items():
        command = commands.get_command(here, name)
        assert command is not None
        assert command.name == name
        assert all(WHERE[str(one.name)] is found for one in found()), "a command of the module stands nowhere"
    assert commands.get_command(here, "no such command") is None
