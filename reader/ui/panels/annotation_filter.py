"""The filter above the cards: words, colours, a tag, and where marks stand."""

from collections import Counter
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Color
from reader.ui.lists.annotations import STANDINGS, AnnotationFilter
from reader.ui.panels.color_dots import ColorDots
from reader.ui.panels.framed_field import FramedField
from reader.ui.panels.quiet import set_quiet_theme
from reader.ui.theme import Theme, icon
from reader.ui.typography import interface_font

# More tags than this are no menu any more; the rest is reached by typing "#".
_MOST_TAGS = 30
_LONGEST_TAG = 40


class AnnotationFilterBar(QWidget):
    """Says what is asked for; `tag_counts` and `standing_counts` are asked only when their menus open.

    `review_requested` asks for the review of what moved and what was lost.
    """

    changed = Signal(object)
    down_pressed = Signal()
    review_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        tag_counts: Callable[[], Counter[str]],
        standing_counts: Callable[[], Counter[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tag_counts, self._standing_counts = tag_counts, standing_counts
        self._standing = ""
        self._names: Mapping[Color, str] = DEFAULT_CATEGORY_NAMES
        self._tag = ""
        self.field = FramedField("Filter notes, quotes, tags", "Filter annotations", theme)
        self.dots = ColorDots(theme)
        self.tag_button = _menu_button("Only with a tag")
        self.tag_menu = QMenu(self)
        self.tag_button.setMenu(self.tag_menu)
        self.standing_button = _menu_button("Only what moved or was lost")
        self.standing_menu = QMenu(self)
        self.standing_button.setMenu(self.standing_menu)
        self.standing_button.hide()
        self.field.row.setSpacing(2)
        self.field.row.addWidget(self.standing_button)
        self.field.row.addWidget(self.tag_button)
        self.field.row.addWidget(self.dots)
        self._summary = QLabel()
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self.clear_button = QPushButton("Clear")
        self.clear_button.setFont(interface_font(12))
        self.clear_button.setAccessibleName("Clear the filter")
        self._second = self._second_row()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 11, 12, 9)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self._second)
        self._connect()
        self.set_theme(theme)

    def _second_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(2, 0, 0, 0)
        layout.addWidget(self._summary, 1)
        layout.addWidget(self.clear_button)
        self.clear_button.setFlat(True)
        row.hide()
        return row

    def _connect(self) -> None:
        self.field.text_changed.connect(lambda _text: self._say())
        self.field.down_pressed.connect(self.down_pressed)
        self.dots.changed.connect(self._say)
        self.tag_menu.aboutToShow.connect(self._fill_tags)
        self.standing_menu.aboutToShow.connect(self._fill_standings)
        self.clear_button.clicked.connect(self.clear)

    def wanted(self) -> AnnotationFilter:
        """What is asked for now."""
        return AnnotationFilter(self.field.text(), self.dots.chosen(), self._tag, self._standing)

    def clear(self) -> None:
        """Ask for everything again."""
        self._tag = self._standing = ""
        self.dots.clear()
        self.field.line.blockSignals(True)
        self.field.set_text("")
        self.field.line.blockSignals(False)
        self._say()
        self.field.setFocus()

    def set_tag(self, tag: str) -> None:
        """Ask for this tag and those nested in it; any for the empty one."""
        self._tag = tag
        self._say()

    def set_standing(self, standing: str) -> None:
        """Ask for marks that stand so, one of `STANDINGS`; for any, the empty one."""
        self._standing = standing
        self._say()

    def show_standings(self, *, shown: bool) -> None:
        """Whether there is anything that moved or was lost: only then is it offered to ask for it."""
        self.standing_button.setVisible(shown or bool(self._standing))

    def set_theme(self, theme: Theme) -> None:
        self.standing_button.setIcon(icon("warning", theme, 16))
        self.field.set_theme(theme)
        self.dots.set_theme(theme)
        self.tag_button.setIcon(icon("tag", theme, 16))
        set_quiet_theme((self._summary,), theme)

    def set_names(self, names: Mapping[Color, str]) -> None:
        self._names = names
        self.dots.set_names(names)

    def show_count(self, shown: int, total: int) -> None:
        """Say how many the filter leaves, and what it asks for besides words."""
        wanted = self.wanted()
        parts = [f"{shown:,} of {total:,}"]
        parts += [self._names[color] for color in Color if color in wanted.colors]
        parts += [f"#{wanted.tag}"] if wanted.tag else []
        parts += [wanted.standing] if wanted.standing else []
        self._summary.setText(" · ".join(parts))
        self._summary.setToolTip(self._summary.text())
        self._second.setVisible(bool(wanted))

    def _say(self) -> None:
        self.tag_button.setChecked(bool(self._tag))
        self.standing_button.setChecked(bool(self._standing))
        self.changed.emit(self.wanted())

    def _fill_standings(self) -> None:
        self.standing_menu.clear()
        counts = self._standing_counts()
        for standing in ("", *STANDINGS):
            words = f"{standing.capitalize()}\t{counts[standing]:,}" if standing else "Wherever it stands"
            action = self.standing_menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(standing == self._standing)
            action.triggered.connect(lambda _checked=False, standing=standing: self.set_standing(standing))
        self.standing_menu.addSeparator()
        self.standing_menu.addAction("Review…", self.review_requested.emit)

    def _fill_tags(self) -> None:
        self.tag_menu.clear()
        counts = self._tag_counts()
        any_tag = self.tag_menu.addAction("Any tag", lambda: self.set_tag(""))
        any_tag.setCheckable(True)
        any_tag.setChecked(not self._tag)
        most = sorted(counts.most_common(_MOST_TAGS), key=lambda pair: pair[0].casefold())
        if most:
            self.tag_menu.addSeparator()
        for tag, count in most:
            name = tag if len(tag) <= _LONGEST_TAG else tag[: _LONGEST_TAG - 1] + "…"
            action = self.tag_menu.addAction(f"{name.replace('&', '&&')}\t{count:,}")
            action.setCheckable(True)
            action.setChecked(tag == self._tag)
            action.triggered.connect(lambda _checked=False, tag=tag: self.set_tag(tag))
        if len(counts) > _MOST_TAGS:
            self.tag_menu.addSeparator()
            more = self.tag_menu.addAction(f"{len(counts) - _MOST_TAGS:,} more: type # and a name in the filter")
            more.setEnabled(False)


def _menu_button(words: str) -> QToolButton:
    button = QToolButton()
    button.setIconSize(QSize(14, 14))
    button.setFixedSize(22, 22)
    button.setCheckable(True)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
