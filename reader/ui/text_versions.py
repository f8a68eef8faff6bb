"""What the window does with the texts that a document has had: lists them, shows one again, compares, drops."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.model.errors import Cancelled, ReaderError
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.model.change import Change
    from reader.services.add_result import AddResult
    from reader.text.differences import Difference
    from reader.ui.dialogs.versions import VersionsDialog
    from reader.ui.main_window import MainWindow
    from reader.ui.session import Session


class VersionActions(QObject):
    """Opens the dialogs and carries out what they ask for; whatever takes time runs off the interface's thread."""

    def __init__(self, session: "Session", window: "MainWindow") -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._fares: Task | None = None

    def open_list(self, uid: str = "") -> None:
        """List the texts of a document; of none, say so."""
        uid = uid or self._session.uid
        if not uid:
            self._session.say("Open a document first.")
            return
        from reader.ui.dialogs.versions import VersionsDialog

        dialog = VersionsDialog(self._session.library.documents.get(uid).title, self._window)

        def changed(change: "Change") -> None:
            if change.everything or any(found.uid == uid for found in change.documents_updated):
                self._fill(dialog, uid)

        def closed(_code: int) -> None:
            self._session.changed.disconnect(changed)
            self._rest()

        dialog.show_requested.connect(lambda number: self.show_text(uid, number))
        dialog.compare_requested.connect(lambda before, after: self.compare(uid, before, after))
        dialog.drop_requested.connect(lambda number: self._drop(dialog, uid, number))
        self._session.changed.connect(changed)
        dialog.finished.connect(closed)
        self._fill(dialog, uid)
        dialog.open()

    def show_text(self, uid: str, number: int) -> None:
        """Show one of the texts from now on."""
        show = self._session.library.texts.show

        def done(result: "AddResult") -> None:
            marks = f": {result.reason}" if result.reason else "."
            self._session.said.emit(f"Another text is shown{marks}", result.status == "changed")

        self._session.tasks.start(lambda _task: show(uid, number), done, self._sorry)

    def compare(self, uid: str, before: int, after: int) -> None:
        """Show two texts side by side; closing the dialog gives it up."""
        from reader.ui.dialogs.compare import CompareDialog
        from reader.ui.dialogs.history import local_time
        from reader.ui.dialogs.versions import state_of

        texts = self._session.library.texts
        known = {version.number: version for version in texts.list(uid)}
        # An editor saves more than once a minute: the time alone does not tell two texts apart.
        named = (("Older text", known.get(before)), ("Newer text", known.get(after)))
        about = [(age, text and local_time(text.created), text and state_of(text)) for age, text in named]
        names = [", ".join(word for word in words if word) for words in about]
        dialog = CompareDialog((names[0], names[1]), self._window.appearance.theme, self._window)
        open_dialogs = [dialog]
        dialog.finished.connect(lambda _code: (open_dialogs.clear(), task.cancel()))

        def work(task: Task) -> "tuple[str, str, list[Difference]]":
            from reader.text.differences import differences

            old, new = texts.text(uid, before), texts.text(uid, after)
            try:
                return old, new, differences(old, new, task.cancelled)
            except Cancelled:
                return old, new, []

        def done(found: "tuple[str, str, list[Difference]]") -> None:
            for shown in open_dialogs:
                shown.set_texts(*found)

        def failed(error: ReaderError) -> None:
            for shown in open_dialogs:
                shown.say(str(error))

        task = self._session.tasks.start(work, done, failed)
        dialog.open()

    def _fill(self, dialog: "VersionsDialog", uid: str) -> None:
        """Put the texts into the dialog, and bit by bit how the annotations stand in them."""
        texts, tasks = self._session.library.texts, self._session.tasks
        try:
            listed = texts.list(uid)
        except ReaderError as error:
            self._sorry(error)
            return
        dialog.set_versions(listed)
        self._rest()

        def work(task: Task) -> None:
            for version in listed:
                if task.cancelled():
                    return
                tasks.report(told, task, version.number, texts.fare(uid, version.number))

        def told(task: Task, number: int, fare: object) -> None:
            if not task.cancelled():
                dialog.set_fare(number, fare)  # type: ignore[arg-type]

        self._fares = tasks.start(work, failed=self._sorry)

    def _drop(self, dialog: "VersionsDialog", uid: str, number: int) -> None:
        if self._session.perform(lambda: self._session.library.texts.drop(uid, number)) is None:
            dialog.show_error(self._window.status.message())

    def _rest(self) -> None:
        if self._fares:
            self._fares.cancel()
            self._fares = None

    def _sorry(self, error: ReaderError) -> None:
        self._session.failed.emit(str(error))
