"""Adding files: read one by one, written several at a time in short transactions, one step of the history."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Lock

from reader.model.document import Document
from reader.model.errors import ReaderError
from reader.services.add_result import AddResult
from reader.services.add_run import AddRun
from reader.services.bus import Bus
from reader.services.preparing import Prepared, Source, prepare, prepare_text, read_source
from reader.services.sweeping import sweep
from reader.services.writing import Writer
from reader.store import intake
from reader.store.database import Store
from reader.store.upkeep import BulkUpkeep

__all__ = ["AddResult", "Adding"]


class Adding(Writer):
    """Any thread may add; a person's own actions never wait for more than one short transaction."""

    def __init__(self, store: Store, bus: Bus) -> None:
        super().__init__(store, bus)
        self._swept = False
        self._sweeping = Lock()

    def add(
        self,
        paths: Iterable[Path | str],
        *,
        cancelled: Callable[[], bool] = lambda: False,
        progress: Callable[[int, int, str], object] = lambda _done, _total, _name: None,
    ) -> Iterator[AddResult]:
        """Add files, and the supported ones in folders at any depth; one result a file, in order.

        A file that cannot be read costs its own result only. Documents appear on the bus as they are written;
        all of them are one undoable action. `cancelled` is asked before each file and within large ones: what
        is added by then stays.
        """
        from reader.formats.registry import iter_files

        self._sweep_once()
        files = list(iter_files(Path(path) for path in paths))
        done = 0
        with BulkUpkeep(self._store) as upkeep:
            run = AddRun(self._store, self._bus, cancelled, upkeep)
            for path in files:
                if cancelled():
                    break
                progress(done, len(files), path.name)
                yield from run.take(path, *self._inspect(path))
                done += 1
            yield from run.flush()
        progress(done, len(files), "")

    def look(self, path: Path) -> Document:
        """Read a file without adding it, so that its page is shown at once; fails as adding it would."""
        from reader.formats.registry import read

        return read(path).document

    def add_text(self, text: str, title: str = "") -> AddResult:
        """Add text that came without a file (a paste); without a title its first words are it."""
        self._sweep_once()
        try:
            prepared = prepare_text(text, title)
        except ReaderError as error:
            return AddResult(Path(), "failed", None, str(error))
        with BulkUpkeep(self._store) as upkeep:
            run = AddRun(self._store, self._bus, lambda: False, upkeep)
            return [*run.take(Path(), prepared), *run.flush()][0]

    def _inspect(self, path: Path) -> tuple[Prepared | Source | ReaderError, bool]:
        """The file parsed, or only read when the library has it, or what is wrong with it.

        And whether it is new for sure: most files are, and need not be looked for again.
        """
        try:
            source = read_source(path)
            met = intake.is_met(self._store, source.sha256, source.path)
            if met:
                found = intake.find(self._store, source.sha256)
                if found and found.complete and found.current:
                    return source, False
            prepared = prepare(source, path)
            return prepared, prepared.is_its_file and not met
        except ReaderError as error:
            return error, False

    def _sweep_once(self) -> None:
        """What an earlier run left half-added goes before anything is added."""
        with self._sweeping:
            if not self._swept:
                self._swept = True
                sweep(self._store)
