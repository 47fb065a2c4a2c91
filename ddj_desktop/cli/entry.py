"""The list of commands, and what a mistake looks like: one plain sentence, never a trace."""

from __future__ import annotations

import sys

import click

from ddj_desktop import __version__
from ddj_desktop.cli.commands import Commands
from ddj_desktop.kernel.errors import DdjError, Misuse, OurFault, Stopped


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="DDJ Desktop")
def commands() -> None:
    """DDJ Desktop: from a county's spreadsheets to the packet on the table, on this computer alone."""


def main(words: list[str] | None = None) -> int:
    """Carry out one command. Returns 0, 1 with one sentence on standard error, or 2 for misuse."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        commands.main(args=sys.argv[1:] if words is None else words, prog_name="main.py", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.ClickException as error:
        return _mistake(error.format_message(), 2)
    except Misuse as error:
        return _mistake(str(error), 2)
    except (click.Abort, KeyboardInterrupt):
        return _mistake(str(Stopped()), 1)
    except DdjError as error:
        return _mistake(str(error), 1)
    except Exception as error:
        return _mistake(str(OurFault(what=type(error).__name__)), 1)
    return 0


def _mistake(sentence: str, code: int) -> int:
    click.echo(" ".join(sentence.split()), err=True)
    return code
