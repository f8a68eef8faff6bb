"""Looking into the past: that of an annotation, and what was deleted."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ui.main_window import MainWindow
    from reader.ui.marking import Marking
    from reader.ui.session import Session


class LookingBack(QObject):
    """Opens the dialogs, which read off the interface's thread, and carries out what they ask for."""

    def __init__(self, session: "Session", window: "MainWindow", marking: "Marking") -> None:
        super().__init__(window)
        self._session, self._window, self._marking = session, window, marking

    def keep_in_bounds(self) -> None:
        """After the start: the history lets go of what is too old, unseen unless something is wrong."""
        pruning = self._session.library.pruning

        def failed(error: ReaderError) -> None:
            self._session.failed.emit(str(error))

        self._session.tasks.start(lambda task: pruning.run(task.cancelled), failed=failed)

    def annotation(self) -> None:
        """Show the past of the current annotation."""
        targets = self._marking.targets()
        if targets:
            self.annotation_of(targets[0])
        else:
            from reader.ui.marking import NOTHING_CHOSEN

            self._session.say(NOTHING_CHOSEN)

    def annotation_of(self, uid: str) -> None:
        """Show the past of one annotation."""
        from reader.ui.dialogs.past import PastDialog

        dialog = PastDialog(self._window)
        past = self._session.library.past

        def bring_back(mark: Annotation) -> None:
            self._session.perform(lambda: past.restore(mark))

        dialog.restore_requested.connect(bring_back)
        self._keep_up(dialog, lambda: past.of(uid), cast("Callable[[object], None]", dialog.set_moments))

    def deleted(self) -> None:
        """Show what was deleted of late, to be brought back."""
        from reader.ui.dialogs.deleted import DeletedDialog

        dialog = DeletedDialog(self._window)
        deleted = self._session.library.deleted

        def bring_back(marks: list[str], tags: list[str], documents: list[str]) -> None:
            if self._session.perform(lambda: deleted.restore(marks, tags, documents)) is not None:
                dialog.accept()

        dialog.restore_requested.connect(bring_back)
        self._keep_up(dialog, deleted.list, cast("Callable[[object], None]", dialog.set_deleted))

    def _keep_up(self, dialog: QDialog, read: "Callable[[], object]", show: "Callable[[object], None]") -> None:
        """Open a dialog that is filled, now and after each change, with what is read off the interface's thread."""
        open_now = [True]

        def arrived(found: object) -> None:
            if open_now:
                show(found)

        def failed(error: ReaderError) -> None:
            self._session.failed.emit(str(error))

        def fill(_change: Change | None = None) -> None:
            self._session.tasks.start(lambda _task: read(), arrived, failed)

        def ended() -> None:
            open_now.clear()
            self._session.changed.disconnect(fill)

        self._session.changed.connect(fill)
        dialog.finished.connect(lambda _code: ended())
        fill()
        dialog.open()
