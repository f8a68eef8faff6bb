"""A raised piece with a soft shadow that floats over its parent: the ground of the bar and of the pop-ups."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from reader.ui.theme import Theme, load_theme
from reader.ui.widgets.placing import GAP, place_near

SHADOW = 10
RADIUS = 8


class Floating(QWidget):
    """Paints itself `SHADOW` pixels inside its edges, so that layouts keep that margin free for the shadow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.host = parent
        self.setVisible(False)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)

    def set_theme(self, theme: Theme | None) -> None:
        if theme is not None:
            self.theme = theme
            self.update()

    def body(self) -> QRect:
        """The visible part, without the shadow."""
        return self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)

    def place(self, near: QRect, bounds: QRect) -> QPoint:
        """The corner at which the visible part stands next to `near`; `bounds` too in the parent's coordinates."""
        size = self.sizeHint()
        visible = QSize(size.width() - 2 * SHADOW, size.height() - 2 * SHADOW)
        return place_near(visible, near, bounds) - QPoint(SHADOW, SHADOW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        body = QRectF(self.body())
        for step in range(SHADOW, 0, -1):
            painter.setBrush(QColor(0, 0, 0, 9 if self.theme.dark else 3))
            grown = body.adjusted(2 - step, 3 - step, step - 2, step - 1)
            painter.drawRoundedRect(grown, RADIUS + step, RADIUS + step)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.raised))
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


class Popup(Floating):
    """Takes the keyboard while it is open and gives it back. Lives once: closed is deleted.

    Leaving it by mouse or Tab calls `leave`, Escape calls `cancel`; both end with `dismiss`.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._return_to: QWidget | None = None
        self._open = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def popup_at(self, corner: QPoint, top: QPoint | None = None) -> None:
        """Open under `corner` (on the screen); where there is no room, over `top`, the upper end of the passage."""
        parent = self.host
        lower = parent.mapFromGlobal(corner)
        upper = parent.mapFromGlobal(top) if top else lower
        # Half as wide as the pop-up, so that it begins where the passage begins.
        near = QRect(upper, QSize(self.sizeHint().width() // 2 - SHADOW, lower.y() - upper.y() + 1))
        self._open = True
        self._return_to = QApplication.focusWidget()
        self.adjustSize()
        bounds = parent.rect().adjusted(GAP, GAP, -GAP, -GAP)
        self.move(self.place(near, bounds))
        self.show()
        self.raise_()
        self.take_keyboard()
        parent.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    def take_keyboard(self) -> None:
        """Put the keyboard where typing starts."""
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """The user went on elsewhere: keep what was done."""
        self.dismiss()

    def cancel(self) -> None:
        """The user wants nothing of this."""
        self.dismiss()

    def dismiss(self) -> bool:
        """Close, and give the keyboard back if it is still here. False if it was closed already."""
        if not self._open:
            return False
        self._open = False
        QApplication.instance().focusChanged.disconnect(self._focus_changed)  # type: ignore[union-attr]
        self.host.removeEventFilter(self)
        inside = self._holds(QApplication.focusWidget())
        self.hide()
        if inside and self._return_to is not None and _alive(self._return_to):
            self._return_to.setFocus(Qt.FocusReason.PopupFocusReason)
        self.close()
        return True

    def refit(self) -> None:
        """Take the size that the contents now want, staying inside the parent."""
        if not self._open:
            return
        self.adjustSize()
        room = self.host.rect()
        left = max(room.left(), min(self.x(), room.right() + 1 - self.width()))
        top = max(room.top(), min(self.y(), room.bottom() + 1 - self.height()))
        self.move(left, top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QAbstractButton):
            # Qt itself presses buttons outside of dialogs by the space bar alone.
            button.click()
        else:
            # Letters typed here are nobody else's shortcuts.
            event.accept()

    def event(self, event: QEvent) -> bool:
        # What is typed here is no shortcut of the window's: "U" is a letter, Ctrl+Enter ends the typing.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            if not event.modifiers() & command or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()
                return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.host:
            self.refit()
        return super().eventFilter(watched, event)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # None: another program has the keyboard; the user comes back to where it was.
        if self._open and new is not None and not self._holds(new):
            self.leave()

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is not None and (widget is self or self.isAncestorOf(widget))


def _alive(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget)
