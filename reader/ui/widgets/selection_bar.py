"""The bar that floats at a selection or a mark: six categories, underline, tag, note, copy, range, delete."""

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QToolButton, QWidget

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Annotation, Color, Style
from reader.ui.theme import Theme, icon
from reader.ui.widgets.floating import SHADOW, Floating
from reader.ui.widgets.swatch import Swatch

_RISE = 6
_MILLISECONDS = 110


class SelectionBar(Floating):
    """Comes up near a rectangle and says which button was pressed; it knows nothing of what that does.

    Buttons are made at the first showing: the bar itself is there before the first page is painted. Pressing
    one by mouse leaves the keyboard where it is; Tab and the arrows reach all of them.
    """

    color_chosen = Signal(object)
    underline_chosen = Signal()
    tag_chosen = Signal()
    note_chosen = Signal()
    copy_chosen = Signal()
    range_chosen = Signal()
    delete_chosen = Signal()
    closed = Signal()

    # On the class: a hide event may come from within the base's own constructor.
    _rise: QPropertyAnimation | None = None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names = dict(DEFAULT_CATEGORY_NAMES)
        self._swatches: list[Swatch] = []
        self._buttons: dict[str, QToolButton] = {}
        self._line: QFrame | None = None
        self.setAccessibleName("Mark the selection")
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def set_theme(self, theme: Theme | None) -> None:
        super().set_theme(theme)
        self._dress()

    def set_category_names(self, names: dict[Color, str]) -> None:
        self._names = {**DEFAULT_CATEGORY_NAMES, **names}
        self._dress()

    def show_for_selection(self, rect: QRect, bounds: QRect) -> None:
        """Offer to mark the selection whose rectangle is `rect`; both in the parent's coordinates."""
        self._build()
        self.setAccessibleName("Mark the selection")
        for swatch in self._swatches:
            swatch.setChecked(False)
        self._buttons["underline"].setChecked(False)
        self._offer(mark=False)
        self._show_near(rect, bounds)

    def show_for_annotation(self, rect: QRect, bounds: QRect, annotation: Annotation) -> None:
        """Offer to change a mark: its category wears the ring, range and delete are there too."""
        self._build()
        self.setAccessibleName(f"Change this annotation: {self._names[annotation.color]}")
        for swatch in self._swatches:
            swatch.setChecked(swatch.color == annotation.color)
        self._buttons["underline"].setChecked(annotation.style == Style.UNDERLINE)
        self._offer(mark=True)
        self._show_near(rect, bounds)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        self._build()
        return [*self._swatches, *self._buttons.values()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
            self.hide()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            button = self.focusWidget()
            if isinstance(button, QAbstractButton) and self.isAncestorOf(button):
                button.click()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Buttons by themselves hand the arrows to the window's next or previous child, outside of the bar too.
        key = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if (key == Qt.Key.Key_Right) != self.isRightToLeft() else -1)
            return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        if self._rise:
            self._rise.stop()
        super().hideEvent(event)

    # -- building

    def _build(self) -> None:
        if self._swatches:
            return
        row = QHBoxLayout(self)
        row.setContentsMargins(SHADOW + 8, SHADOW + 3, SHADOW + 6, SHADOW + 3)
        row.setSpacing(0)
        for number, color in enumerate(Color, 1):
            swatch = Swatch(color, str(number), self)
            swatch.setCheckable(True)
            swatch.clicked.connect(lambda _checked=False, color=color: self.color_chosen.emit(color))
            self._swatches.append(swatch)
            row.addWidget(swatch)
        row.addSpacing(5)
        row.addWidget(self._separator())
        row.addSpacing(3)
        for name, text, tip, chosen in (
            ("underline", "", "Underline  (U)", self.underline_chosen),
            ("tag", "Tag", "Tags  (T)", self.tag_chosen),
            ("note", "Note", "Note  (N)", self.note_chosen),
            ("copy", "Copy", "Copy  (Ctrl+C)", self.copy_chosen),
            ("range", "Range", "Change where it begins and ends  (R)", self.range_chosen),
            ("delete", "Delete", "Delete  (Del)", self.delete_chosen),
        ):
            button = self._button(name, text, tip)
            button.clicked.connect(lambda _checked=False, chosen=chosen: chosen.emit())
            row.addWidget(button)
        self._buttons["underline"].setCheckable(True)
        for reachable in (*self._swatches, *self._buttons.values()):
            reachable.installEventFilter(self)
        self._dress()

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip.partition("  (")[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(16, 16))
        self._buttons[name] = button
        return button

    def _separator(self) -> QFrame:
        self._line = QFrame(self)
        self._line.setFixedSize(1, 20)
        self._line.setAutoFillBackground(True)
        return self._line

    def _dress(self) -> None:
        if not self._swatches or self._line is None:
            return
        for number, swatch in enumerate(self._swatches, 1):
            swatch.set_theme(self.theme)
            name = self._names[swatch.color]
            swatch.setToolTip(f"{name}  ({number})")
            swatch.setAccessibleName(f"{name}, key {number}")
        for name, button in self._buttons.items():
            button.setIcon(icon(name, self.theme, 16))
        palette = self._line.palette()
        palette.setColor(palette.ColorRole.Window, self.theme.line)
        self._line.setPalette(palette)

    def _offer(self, *, mark: bool) -> None:
        for name in ("range", "delete"):
            self._buttons[name].setVisible(mark)

    # -- coming up

    def _show_near(self, rect: QRect, bounds: QRect) -> None:
        self._say_names(names=True)
        if self.sizeHint().width() - 2 * SHADOW > bounds.width():
            self._say_names(names=False)
        self.adjustSize()
        corner = self.place(rect, bounds)
        if self.isVisible():
            self._stop_rising()
            self.move(corner)
            return
        self.move(corner)
        self.show()
        self.raise_()
        self._rise_to(corner, from_below=corner.y() > rect.top())

    def _say_names(self, *, names: bool) -> None:
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if names else Qt.ToolButtonStyle.ToolButtonIconOnly
        for name, button in self._buttons.items():
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly if name == "underline" else style)
        layout = self.layout()
        if layout:
            layout.activate()

    def _rise_to(self, corner: QPoint, *, from_below: bool) -> None:
        if self._rise is None:
            self._rise = QPropertyAnimation(self, b"pos", self)
            self._rise.setDuration(_MILLISECONDS)
            self._rise.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._rise.stop()
        # It comes from the far side, so that not even on its way it lies on the selection.
        self._rise.setStartValue(corner + QPoint(0, _RISE if from_below else -_RISE))
        self._rise.setEndValue(corner)
        self._rise.start()

    def _stop_rising(self) -> None:
        if self._rise and self._rise.state() == QAbstractAnimation.State.Running:
            self._rise.stop()

    def _step(self, by: int) -> None:
        reachable = [b for b in (*self._swatches, *self._buttons.values()) if b.isVisible()]
        current = self.focusWidget()
        index = next((i for i, button in enumerate(reachable) if button is current), -by)
        reachable[(index + by) % len(reachable)].setFocus(Qt.FocusReason.TabFocusReason)
