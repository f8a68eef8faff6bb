"""Adding files: read by all cores, written several at a time in short transactions, one step of the history."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Lock

from reader.formats.request import PAGE
from reader.model.document import Document
from reader.model.errors import Cancelled, ReaderError
from reader.model.hashing import sha256_of
from reader.services.add_result import AddResult
from reader.services.add_run import AddRun
from reader.services.bus import Bus
from reader.services.preparing import Prepared, Source, prepare_text
from reader.services.reading import Readings
from reader.services.sweeping import sweep
from reader.services.writing import Writer
from reader.store.database import Store
from reader.store.upkeep import BulkUpkeep

__all__ = ["AddResult", "Adding"]

Progress = Callable[[int, int, str, int, int], object]
"""Files done, all files, the next one's name, bytes done, all bytes."""


class Adding(Writer):
    """Any thread may add; a person's own actions never wait for more than one short transaction."""

    def __init__(self, store: Store, bus: Bus, readings: Readings) -> None:
        super().__init__(store, bus)
        self._readings = readings
        self._swept = False
        self._sweeping = Lock()

    def add(
        self,
        paths: Iterable[Path | str],
        *,
        cancelled: Callable[[], bool] = lambda: False,
        progress: Progress = lambda _done, _total, _name, _bytes_done, _bytes_total: None,
    ) -> Iterator[AddResult]:
        """Add files, and the supported ones in folders at any depth; one result a file, in order.

        A file that cannot be read costs its own result only. Documents appear on the bus as they are written;
        all of them are one undoable action. `cancelled` is asked before each file and within large ones, and ends a
        worker at once: what is added by then stays. `progress` gets the number of files done and of all, the name of
        the next, and their bytes.
        """
        from reader.formats.registry import iter_files
        from reader.services.look_ahead import LookAhead, sizes

        self._sweep_once()
        files = sizes(iter_files(Path(path) for path in paths))
        total = sum(size for _, size in files)
        done = bytes_done = 0
        ahead = LookAhead(self._store, self._readings, cancelled)
        with BulkUpkeep(self._store) as upkeep, closing(ahead):
            run = AddRun(self._store, self._bus, cancelled, upkeep, self._readings)
            for begun in ahead.over(files):
                if cancelled():
                    break
                progress(done, len(files), begun.path.name, bytes_done, total)
                try:
                    found = begun.found()
                except Cancelled:
                    break
                yield from run.take(begun.path, *found)
                done += 1
                bytes_done += begun.size
            yield from run.flush()
        progress(done, len(files), "", bytes_done, total)

    def look(self, path: Path, cancelled: Callable[[], bool] = lambda: False) -> Document:
        """Read a file without adding it, so that its page is shown; fails as adding it would.

        Not for the interface's thread unless the file is text or Markdown. Raises Cancelled as soon as `cancelled`.
        """
        return self._readings.look(path, cancelled)

    def add_text(self, text: str, title: str = "") -> AddResult:
        """Add text that came without a file (a paste); without a title its first words are it."""
        return self._add_one(lambda: prepare_text(text, title))

    def add_texts(
        self, texts: Iterable[tuple[str, str]], cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[list[AddResult], int | None]:
        """Add texts with their titles: one result each, and the step of the history that they are (None: nothing new).

        Stopped by `cancelled`, what is added by then stays.
        """
        self._sweep_once()
        results: list[AddResult] = []
        with BulkUpkeep(self._store) as upkeep:
            run = AddRun(self._store, self._bus, cancelled, upkeep, self._readings)
            for text, title in texts:
                if cancelled():
                    break
                results += run.take(Path(), _prepared(text, title))
            results += run.flush()
        return results, run.action_id

    def add_html(self, markup: str) -> AddResult:
        """Add a web page, or a piece of one, that came without a file (a paste)."""
        # The mark says that it is UTF-8, whatever the page itself says.
        data = b"\xef\xbb\xbf" + markup.encode("utf-8", "replace")
        source = Source("", len(data), 0, data, sha256_of(data))
        return self._add_one(lambda: self._readings.prepare(source, Path("The pasted text.html"), view=PAGE))

    def _add_one(self, prepare: Callable[[], Prepared]) -> AddResult:
        self._sweep_once()
        try:
            prepared = prepare()
        except ReaderError as error:
            return AddResult(Path(), "failed", None, str(error))
        with BulkUpkeep(self._store) as upkeep:
            run = AddRun(self._store, self._bus, lambda: False, upkeep, self._readings)
            return [*run.take(Path(), prepared), *run.flush()][0]

    def _sweep_once(self) -> None:
        """What an earlier run left half-added goes before anything is added."""
        with self._sweeping:
            if not self._swept:
                self._swept = True
                sweep(self._store)


def _prepared(text: str, title: str) -> Prepared | ReaderError:
    try:
        return prepare_text(text, title)
    except ReaderError as error:
        return error
