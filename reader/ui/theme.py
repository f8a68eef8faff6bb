"""Colours: three themes read from `resources/themes`, put on the application as palette and style sheet."""

import json
import os
import sys
from dataclasses import dataclass, field
from typing import Literal, cast

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from reader.model.annotation import Color
from reader.resources import resource
from reader.ui.typography import interface_font

ThemeName = Literal["light", "sepia", "dark"]
THEME_NAMES: tuple[ThemeName, ...] = ("light", "sepia", "dark")


_SHEET_TOKENS = (
    "window",
    "panel",
    "raised",
    "paper",
    "text",
    "muted",
    "line",
    "control",
    "accent",
    "selected",
    "hover",
    "selection",
    "selection_text",
    "error",
)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as "#rrggbb".

    `window`, `panel`, `raised` are the grounds of the interface from back to front, `paper` that of the text.
    `line` separates quietly; `control` is the border of what can be operated. `selected` and `hover` are rows.
    `selection` is selected text, `find` and `find_current` are hits of the find bar.
    """

    name: ThemeName
    dark: bool
    window: str
    panel: str
    raised: str
    paper: str
    text: str
    muted: str
    line: str
    control: str
    accent: str
    selected: str
    hover: str
    selection: str
    selection_text: str
    error: str
    find: str
    find_current: str
    find_current_text: str
    grounds: dict[str, str] = field(hash=False)
    inks: dict[str, str] = field(hash=False)
    labels: dict[str, str] = field(hash=False)

    def ground(self, color: Color) -> str:
        """What a mark of this category lies on."""
        return self.grounds[color]

    def ink(self, color: Color) -> str:
        """The line under a mark, the dot and the edge of a card (3:1 on every ground of the interface)."""
        return self.inks[color]

    def label(self, color: Color) -> str:
        """The category's colour where it is written: the ink, darkened where small text asks for 4.5:1."""
        return self.labels[color]


_loaded: dict[str, Theme] = {}


def load_theme(name: ThemeName) -> Theme:
    """The theme of that name, read once."""
    theme = _loaded.get(name)
    if theme is None:
        theme = Theme(**json.loads(resource("themes", f"{name}.json").read_text("utf-8")))
        _loaded[name] = theme
    return theme


def system_theme(app: QApplication) -> ThemeName:
    """The theme that goes with the desktop's own colours."""
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Put the theme on every window, present and future."""
    if app.property("passage_theme") == theme.name:
        return
    app.setProperty("passage_theme", theme.name)
    if _needs_fusion():
        app.setStyle("Fusion")
    QDir.setSearchPaths("passagecontrols", [str(resource("icons", "controls"))])
    app.setFont(interface_font())
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))


def _needs_fusion() -> bool:
    """Whether Qt may have chosen another style by itself.

    Asked of the platform and not of Qt: the Python class of QStyle alone takes 6 ms to make at the start.
    """
    return sys.platform in ("darwin", "win32") or "QT_STYLE_OVERRIDE" in os.environ


def palette(theme: Theme) -> QPalette:
    """The theme's colours in Qt's roles; what is disabled is written in `control`."""
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.raised,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.error,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.selection_text,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Accent: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.control,
        role.Shadow: theme.control,
    }
    result = QPalette()
    for key, value in colors.items():
        result.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(theme.control))
    return result


def style_sheet(theme: Theme) -> str:
    """`resources/themes/passage.qss` with each `@token` replaced by the theme's value."""
    sheet = resource("themes", "passage.qss").read_text("utf-8")
    tokens = {name: cast(str, getattr(theme, name)) for name in _SHEET_TOKENS}
    # Longest first: "@selection_text" must not be taken for "@selection".
    for name in sorted(tokens, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", tokens[name])
    return sheet.replace("-light.svg", "-dark.svg") if theme.dark else sheet


def icon(name: str, theme: Theme, size: int = 20) -> QIcon:
    """The icon `resources/icons/<name>.svg` in the theme's colours, `size` pixels at the side.

    Imported late: drawing SVG costs a library that the first page need not wait for.
    """
    from reader.ui.icons import draw_icon

    return draw_icon(name, size, normal=theme.text, checked=theme.accent, disabled=theme.control)
