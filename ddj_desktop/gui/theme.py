"""Every colour of the window, named by what it means, and the style sheet that uses them.

The figures of contrast behind the choice: text on white 15.8, muted 6.4, accent and focus 6.8, good 6.3,
caution 5.9, problem 6.5 to one; the fills of differences 9.2 to 11.1. No meaning rests on a colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ddj_desktop.gui.resources import resource

PAD = 8
"""The grid everything sits on, in logical pixels."""


@dataclass(frozen=True)
class Colours:
    """One set of colours. A pair is (text, fill)."""

    window: str
    base: str
    side: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    hover: str
    good: tuple[str, str]
    caution: tuple[str, str]
    problem: tuple[str, str]
    quiet: tuple[str, str]
    demo: tuple[str, str]
    chart: tuple[str, str, str, str]


LIGHT = Colours(
    window="#F6F8FA",
    base="#FFFFFF",
    side="#EAEEF3",
    line="#D0D7DE",
    text="#1F2328",
    muted="#57606A",
    accent="#0A5CA8",
    on_accent="#FFFFFF",
    accent_soft="#DCEBFA",
    hover="#E1E7ED",
    good=("#0B3D1E", "#DDF4E4"),
    caution=("#4A3400", "#FFF1CC"),
    problem=("#5C1300", "#FFE3D6"),
    quiet=("#3D3D3D", "#ECECEC"),
    demo=("#3A2D00", "#FFE27A"),
    chart=("#08306B", "#2171B5", "#6BAED6", "#C6DBEF"),
)

DARK = Colours(
    window="#1B1F24",
    base="#22272E",
    side="#171A1F",
    line="#444C56",
    text="#E6EAEE",
    muted="#A9B3BD",
    accent="#6CB2F5",
    on_accent="#0B1622",
    accent_soft="#20374F",
    hover="#2D333B",
    good=("#C9F0D5", "#173A24"),
    caution=("#FFE6A6", "#4A3908"),
    problem=("#FFD3C2", "#5A2413"),
    quiet=("#DADADA", "#3A3F45"),
    demo=("#2B2200", "#FFD75A"),
    chart=("#DCEBFA", "#6CB2F5", "#3C82C4", "#20507E"),
)

_now = LIGHT


def colours() -> Colours:
    """The set in use."""
    return _now


def em(widget: QWidget, times: float = 1.0) -> int:
    """A length that follows the text size: so many line heights of the widget's own font."""
    return round(widget.fontMetrics().height() * times)


