"""Where each command is: its module is read when the command is asked for, so that a short one starts at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

Found = tuple[click.Command, ...]


def _approving() -> Found:
    from ddj_desktop.cli.approving import approve, approver, code

    return approve, approver, code


def _care() -> Found:
    from ddj_desktop.cli.care import care

    return (care,)


def _consents() -> Found:
    from ddj_desktop.cli.consents import consent, erase

    return consent, erase


def _county() -> Found:
    from ddj_desktop.cli.county import audit_log, back_up, check, new, new_passphrase, restore_backup

    return audit_log, back_up, check, new, new_passphrase, restore_backup


def _defining() -> Found:
    from ddj_desktop.cli.defining import close, define

    return close, define


def _demo() -> Found:
    from ddj_desktop.cli.demo import demo, self_test

    return demo, self_test


def _emergency() -> Found:
    from ddj_desktop.cli.emergency import emergency

    return (emergency,)


def _governing() -> Found:
    from ddj_desktop.cli.governing import agreement, allow

    return agreement, allow


def _linking() -> Found:
    from ddj_desktop.cli.linking import link

    return (link,)


def _people() -> Found:
    from ddj_desktop.cli.people import crosswalk, list_people, match

    return crosswalk, list_people, match


def _protecting() -> Found:
    from ddj_desktop.cli.protecting import protect

    return (protect,)


def _registers() -> Found:
    from ddj_desktop.cli.registers import race, register

    return race, register


def _results() -> Found:
    from ddj_desktop.cli.results import measures, packet, share

    return measures, packet, share


def _reviewing() -> Found:
    from ddj_desktop.cli.reviewing import review

    return (review,)


def _taking_in() -> Found:
    from ddj_desktop.cli.taking_in import import_files, layout

    return import_files, layout


WHERE: Mapping[str, Callable[[], Found]] = {
    "demo": _demo,
    "new": _county,
    "import": _taking_in,
    "layout": _taking_in,
    "match": _people,
    "review": _reviewing,
    "define": _defining,
    "close": _defining,
    "list": _people,
    "crosswalk": _people,
    "register": _registers,
    "race": _registers,
    "measures": _results,
    "packet": _results,
    "share": _results,
    "link": _linking,
    "protect": _protecting,
    "agreement": _governing,
    "allow": _governing,
    "approve": _approving,
    "approver": _approving,
    "code": _approving,
    "consent": _consents,
    "erase": _consents,
    "emergency": _emergency,
    "care": _care,
    "check": _county,
    "backup": _county,
    "restore": _county,
    "passphrase": _county,
    "audit": _county,
    "self-test": _demo,
}
"""In the order `--help` lists them."""


class Commands(click.Group):
    """A group whose commands are read one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name."""
        return list(WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        found = WHERE[cmd_name]() if cmd_name in WHERE else ()
        return next((command for command in found if command.name == cmd_name), None)
