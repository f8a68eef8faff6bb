"""The review of what moved and what was lost, in the window: the dialog, and the way into the text and back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.services.reviewing import Doubt
    from reader.ui.dialogs.review import ReviewDialog
    from reader.ui.main_window import MainWindow
    from reader.ui.picking import Picking
    from reader.ui.places import Places
    from reader.ui.session import Session

_FEW = 200
"""More decisions than that at once are written off the interface's thread."""


class ReviewActions(QObject):
    """Opens the dialog and carries out what it asks for; while a passage is picked in the text, it is away."""

    def __init__(self, session: "Session", window: "MainWindow", places: "Places", picking: "Picking") -> None:
        super().__init__(window)
        self._session, self._window, self._places, self.picking = session, window, places, picking
        self._dialog: ReviewDialog | None = None
        self._task: Task | None = None
        self._steps = False
        self._back: Callable[[bool], None] | None = None
        picking.ended.connect(self._picked)

    def open(self, current: str = "", *, whole_library: bool = False, kind: int = 0) -> None:
        """Review the open document, or everything where none is open; begin with the mark of that uid."""
        if self._dialog or self.picking.active:
            return
        from reader.ui.dialogs.review import KEPT, ReviewDialog

        mark = self._session.annotations.get(current)
        kind = KEPT if mark and mark.reviewed else kind

        document, library = self._session.document, self._session.library
        title = document.summary.title if document else ""
        theme = self._window.appearance.theme
        dialog = self._dialog = ReviewDialog(theme, title, library.categories.names(), self._window)
        dialog.begin_at(whole_library=whole_library, kind=kind)
        dialog.wanted.connect(self._list)
        dialog.accept_requested.connect(lambda uids: self._write(library.reviewing.accept, uids))
        dialog.keep_requested.connect(lambda uids: self._write(library.reviewing.keep_lost, uids))
        dialog.pick_requested.connect(self._pick)
        dialog.undo_requested.connect(lambda: self._step(self._session.undo))
        dialog.redo_requested.connect(lambda: self._step(self._session.redo))
        dialog.finished.connect(lambda _code: self._closed())
        self._session.changed.connect(self._changed)
        self._list(current)
        dialog.open()

    def open_lost(self, current: str) -> None:
        """Review what is lost in all documents, beginning with the mark of that uid."""
        from reader.ui.dialogs.review import LOST

        self.open(current, whole_library=True, kind=LOST)

    def _closed(self) -> None:
        self._session.changed.disconnect(self._changed)
        self._dialog = None
        self._rest()

    def _changed(self, change: Change) -> None:
        marks = change.annotations_updated if self._steps else ()
        self._list(next((mark.uid for mark in marks), ""))

    def _step(self, step: "Callable[[], None]") -> None:
        """Undo or redo; what was taken back is looked at, and the dialog says it: it covers the window's own line."""
        self._steps = True
        step()
        self._steps = False
        if self._dialog:
            self._dialog.tell(self._window.status.message())

    # -- what is listed

    def _list(self, current: str = "") -> None:
        """Read what there is to decide on, off the interface's thread; what is asked last counts."""
        dialog = self._dialog
        if not dialog:
            return
        self._rest()
        uid, kept = "" if dialog.whole_library else self._session.uid, dialog.kept
        read = self._session.library.reviewing.list
        task = self._task = self._session.tasks.start(
            lambda task: _all(read, uid, kept, task), lambda found: arrived(found), self._sorry
        )

        def arrived(found: "Sequence[Doubt]") -> None:
            if self._dialog is dialog and self._task is task:
                dialog.set_doubts(found, current)

    def _rest(self) -> None:
        if self._task:
            self._task.cancel()
            self._task = None

    # -- what is decided

    def _write(self, write: "Callable[[Sequence[str]], Change]", uids: list[str]) -> None:
        if len(uids) > _FEW:

            def written(change: Change) -> None:
                self._session.said.emit(change.label, True)
                self._written(uids, change)

            self._session.tasks.start(lambda _task: write(uids), written, self._sorry)
        elif change := self._session.perform(lambda: write(uids)):
            self._written(uids, change)
        elif self._dialog:
            self._dialog.show_error(self._window.status.message())

    def _written(self, uids: list[str], change: Change) -> None:
        if self._dialog:
            self._dialog.drop(uids, change.label)

    def _sorry(self, error: ReaderError) -> None:
        self._session.failed.emit(str(error))
        if self._dialog:
            self._dialog.show_error(str(error))

    # -- into the text and back

    def _pick(self, uid: str) -> None:
        dialog = self._dialog
        if not dialog:
            return
        mark = self._session.library.annotate.get(uid)
        following, whole, kind = dialog.after(uid), dialog.whole_library, dialog.kind.currentIndex()
        dialog.accept()
        if mark.document_uid != self._session.uid and not self._places.open(mark.document_uid):
            return

        def back(taken: bool) -> None:
            self.open(following if taken else uid, whole_library=whole, kind=kind)

        self._back = back
        self.picking.begin(mark)

    def _picked(self, taken: bool) -> None:
        back, self._back = self._back, None
        if back:
            back(taken)


def _all(read: "Callable[..., Sequence[Doubt]]", uid: str, kept: bool, task: Task) -> "Sequence[Doubt]":
    """What is to be decided on; nothing once the reader has asked for something else."""
    from reader.model.errors import Cancelled

    try:
        return read(uid, kept=kept, cancelled=task.cancelled)
    except Cancelled:
        return ()
