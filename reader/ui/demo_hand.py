"""A hand for the demo: presses keys, drags over words, takes pictures, and stops at the first thing that is wrong."""

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QPushButton, QWidget

from reader.model.annotation import Annotation
from reader.services.library import Library
from reader.ui.dialogs.export import ExportDialog
from reader.ui.dialogs.export_scope import Scope
from reader.ui.main_window import SIZE, MainWindow

if TYPE_CHECKING:
    from reader.ui.workspace.page import WorkspacePage

PATIENCE_S = 60.0
Dialog = TypeVar("Dialog", bound=QDialog)


class DemoFailed(Exception):
    """A step of the demo did not come out as it should."""


class Hand:
    """One window on one library; `with` closes both."""

    def __init__(self, out: Path, name: str) -> None:
        self._out, self._name = out, name
        app = QApplication.instance()
        self._app = app if isinstance(app, QApplication) else QApplication(["reader"])
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def restart(self) -> None:
        """Close window and library, and open them again from the disk."""
        self._close()
        self._open()

    # -- looking

    def check(self, held: bool, what: str) -> None:
        if not held:
            self.picture("failed")
            raise DemoFailed(f"it does not hold that {what} (see failed.png)")

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Let the program work until `condition` holds."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > end:
                self.check(False, f"{what} within {PATIENCE_S:.0f} s")
            self._app.processEvents()

    def picture(self, name: str) -> None:
        self._settle()
        self.window.grab().save(str(self._out / f"{name}.png"))

    def busy(self) -> bool:
        return self.window.tasks.busy()

    def words_of(self, part: str) -> str:
        """What the labels of a part of the window say; `part` names one of its panels, or its workspace."""
        place = self._workspace() if part == "workspace" else getattr(self.window.complete(), part)
        labels = place.findChildren(QLabel)
        return " ".join(label.text() for label in labels if label.isVisible())

    def marks(self) -> int:
        return len(self.library.annotate.of_document(self.window.session.uid))

    def newest(self) -> Annotation:
        return max(self.library.annotate.of_document(self.window.session.uid), key=lambda a: a.uid)

    # -- doing

    def keys(self, *chords: str) -> Self:
        """Press each chord ("Ctrl+Z") where the keyboard is."""
        for chord in chords:
            QTest.keySequence(self._focus(), QKeySequence(chord))
            self._settle()
        return self

    def types(self, text: str) -> Self:
        QTest.keyClicks(self._focus(), text)
        self._settle()
        return self

    def press_button(self, text: str) -> None:
        for button in self.window.findChildren(QAbstractButton):
            if button.text() == text and button.isVisible():
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                return self._settle()
        raise DemoFailed(f"there is no button “{text}”")

    def open_document(self, title: str) -> None:
        """Type the title into the filter of the document list, and Enter."""
        documents = self.window.complete().documents
        self.keys("Ctrl+L")
        QTest.mouseClick(documents.field.line, Qt.MouseButton.LeftButton)
        self.keys("Ctrl+A").types(title).keys("Return")
        self.until(lambda: self.window.windowTitle().startswith(title), f"“{title}” opens")
        documents.field.line.clear()
        self._settle()

    def drag(self, first: str, last: str) -> Self:
        """Drag the mouse from the beginning of `first` to the end of `last` in the open text."""
        document = self.window.session.document
        assert document
        text = document.document.text
        start = text.find(first)
        end = text.find(last, max(start, 0)) + len(last)
        self.check(0 <= start < end, f"the text says “{first} … {last}”")
        pane, view = self.window.pane, self.window.pane.viewport()
        pane.go_to(start, end=end, flash=False)
        self._settle()
        begin, finish = (pane.view.rects(p, p + 1)[0] for p in (start, end - 1))
        begin_at, end_at = QPoint(begin.left() + 1, begin.center().y()), QPoint(finish.right(), finish.center().y())
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=begin_at)
        for step in range(1, 9):
            self._move(view, begin_at + (end_at - begin_at) * step / 8)
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end_at)
        self._settle()
        self.check(pane.selection() == (start, end), f"dragging selects “{first} … {last}”")
        return self

    # -- in the workspace

    def answered(self) -> None:
        """Let the workspace show what is asked of it."""
        page = self._workspace()
        self.until(lambda: not (page.inquiry.busy() or page.list.reader.busy()), "the workspace is answered")

    def choose(self, menu: str, words: str) -> None:
        """Choose from the menu of a button in the workspace."""
        self.answered()
        button = next(each for each in self._buttons() if _plain(each.text()) == menu)
        box = button.menu()
        self.check(box is not None, f"“{menu}” is a menu")
        assert box
        box.aboutToShow.emit()
        next(action for action in box.actions() if _plain(action.text()) == words).trigger()
        self.answered()

    def go_to_row(self, quote: str) -> None:
        """Click the row of an annotation, and wait for its passage beside the list."""
        page = self._workspace()
        model, table = page.list.model, page.list.table
        index = next(
            model.index(line, column)
            for line in range(model.rowCount())
            for column in range(model.columnCount())
            if model.index(line, column).data() == quote
        )
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())

        def passage() -> bool:
            shown = page.sides.preview.shown()
            return shown is not None and shown.row.quote == quote

        self.until(passage, "the passage stands beside the list")
        self._settle()

    def tab(self, name: str, says: str = "") -> Self:
        """Click another way of showing the annotations, and wait until it says these words."""
        page = self._workspace()
        at = next(at for at in range(page.tabs.count()) if page.tabs.tabText(at) == name)
        QTest.mouseClick(page.tabs, Qt.MouseButton.LeftButton, pos=page.tabs.tabRect(at).center())
        self.until(lambda: says in self.words_of("workspace"), f"“{name}” says “{says}”")
        return self

    def _workspace(self) -> "WorkspacePage":
        page = self.window.workspace
        if page is None or not self.window.in_workspace():
            raise DemoFailed("the workspace is not shown")
        return page

    def _buttons(self) -> list[QPushButton]:
        return [button for button in self._workspace().findChildren(QPushButton) if button.isVisible()]

    # -- files

    def export(self, target: Path) -> None:
        """Ctrl+E, the path, Enter."""
        self.keys("Ctrl+E")
        dialog = self._dialog(ExportDialog)
        dialog.choices[Scope.ALL].click()
        dialog.path.setText(str(target))
        QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
        self.until(lambda: not self.busy(), "the export ends")
        self.check(target.is_file(), "the export is there")
        self._shut(dialog)

    def import_file(self, source: Path) -> None:
        """The preview, then Import."""
        dialog = self.window.complete().exchange.preview(source)
        self.until(lambda: not self.busy(), "the preview is there")
        QTest.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
        self.until(lambda: not self.busy(), "the import ends")
        self.picture("13-imported")
        self._shut(dialog)

    # -- inside

    def _dialog(self, kind: type[Dialog]) -> Dialog:
        found = self.window.findChildren(kind)
        self.check(len(found) == 1, f"one {kind.__name__} is open")
        return found[0]

    def _shut(self, dialog: QDialog) -> None:
        dialog.close()
        self.window.activateWindow()
        self.until(lambda: self._app.activeWindow() is self.window, "the window has the keyboard again")

    def _open(self) -> None:
        self.library = Library.open(self._out / self._name)
        self.window = MainWindow(self.library, self._app)
        self.window.resize(*SIZE)  # as on a screen of ordinary size, whatever the offscreen one is
        self.window.complete()
        self.window.show()
        self.window.activateWindow()
        self._settle()

    def _close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self._settle()
        self.library.close()

    def _focus(self) -> QWidget:
        return self._app.focusWidget() or self.window

    def _settle(self) -> None:
        for _ in range(10):
            self._app.processEvents()

    def _move(self, widget: QWidget, to: QPoint) -> None:
        # QTest.mouseMove carries no pressed button, which is what a drag is.
        where, left = QPointF(to), Qt.MouseButton.LeftButton
        event = QMouseEvent(
            QEvent.Type.MouseMove, where, QPointF(widget.mapToGlobal(to)), Qt.MouseButton.NoButton, left,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        self._app.sendEvent(widget, event)


def _plain(words: str) -> str:
    """The words on a button or in a menu, without the marks of their keys."""
    return words.replace("&", "")
