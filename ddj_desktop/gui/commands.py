"""Every command of the window: its words, its keys, its place in the menus. A command that can not be used now is
disabled and says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

STANDARD = QKeySequence.StandardKey


@dataclass(frozen=True)
class Command:
    """One command: a name for code, words for the menu, keys, and whether it needs an open county file."""

    name: str
    words: str
    keys: str | STANDARD | None = None
    needs_file: bool = True
    checkable: bool = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def menus() -> dict[str, list[Command | None]]:
    """The menu bar from left to right; None is a line between groups."""
    return {
        _tr("&File"): _file_menu(),
        _tr("&Edit"): [
            Command("undo", _tr("&Undo the last decision"), STANDARD.Undo),
            None,
            Command("copy", _tr("&Copy lines"), None),
            Command("copy_headings", _tr("Copy lines with &headings"), "Ctrl+Shift+C"),
            Command("select_all", _tr("Select &all lines"), None),
        ],
        _tr("&View"): _view_menu(),
        _tr("&Data"): [
            Command("run_month", _tr("&Run this month"), "Ctrl+R"),
            Command("match", _tr("&Match people")),
            Command("review", _tr("Re&view possible matches")),
            None,
            Command("refresh", _tr("Re&fresh this page"), "F5"),
        ],
        _tr("&Tools"): [
            Command("check", _tr("&Check the county file")),
            Command("passphrase", _tr("Change the &passphrase…")),
            Command("lock_after", _tr("&Lock the window after…")),
            Command("tips", _tr("&Show the explanations again"), None),
        ],
        _tr("&Help"): [
            Command("help", _tr("&Help on this page"), "F1", False),
            Command("keys", _tr("&Keyboard keys"), None, False),
            Command("about", _tr("&About this program"), None, False),
        ],
    }


def _file_menu() -> list[Command | None]:
    return [
        Command("new", _tr("&New county file…"), STANDARD.New, False),
        Command("open", _tr("&Open a county file…"), STANDARD.Open, False),
        Command("demo", _tr("Open the &demo county"), None, False),
        None,
        Command("add_files", _tr("&Add files…"), "Ctrl+I"),
        Command("back_up", _tr("&Back up now"), STANDARD.Save),
        None,
        Command("save_packet", _tr("Save the &packet as…"), "Ctrl+Shift+S"),
        Command("print", _tr("&Print the packet…"), STANDARD.Print),
        None,
        Command("lock", _tr("&Lock the window"), "Ctrl+L"),
        Command("close", _tr("&Close the county file"), "Ctrl+W"),
        Command("exit", _tr("E&xit"), STANDARD.Quit, False),
    ]


def _view_menu() -> list[Command | None]:
    return [
        *(Command(f"go:{page}", words, keys) for page, words, keys in _pages()),
        None,
        Command("names", _tr("&Names shown"), "F8", True, True),
        None,
        Command("larger", _tr("Text &larger"), "Ctrl+=", False),
        Command("smaller", _tr("Text &smaller"), "Ctrl+-", False),
        Command("normal", _tr("Text n&ormal"), "Ctrl+Shift+0", False),
        Command("next_pane", _tr("Ne&xt pane"), "F6", False),
        Command("full", _tr("&Full screen"), "F11", False, True),
    ]


def _pages() -> list[tuple[str, str, str]]:
    return [
        ("this_month", _tr("This &month"), "Ctrl+0"),
        ("import", _tr("&1 Import"), "Ctrl+1"),
        ("match", _tr("&2 Match"), "Ctrl+2"),
        ("define", _tr("&3 Define"), "Ctrl+3"),
        ("understand", _tr("&4 Understand"), "Ctrl+4"),
        ("report", _tr("&5 Report"), "Ctrl+5"),
        ("share", _tr("&6 Share"), "Ctrl+6"),
        ("govern", _tr("&7 Govern"), "Ctrl+7"),
        ("history", _tr("H&istory"), "Ctrl+H"),
    ]


def build(window: QMainWindow, carry_out: Callable[[str], None]) -> dict[str, QAction]:
    """Make every action and the menu bar. Returns the actions by name."""
    made: dict[str, QAction] = {}
    for title, commands in menus().items():
        menu = window.menuBar().addMenu(title)
        menu.setToolTipsVisible(True)
        for command in commands:
            if command is None:
                menu.addSeparator()
                continue
            action = QAction(command.words, window)
            if command.keys is not None:
                action.setShortcut(QKeySequence(command.keys))
            action.setCheckable(command.checkable)
            action.setData(command.needs_file)
            action.triggered.connect(lambda _checked=False, name=command.name: carry_out(name))
            menu.addAction(action)
            made[command.name] = action
    return made


def set_open(actions: dict[str, QAction], is_open: bool, *, locked: bool = False) -> None:
    """Enable what needs a county file that is open and not locked, or say why it can not be used."""
    for action in actions.values():
        needs = bool(action.data())
        usable = (is_open and not locked) or not needs
        reason = "" if usable else _tr("Enter the passphrase first.") if locked else _tr("Open a county file first.")
        allow_action(action, usable, reason)


def allow_action(action: QAction, allowed: bool, why_not: str = "") -> None:
    """Enable an action, or disable it with the reason where the pointer and the status bar show it."""
    action.setEnabled(allowed)
    plain = action.text().replace("&", "").rstrip("…")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(why_not or (f"{plain} ({keys})" if keys else plain))
    action.setStatusTip(why_not)
