"""What all dialogs share: a body that scrolls on small screens, and buttons under it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

_MARGIN = 20


class PassageDialog(QDialog):
    """A title, `body` (a column to fill), and a row of buttons. Escape closes, Enter presses the default button.

    `width` is the width wanted, in pixels; the height follows the contents, both inside the screen.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 460) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._width = width
        self._default: QPushButton | None = None
        self._grows_later = self._shrinks = False
        content = _Body()
        content.setProperty("plain", True)
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 12)
        self.body.setSpacing(10)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(_MARGIN, 12, _MARGIN, 16)
        self._row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._row)
        self._row.addStretch(1)

    def sizeHint(self) -> QSize:
        content = self._scroll.widget()
        layout = content.layout() if content else None
        screen = self.screen().availableGeometry().size()
        width = min(self._width, screen.width() - 40)
        height = 0
        if layout is not None:
            tall = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
            height = tall or layout.totalSizeHint().height()
        return QSize(width, min(height + self._row.sizeHint().height(), screen.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        # Qt by itself opens a dialog at two thirds of the screen at most, and cuts off what is taller.
        if not event.spontaneous():
            self._grow()
            self.windowHandle().installEventFilter(self)
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Expose and self.windowHandle().isExposed():
            watched.removeEventFilter(self)
            if self._grows_later:
                self._grow()
        return super().eventFilter(watched, event)

    def add_button(self, text: str, *, default: bool = False, left: bool = False) -> QPushButton:
        """One more button on the right (or, for what stands apart, on the left); the default one answers Enter."""
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        if default:
            self.set_default(button)
        if left:
            self._row.insertWidget(0, button)
        else:
            self._row.addWidget(button)
        return button

    def add_close(self, text: str = "Close", *, default: bool = True) -> QPushButton:
        """The button that ends the dialog as Escape does."""
        button = self.add_button(text, default=default)
        button.clicked.connect(self.reject)
        return button

    def set_default(self, button: QPushButton | None) -> None:
        """The button that Enter presses from now on, wherever the keyboard is but on another button."""
        if self._default:
            self._default.setDefault(False)
        self._default = button
        if button:
            button.setDefault(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt presses the default button even while the keyboard is on another one that is no "auto default".
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            button = focused if isinstance(focused, QPushButton) else self._default
            if button and button.isEnabled():
                button.click()
        else:
            super().keyPressEvent(event)

    def fit(self, *, shrink: bool = False) -> None:
        """Grow with contents that have become taller, never shrink under the user's hand: only `shrink` does, for what
        is over and has little left to say."""
        self._shrinks = shrink
        handle = self.windowHandle()
        # Resized while the desktop still places it, it would end up in the screen's corner with its title outside.
        self._grows_later = self.isVisible() and not handle.isExposed()
        if not self._grows_later:
            self._grow()

    def _grow(self) -> None:
        wanted = self.sizeHint()
        # A scroll bar that came up meanwhile takes width, so that more lines are needed, and so it would stay.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tall = wanted.height() if self._shrinks else max(self.height(), wanted.height())
        self.resize(max(self.width(), wanted.width()), tall)
        layout = self.layout()
        if layout:
            layout.activate()
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)


class _Body(QWidget):
    """Asks for the height that its wrapped lines need at its width, not for what they need at the narrowest."""

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return QSize() if layout is None or layout.hasHeightForWidth() else layout.totalMinimumSize()


def text(words: str = "", role: str = "", *, selectable: bool = False) -> QLabel:
    """A label that wraps. `role` is "title", "heading", "quiet" or "error" of the style sheet."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if role:
        label.setProperty("role", role)
    if selectable:
        keys = Qt.TextInteractionFlag.TextSelectableByKeyboard
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | keys)
    return label


def say(label: QLabel, words: str) -> None:
    """Put `words` on a label that is there only while it has something to say."""
    label.setText(words)
    label.setVisible(bool(words))


def rule() -> QFrame:
    """A quiet line between two parts."""
    line = QFrame()
    line.setProperty("role", "rule")
    return line


def columns(tree: QTreeWidget) -> None:
    """The first column takes what room there is, the others what their words need."""
    header = tree.header()
    header.setStretchLastSection(False)
    for column in range(tree.columnCount()):
        mode = QHeaderView.ResizeMode.ResizeToContents if column else QHeaderView.ResizeMode.Stretch
        header.setSectionResizeMode(column, mode)


def named(rows: QFormLayout, name: str, row: QLayout, field: QWidget) -> None:
    """Add a row of several widgets whose name, with its Alt key, belongs to `field`."""
    label = QLabel(name)
    label.setBuddy(field)
    rows.addRow(label, row)


def form() -> QFormLayout:
    """Rows of a name and a field; names stand over their fields where the dialog is narrow."""
    layout = QFormLayout()
    layout.setHorizontalSpacing(12)
    layout.setVerticalSpacing(8)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    return layout
