"""Which texts the reader of a document's file makes of it: told at once, made by reading the file again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.formats.request import ARTICLE, PAGE
from reader.formats.versions import is_outdated
from reader.services.add_result import AddResult
from reader.services.bus import Bus
from reader.services.writing import Writer
from reader.store import texts
from reader.store.database import Store

if TYPE_CHECKING:
    from reader.services.reading import Readings


class Versions(Writer):
    """The texts that readers made of one file. Former ones stay: going back to one parses nothing."""

    def __init__(self, store: Store, bus: Bus, readings: "Callable[[], Readings]") -> None:
        super().__init__(store, bus)
        self._readings = readings

    def views(self, uid: str) -> tuple[str, ...]:
        """The parts of a saved page that can be shown, "article" and "page"; nothing where there is only one text."""
        version = texts.shown_version(self._store, uid)
        is_page = version is not None and bool(version.view) and bool(version.file_sha256)
        return (ARTICLE, PAGE) if is_page else ()

    def outdated(self, uid: str) -> bool:
        """Whether a newer reader could read the document's file again."""
        version = texts.shown_version(self._store, uid)
        return version is not None and is_outdated(version.reader, version.reader_version, version.normaliser_version)

    def elsewhere(self, uid: str) -> frozenset[str]:
        """The lost marks of a saved page that stand in the view of it that is not shown."""
        from reader.services.renewing import marks_in_other_view

        return marks_in_other_view(self._store, uid)

    def read_again(
        self,
        uid: str,
        *,
        view: str = "",
        cancelled: Callable[[], bool] = lambda: False,
        progress: Callable[[int, int], object] = lambda _done, _total: None,
    ) -> AddResult:
        """Show the text that the present reader makes of the document's file, with marks and masks carried over.

        `view` asks for the "article" or the "page" of a saved page; empty keeps what is shown. One undoable action.
        The result is "changed" with how the marks fared, "known" when it is the text already shown, or "failed".
        `progress` gets bytes read and their number. Not for the interface's thread. ReaderError when the document or
        the library's copy of its file is gone.
        """
        from reader.services.reading_anew import ReadingAnew

        reading = ReadingAnew(self._store, self._bus, self._readings())
        return reading.read_again(uid, view=view, cancelled=cancelled, progress=progress)
