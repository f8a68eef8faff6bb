"""The filter above the cards: words, colours, a tag."""

from collections import Counter
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Color
from reader.ui.lists.annotations import AnnotationFilter
from reader.ui.panels.color_dots import ColorDots
from reader.ui.panels.framed_field import FramedField
from reader.ui.panels.quiet import set_quiet_theme
from reader.ui.theme import Theme, icon
from reader.ui.typography import interface_font

# More tags than this are no menu any more; the rest is reached by typing "#".
_MOST_TAGS = 30
_LONGEST_TAG = 40


class AnnotationFilterBar(QWidget):
    """Says what is asked for; `tag_counts` is asked for the tags only when their menu opens."""

    changed = Signal(object)
    down_pressed = Signal()

    def __init__(self, theme: Theme, tag_counts: Callable[[], Counter[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tag_counts = tag_counts
        self._names: Mapping[Color, str] = DEFAULT_CATEGORY_NAMES
        self._tag = ""
        self.field = FramedField("Filter notes, quotes, tags", "Filter annotations", theme)
        self.dots = ColorDots(theme)
        self.tag_button = _tag_button()
        self.tag_menu = QMenu(self)
        self.tag_button.setMenu(self.tag_menu)
        self.field.row.setSpacing(2)
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
        self.clear_button.clicked.connect(self.clear)

    def wanted(self) -> AnnotationFilter:
        """What is asked for now."""
        return AnnotationFilter(self.field.text(), self.dots.chosen(), self._tag)

    def clear(self) -> None:
        """Ask for everything again."""
        self._tag = ""
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

    def set_theme(self, theme: Theme) -> None:
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
        self._summary.setText(" · ".join(parts))
        self._summary.setToolTip(self._summary.text())
        self._second.setVisible(bool(wanted))

    def _say(self) -> None:
        self.tag_button.setChecked(bool(self._tag))
        self.changed.emit(self.wanted())

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


def _tag_button() -> QToolButton:
    button = QToolButton()
    button.setIconSize(QSize(14, 14))
    button.setFixedSize(22, 22)
    button.setCheckable(True)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolTip("Only with a tag")
    button.setAccessibleName("Only with a tag")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
