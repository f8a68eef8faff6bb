"""The saved views as the window has them: their names, how many annotations each finds, and what is done to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.model.errors import ReaderError
from reader.ui.workspace.asking import Asking

if TYPE_CHECKING:
    from reader.model.change import Change
    from reader.model.workspace import View
    from reader.ui.session import Session

AFTER_CHANGES = 400
"""Milliseconds from a change in the library to the next count."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view under its name. `count` is None until it is counted, and where it names what is not there any more."""

    name: str
    view: "View"
    count: int | None = None


class SavedViews(QObject):
    """One for a window. `changed` says that the names, views or counts are others; counts come from a worker."""

    changed = Signal()

    def __init__(self, session: "Session", parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._asking = Asking(self)
        self._counts: dict[str, int | None] = {}
        self.entries: tuple[SavedView, ...] = ()
        self._later = QTimer(self, singleShot=True, interval=AFTER_CHANGES)
        self._later.timeout.connect(self._count)
        session.changed.connect(self._library_changed)

    def read(self) -> None:
        """Read the views again, as when another program may have saved some."""
        entries = tuple(
            SavedView(name, view, self._counts.get(name))
            for name, view in self._session.library.filters.views().items()
        )
        if entries != self.entries:
            known = {(entry.name, entry.view) for entry in self.entries}
            self.entries = entries
            self.changed.emit()
            if any((entry.name, entry.view) not in known for entry in entries):
                self._count()

    def find(self, name: str) -> SavedView | None:
        """The view of a name, whatever its case."""
        return next((entry for entry in self.entries if entry.name.casefold() == _key(name)), None)

    def save(self, name: str, view: "View") -> bool:
        """Keep a view under a name; whether that could be done, which is said. Undo brings back the one it replaced."""
        filters = self._session.library.filters
        before = next((view for each, view in filters.views().items() if each.casefold() == _key(name)), None)
        if before is None or before == view:
            return self._write(lambda: f"View “{filters.save_view(name, view)}” saved")
        return self._write(
            lambda: f"View “{filters.save_view(name, view)}” replaced",
            lambda: f"View “{filters.save_view(name, before)}” is as it was",
        )

    def rename(self, name: str, new_name: str) -> bool:
        """Give a view another name; whether that could be done, which is said with an undo."""
        filters = self._session.library.filters
        return self._write(
            lambda: f"View “{name}” renamed to “{filters.rename(name, new_name)}”",
            lambda: f"View “{filters.rename(new_name, name)}” has its name again",
        )

    def delete(self, name: str) -> bool:
        """Forget a view; whether that could be done, which is said with an undo."""
        filters = self._session.library.filters
        views = list(filters.views().items())
        place, view = next(((at, view) for at, (each, view) in enumerate(views) if each == name), (len(views), None))
        if view is None:
            return self._write(lambda: filters.delete(name))
        return self._write(
            lambda: f"View “{filters.delete(name)}” deleted; its annotations are still there",
            lambda: f"View “{filters.put_back(name, view, place)}” is back",
        )

    def shut(self) -> None:
        """Ask nothing any more, and wait for what was asked."""
        self._later.stop()
        self._asking.tasks.close()

    def _write(self, write: Callable[[], str], take_back: Callable[[], str] | None = None) -> bool:
        try:
            sentence = write()
        except ReaderError as error:
            self._session.failed.emit(str(error))
            return False
        if take_back is None:
            self._session.say(sentence)
        else:
            self._session.offer_undo(sentence, lambda: self._undone(take_back))
        self.read()
        return True

    def _undone(self, take_back: Callable[[], str]) -> str:
        try:
            return take_back()
        finally:
            self.read()

    def _library_changed(self, change: "Change") -> None:
        if self.entries and change:
            self._later.start()

    def _count(self) -> None:
        filters = self._session.library.filters
        self._asking.ask(lambda _task: filters.counts(), self._counted, lambda _sentence: None)

    def _counted(self, counts: dict[str, int | None]) -> None:
        self._counts = counts
        self.read()


def _key(name: str) -> str:
    """What tells names apart."""
    return " ".join(name.split()).casefold()