def sized(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """A copy of the font, larger or smaller by a factor."""
    copy = QFont(font)
    copy.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        copy.setWeight(QFont.Weight.DemiBold)
    return copy


def apply(app: QApplication, *, text_factor: float = 1.0) -> None:
    """Dress the whole program: Fusion style, palette, style sheet, text size. Follows the system's light or dark."""
    global _now
    app.setStyle("Fusion")
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    _now = DARK if dark else LIGHT
    app.setPalette(palette(_now))
    font = _base_font(app)
    font.setPointSizeF(font.pointSizeF() * text_factor)
    app.setFont(font)
    app.setStyleSheet(style_sheet(_now))


_start_points: float | None = None


def _base_font(app: QApplication) -> QFont:
    """The system's own font at its own size; the bundled one only where the system has none to offer."""
    global _start_points
    if not QFontDatabase.families():
        for path in sorted(resource("fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))
    font = app.font()
    if _start_points is None:
        _start_points = max(font.pointSizeF(), 9.0)
    font.setPointSizeF(_start_points)
    return font


def palette(c: Colours) -> QPalette:
    """The colours as palette roles, so that every standard control follows."""
    made = QPalette()
    role = QPalette.ColorRole
    for name, value in {
        role.Window: c.window,
        role.WindowText: c.text,
        role.Base: c.base,
        role.AlternateBase: c.window,
        role.Text: c.text,
        role.Button: c.base,
        role.ButtonText: c.text,
        role.BrightText: c.problem[0],
        role.Highlight: c.accent,
        role.HighlightedText: c.on_accent,
        role.Link: c.accent,
        role.PlaceholderText: c.muted,
        role.ToolTipBase: c.base,
        role.ToolTipText: c.text,
        role.Mid: c.line,
        role.Midlight: c.line,
        role.Light: c.base,
        role.Dark: c.line,
        role.Accent: c.accent,
    }.items():
        made.setColor(name, QColor(value))
    for name in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(c.muted))
    return made


def style_sheet(c: Colours) -> str:
    """The few things the palette can not say. Written from the same colours."""
    return _buttons(c) + _frames(c) + _lists(c)


def _buttons(c: Colours) -> str:
    return f"""
    QToolTip {{ color: {c.text}; background: {c.base}; border: 1px solid {c.line}; padding: 4px; }}
    QPushButton {{ background: {c.base}; color: {c.text}; border: 1px solid {c.line}; border-radius: 4px;
        padding: 5px 14px; min-height: 18px; }}
    QPushButton:hover {{ background: {c.hover}; }}
    QPushButton:pressed {{ background: {c.line}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 4px 13px; }}
    QPushButton:disabled {{ color: {c.muted}; background: {c.window}; }}
    QPushButton:checked {{ background: {c.accent_soft}; border-color: {c.accent}; }}
    QPushButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
        font-weight: 600; }}
    QPushButton[primary="true"]:hover {{ border-color: {c.text}; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {c.text}; }}
    QPushButton[primary="true"]:disabled {{ background: {c.line}; border-color: {c.line}; color: {c.muted}; }}
    QPushButton[link="true"] {{ background: transparent; border: 1px solid transparent; color: {c.accent};
        padding: 3px 4px; text-align: left; text-decoration: underline; }}
    QPushButton[link="true"]:focus {{ border: 2px solid {c.accent}; padding: 2px 3px; }}
    QPushButton[link="true"]:disabled {{ color: {c.muted}; text-decoration: none; }}
"""


def _frames(c: Colours) -> str:
    return f"""
    QToolBar {{ background: {c.window}; border: 0; border-bottom: 1px solid {c.line}; padding: 4px 8px; spacing: 4px; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 4px 10px; color: {c.text}; }}
    QToolButton:hover {{ background: {c.hover}; }}
    QToolButton:focus {{ border: 2px solid {c.accent}; padding: 3px 9px; }}
    QToolButton:checked {{ background: {c.accent_soft}; border-color: {c.accent}; }}
    QToolButton:disabled {{ color: {c.muted}; }}
    QMenuBar {{ background: {c.window}; padding: 3px 4px; }}
    QStatusBar {{ background: {c.window}; border-top: 1px solid {c.line}; padding: 2px 10px 2px 4px; }}
    QStatusBar::item {{ border: 0; }}
    QListWidget#sidebar {{ background: {c.side}; border: 0; border-right: 1px solid {c.line}; outline: 0; }}
    QFrame#card {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 6px; }}
    QFrame#strip {{ background: {c.accent_soft}; border: 0; border-radius: 6px; }}
    QFrame#demo {{ background: {c.demo[1]}; border: 0; }}
    QFrame#demo QLabel {{ color: {c.demo[0]}; }}
    QFrame#rule {{ background: {c.line}; border: 0; max-height: 1px; min-height: 1px; }}
    QLabel[pill] {{ border-radius: 9px; padding: 2px 9px; }}
    QLabel[pill="good"] {{ color: {c.good[0]}; background: {c.good[1]}; }}
    QLabel[pill="caution"] {{ color: {c.caution[0]}; background: {c.caution[1]}; }}
    QLabel[pill="problem"] {{ color: {c.problem[0]}; background: {c.problem[1]}; }}
    QLabel[pill="quiet"] {{ color: {c.quiet[0]}; background: {c.quiet[1]}; }}
    QLineEdit {{ border: 1px solid {c.line}; border-radius: 4px; padding: 4px 6px; background: {c.base}; }}
    QLineEdit:focus {{ border: 2px solid {c.accent}; padding: 3px 5px; }}
    QComboBox, QSpinBox, QDateEdit {{ min-height: 22px; }}
    QLabel[muted="true"] {{ color: {c.muted}; }}
"""


def _lists(c: Colours) -> str:
    return f"""
    QTableView {{ background: {c.base}; border: 1px solid {c.line}; gridline-color: {c.line};
        selection-background-color: {c.accent_soft}; selection-color: {c.text}; }}
    QTableView:focus {{ border: 2px solid {c.accent}; }}
    QHeaderView::section {{ background: {c.window}; color: {c.text}; border: 0; border-bottom: 1px solid {c.line};
        border-right: 1px solid {c.line}; padding: 4px 8px; font-weight: 600; }}
    QTabBar::tab {{ padding: 6px 14px; border: 0; border-bottom: 2px solid transparent; background: transparent; }}
    QTabBar::tab:selected {{ border-bottom: 2px solid {c.accent}; }}
    QTabBar::tab:hover {{ background: {c.hover}; }}
    QTabBar::tab:selected:focus {{ background: {c.accent_soft}; }}
    QListWidget {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 4px; }}
    QListWidget:focus {{ border: 2px solid {c.accent}; }}
    QListWidget#thumbnails {{ background: {c.side}; }}
    QListWidget#thumbnails::item {{ color: {c.text}; border: 2px solid transparent; border-radius: 4px; }}
    QListWidget#thumbnails::item:selected {{ background: {c.accent_soft}; border-color: {c.accent}; }}
    QLabel#paper {{ background: {c.side}; padding: 6px; }}
    QListWidget#topics::item {{ padding: 5px 8px; }}
    QTextBrowser {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 4px; padding: 10px 16px; }}
    QTableView::item {{ padding: 0 8px; }}
    QTableView::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
    QTabWidget::pane {{ border: 0; border-top: 1px solid {c.line}; }}
    QScrollArea {{ border: 0; background: transparent; }}
    QScrollArea > QWidget > QWidget#sheet {{ background: transparent; }}
    QProgressBar {{ border: 1px solid {c.line}; border-radius: 4px; background: {c.base}; max-height: 12px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    """
