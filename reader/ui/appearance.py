"""Theme and typography as the user set them: remembered, applied, announced."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from reader.ui.theme import THEME_NAMES, ThemeName, apply_theme, load_theme, system_theme
from reader.ui.typography import Typography, typography_from, typography_values, zoomed

if TYPE_CHECKING:
    from reader.services.settings import Settings

WIDTH_STEP = 6


class Appearance(QObject):
    """`choice` is a theme's name or "system", which follows the desktop as it changes."""

    theme_changed = Signal(object)
    typography_changed = Signal(object)

    def __init__(self, settings: "Settings", app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._app = settings, app
        self.choice = str(settings.get("theme", "system"))
        self.typography = typography_from(settings.get("typography", {}))
        self.theme = load_theme(self._name())
        apply_theme(app, self.theme)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    def choose_theme(self, choice: str) -> None:
        """A theme's name, or "system"."""
        self.choice = choice if choice in THEME_NAMES else "system"
        self._settings.set("theme", self.choice)
        self._apply()

    def set_typography(self, typography: Typography) -> None:
        if typography != self.typography:
            self.typography = typography_from(typography_values(typography))
            self._settings.set("typography", typography_values(self.typography))
            self.typography_changed.emit(self.typography)

    def zoom(self, steps: int) -> None:
        """Make the text `steps` tenths larger; 0 puts it back to its size."""
        self.set_typography(zoomed(self.typography, steps) if steps else replace(self.typography, zoom=1.0))

    def widen(self, steps: int) -> None:
        """Make the column wider by `steps` times six characters."""
        width = self.typography.width_chars + steps * WIDTH_STEP
        self.set_typography(replace(self.typography, width_chars=width))

    def choose_face(self, family: str) -> None:
        self.set_typography(replace(self.typography, family="sans" if family == "sans" else "serif"))

    def _name(self) -> ThemeName:
        return self.choice if self.choice in THEME_NAMES else system_theme(self._app)

    def _system_changed(self) -> None:
        if self.choice == "system":
            self._apply()

    def _apply(self) -> None:
        self.theme = load_theme(self._name())
        apply_theme(self._app, self.theme)
        self.theme_changed.emit(self.theme)
