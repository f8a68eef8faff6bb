"""The open document's file, followed: what it says now becomes the text that is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.model.annotation import AnchorState
from reader.model.errors import ReaderError
from reader.ui.adding import seldom
from reader.ui.tasks import Task
from reader.ui.watching import FileWatch

if TYPE_CHECKING:
    from reader.services.adding import AddResult
    from reader.services.documents import OpenedDocument
    from reader.ui.main_window import MainWindow
    from reader.ui.session import Session
    from reader.ui.widgets.task_bar import TaskBar

FOLLOW = "follow_files"
"""The setting: whether changes of the open document's file are taken over without asking."""
_BUSY_PAUSE = 400


class FileChanges(QObject):
    """Takes a changed file over, off the interface's thread, or has the reader asked first.

    `changed` says that there is something else to tell above the text; `locked` carries a file that needs a password
    and the sentence about it; `compare_requested` the document and the numbers of two of its texts. While `busy()` (the
    reader is typing or drawing) nothing begins.
    """

    changed = Signal()
    locked = Signal(object, str)
    compare_requested = Signal(str, int, int)

    def __init__(self, session: "Session", watch: FileWatch, bar: "TaskBar", busy: Callable[[], bool]) -> None:
        super().__init__(bar)
        self._session, self.watch, self._bar, self._busy = session, watch, bar, busy
        self._uid: str = ""
        self._text: int = 0
        self._former: int = 0
        self._action: int = 0
        # The newest text that the document had when it was opened, and the one shown when the file was read last.
        self._newest: int = 0
        self._before: int = 0
        self._waits = False
        self._task: Task | None = None
        self._pause = QTimer(self, singleShot=True, interval=_BUSY_PAUSE)
        self._pause.timeout.connect(self.take)
        watch.changed.connect(self._noticed)
        watch.gone.connect(self._gone)
        bar.stop_requested.connect(self.stop)
        session.opened.connect(self.opened)
        session.closed.connect(self._closed)

    # -- what is told above the text

    @property
    def waits(self) -> bool:
        """Whether the file has changed and was not taken over yet."""
        return self._waits and not self._task

    @property
    def outcome(self) -> tuple[int, int, int] | None:
        """How many marks are exact, moved and lost since the file has changed; None when it has not.

        Those that stand in the other view of a web page are not among them.
        """
        document = self._session.document
        if not self._former or not document:
            return None
        marks = [mark for mark in self._session.annotations.values() if mark.anchor]
        other = self._session.library.versions.elsewhere(self._uid) if document.view else frozenset[str]()
        states = [mark.state for mark in marks if mark.uid not in other]
        exact, moved, lost = (states.count(state) for state in AnchorState)
        return exact, moved, lost

    def answer(self, name: str) -> None:
        """Do what was answered: "take", "compare" or "undo"."""
        match name:
            case "take":
                self.take()
            case "compare":
                self.compare_requested.emit(self._uid, self._former, self._text)
            case _:
                self._undo()

    def shut(self) -> None:
        """The window closes: look at nothing any more."""
        self._pause.stop()
        self.watch.stop()

    def forget(self) -> None:
        """The reader has put it away."""
        self._former, self._waits = 0, False

    # -- the document

    def opened(self, opened: "OpenedDocument") -> None:
        """Another document is open, or the same one with another text."""
        uid, text = opened.summary.uid, opened.text_version
        if uid != self._uid:
            since = opened.summary.opened
            self._waits = False
            texts = self._session.library.texts
            self._former = texts.former(uid, since=since) if since else 0
            self._newest = max((version.number for version in texts.list(uid)), default=0)
        elif text != self._text:
            # A text that was there before is one that somebody asked for.
            is_new = text > self._newest
            self._former = self._session.library.texts.former(uid, before=self._text) if is_new else 0
        self._uid, self._text, self._newest = uid, text, max(self._newest, text)
        self._watch_again()

    def _closed(self) -> None:
        self._uid, self._text = "", 0
        self.forget()
        self.watch.stop()

    def _watch_again(self) -> None:
        place = self._session.library.documents.seen_at(self._uid)
        if place:
            self.watch.watch(place[0], (place[1], place[2]))
        else:
            self.watch.stop()

    # -- the file

    def _noticed(self) -> None:
        library = self._session.library
        self._waits = True
        if library.read_only:
            self.forget()
            self._session.say("The file has changed. This library may only be read, so the text stays as it was.")
        elif library.settings.get(FOLLOW, True):
            self.take()
        else:
            self.changed.emit()

    def _gone(self) -> None:
        name = Path(self.watch.path).name
        self._session.say(f"The file “{name}” is not there any more; its text and your annotations are in the library.")

    def take(self) -> None:
        """Read the changed file and show what it says now."""
        if self._task or not self.watch.path:
            return
        if self._busy():
            self._pause.start()
            return
        path, tasks, adding = Path(self.watch.path), self._session.tasks, self._session.library.adding
        self._bar.start("Reading the changed file", 0)

        def work(task: Task) -> "list[AddResult]":
            progress = seldom(lambda *values: tasks.report(self._bar.advance, *values))
            return list(adding.add([path], cancelled=task.cancelled, progress=progress))

        uid, self._before = self._uid, self._text
        self._task = tasks.start(work, lambda results: self._taken(uid, results), self._failed)

    def stop(self) -> None:
        """Give it up; the text stays as it is."""
        if self._task:
            self._task.cancel()

    def _taken(self, uid: str, results: "list[AddResult]") -> None:
        self._end()
        if uid != self._uid:
            return
        if not results:
            self._waits = True
            self._session.say("Stopped; the text is as it was.")
        else:
            self._tell(results[0])
        self._watch_again()
        self.changed.emit()

    def _tell(self, result: "AddResult") -> None:
        self._waits = False
        if result.status == "failed":
            self._sorry(result)
        elif result.document and result.document.uid != self._uid:
            self._session.say(
                f"The file “{result.path.name}” is now that of “{result.document.title}”; this text stays as it was."
            )
        elif result.status == "changed":
            # The file may be as it was once: then its text is no new one.
            self._former = self._former or (self._before if self._before != self._text else 0)
            newest = self._session.library.history.list(1)
            self._action = newest[0].id if newest else 0
            marks = f": {result.reason}" if result.reason else ""
            self._session.said.emit(f"The file has changed{marks}", True)

    def _sorry(self, result: "AddResult") -> None:
        if result.locked:
            self.locked.emit(result.path, result.reason)
        else:
            self._session.failed.emit(f"The file has changed, and the text stays as it was. {result.reason}")

    def _failed(self, error: ReaderError) -> None:
        self._end()
        self._session.failed.emit(str(error))
        self._watch_again()

    def _end(self) -> None:
        self._task = None
        self._bar.finish("")

    # -- back

    def _undo(self) -> None:
        """Take the change back; where other steps have followed it, show the former text by one more."""
        newest = self._session.library.history.list(1)
        former, uid, show = self._former, self._uid, self._session.library.texts.show
        if newest and newest[0].id == self._action and not newest[0].undone:
            self._session.undo()
        elif former:
            self._session.tasks.start(lambda _task: show(uid, former), self._shown_again, self._failed)

    def _shown_again(self, result: "AddResult") -> None:
        marks = f": {result.reason}" if result.reason else ""
        self._session.said.emit(f"The former text is shown{marks}", True)


def is_busy(window: "MainWindow") -> bool:
    """Whether the reader is at something that another text would take from them: a note, tags, a passage, a drag."""
    from PySide6.QtWidgets import QApplication

    from reader.ui.dialogs.correct import CorrectDialog
    from reader.ui.widgets.floating import Popup

    # While the correction is being made, it is the corrected text that is waited for.
    if any(dialog.isVisible() and not dialog.at_work for dialog in window.findChildren(CorrectDialog)):
        return True
    popups = any(popup.isVisible() for popup in window.findChildren(Popup))
    editing = bool(window.parts and window.parts.notes.view.edited) or window.pane.pointer.range_edit.active
    picking = bool(window.parts and window.parts.reviewing.picking.active)
    return popups or editing or picking or bool(QApplication.mouseButtons())
