"""What the window does to correct the text of the open document: a passage, or words that ran together."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from reader.model.errors import Cancelled, ReaderError
from reader.text import limits
from reader.ui.selecting import without_blank_ends
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.services.add_result import AddResult
    from reader.text.editing import Edit
    from reader.text.run_together import RanTogether
    from reader.ui.dialogs.correct import CorrectDialog
    from reader.ui.dialogs.ran_together import RanTogetherDialog
    from reader.ui.main_window import MainWindow

    Dialog = CorrectDialog | RanTogetherDialog

SELECT_FIRST = "Select the words that are to be corrected first."

T = TypeVar("T")


class CorrectingText(QObject):
    """Opens the dialogs and makes, off the interface's thread, the corrections that they ask for."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._session, self._window = window.session, window

    def correct(self) -> None:
        """Correct what is selected, or the word at the caret."""
        text = self._text()
        passage = self._passage(text) if text else None
        if not text:
            return
        if not passage:
            self._session.say(SELECT_FIRST)
            return
        from reader.text.editing import Edit
        from reader.ui.dialogs.correct import LONGEST, CorrectDialog

        dialog = CorrectDialog(passage, text, self._window)
        uid = self._session.uid
        dialog.correct_requested.connect(lambda edits: self._make(dialog, uid, text, edits, _label(edits)))
        dialog.cut_requested.connect(lambda: self._make(dialog, uid, text, [Edit(*passage, "")], "Passage cut"))
        if passage[1] - passage[0] <= LONGEST:
            from reader.text.run_together import apart

            self._while_open(dialog, lambda _task: apart(text, *passage), dialog.propose)
        dialog.open()

    def ran_together(self) -> None:
        """List the words of the open document that probably ran together."""
        text = self._text()
        if not text:
            return
        from reader.text.run_together import ran_together
        from reader.ui.dialogs.ran_together import RanTogetherDialog

        dialog, uid = RanTogetherDialog(self._window), self._session.uid
        dialog.correct_requested.connect(lambda edits: self._make(dialog, uid, text, edits, _label(edits)))

        def found(items: "list[RanTogether]") -> None:
            dialog.set_found(items, text)

        self._while_open(dialog, lambda task: ran_together(text, task.cancelled), found)
        dialog.open()

    def _text(self) -> str:
        """The text of the open document if it can be corrected; else empty, with the reason said."""
        document = self._session.document
        if document is None:
            self._session.say("Open a document first.")
        elif document.document.sheets:
            from reader.text.corrected import PAGES

            self._session.say(PAGES)
        elif not document.document.text:
            self._session.say("There is no text to be corrected here.")
        else:
            return document.document.text
        return ""

    def _passage(self, text: str) -> tuple[int, int] | None:
        pane = self._window.pane
        selected = pane.selection() or limits.word_at(text, pane.view.selection.caret)
        return without_blank_ends(text, *selected)

    def _while_open(self, dialog: "Dialog", work: Callable[[Task], T], done: Callable[[T], None]) -> Task:
        """Run `work`, and take its result to the dialog if that is still open; closing it gives the work up."""
        is_open = [True]

        def close() -> None:
            is_open.clear()
            task.cancel()

        def deliver(result: T) -> None:
            if is_open:
                done(result)

        def failed(error: ReaderError) -> None:
            if is_open:
                dialog.show_error(str(error))
            elif not isinstance(error, Cancelled):
                self._session.failed.emit(str(error))

        task = self._session.tasks.start(work, deliver, failed)
        dialog.finished.connect(close)
        return task

    def _make(self, dialog: "Dialog", uid: str, text: str, edits: "list[Edit]", label: str) -> None:
        """Make the corrections; the dialog closes when they are made, and says so when they cannot be."""
        correct = self._session.library.correcting.correct
        dialog.set_at_work(True)

        def done(result: "AddResult") -> None:
            dialog.accept()
            self._window.pane.setFocus()
            self._session.said.emit(f"{label}: {result.reason}" if result.reason else f"{label}.", True)

        self._while_open(dialog, lambda task: correct(uid, text, edits, label=label, cancelled=task.cancelled), done)


def _label(edits: "list[Edit]") -> str:
    return f"{len(edits):,} corrections made" if len(edits) != 1 else "1 correction made"
