"""Files read: text and short Markdown where they are asked for, all others in a worker process."""

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from reader.formats.errors import FormatError
from reader.formats.registry import format_of, in_process
from reader.formats.request import Limits
from reader.model.document import Document
from reader.services.passwords import Passwords
from reader.services.preparing import Prepared, Source, document_in, prepare, read_source

if TYPE_CHECKING:
    from reader.formats.worker.pool import Pool

_WARMING = b"<!DOCTYPE html><title>Warm</title><p>Modules that every reader needs."


def _never() -> bool:
    return False


class Readings:
    """Any thread may read. `workers` makes the pool when a worker is first needed; `limits` are asked for each file.

    Locked files are opened with the `passwords` that are known.
    """

    def __init__(
        self,
        workers: "Callable[[], Pool]",
        limits: Callable[[], Limits] = Limits,
        passwords: Passwords | None = None,
    ) -> None:
        self._make, self._limits = workers, limits
        self._passwords = passwords or Passwords()
        self._making = Lock()
        self._looked_at: Prepared | None = None

    def prepare(
        self,
        source: Source,
        path: Path | None = None,
        *,
        view: str = "",
        pictures: Mapping[str, bytes] | None = None,
        cancelled: Callable[[], bool] = _never,
    ) -> Prepared:
        """A file made ready to be written, as `preparing.prepare` does it. FormatError, or Cancelled.

        PasswordNeeded when it is locked, and no password is known or another one.
        """
        path = path or Path(source.path)
        if in_process(format_of(path, source.data), len(source.data)):
            return prepare(source, path, view=view, pictures=pictures)
        if not view and not pictures and (known := self._taken(source)):
            return known
        from reader.services.conveying import job_of, prepared_of

        password = self._password(source)
        job = job_of(source, path, view=view, pictures=pictures or {}, limits=self._limits(), password=password)
        return self._opened(prepared_of(source, self._workers().run(job, cancelled, urgent=True), path.name), password)

    def begin(self, source: Source, path: Path, cancelled: Callable[[], bool]) -> Callable[[], Prepared]:
        """Have a file of a batch prepared as soon as a worker is free; the function waits for it."""
        if known := self._taken(source):
            return lambda: known
        from reader.services.conveying import job_of, prepared_of

        password = self._password(source)
        job = job_of(source, path, view="", pictures={}, limits=self._limits(), password=password)
        future = self._workers().submit(job, cancelled)
        return lambda: self._opened(prepared_of(source, future.result(), path.name), password)

    def _password(self, source: Source) -> str:
        return self._passwords.of(source.path, source.sha256)

    def _opened(self, prepared: Prepared, password: str) -> Prepared:
        """Keep the password in mind that has opened a file."""
        if password:
            self._passwords.remember(prepared.source.sha256, password)
        return prepared

    def look(self, path: Path, cancelled: Callable[[], bool] = _never) -> Document:
        """The document that a file is, with its structure. FormatError, or Cancelled.

        What a worker has made of it is kept: when the file is added right afterwards, it is not read again.
        """
        self._looked_at = None
        source = read_source(path)
        if in_process(format_of(path, source.data), len(source.data)):
            return document_in(source, path)
        prepared = self.prepare(source, path, cancelled=cancelled)
        document = _with_structure(prepared, path)
        self._looked_at = prepared
        return document

    def _taken(self, source: Source) -> Prepared | None:
        """What this very file was found to be when it was looked at just before; it is given once."""
        known, self._looked_at = self._looked_at, None
        return known if known and known.source == source else None

    def warm(self) -> None:
        """Start a worker and have it load what it needs, so that the first file finds it ready; returns at once."""
        from reader.services.conveying import job_of

        source = Source("", len(_WARMING), 0, _WARMING, "")
        job = job_of(source, Path("warm.html"), view="page", pictures={}, limits=self._limits(), fold=False)
        self._workers().warm(job)

    @property
    def at_once(self) -> int:
        """How many files are worth beginning before the first of them is needed."""
        return 2 * self._workers().size

    def rest(self) -> None:
        """After a batch: no more processes than a single file needs."""
        self._workers().rest()

    def _workers(self) -> "Pool":
        with self._making:
            return self._make()


def _with_structure(prepared: Prepared, path: Path) -> Document:
    """The document that a worker has prepared."""
    if not prepared.structure.rest:
        return prepared.document
    from reader.model.errors import ReaderError
    from reader.store.structure import decode

    try:
        return decode(prepared.structure, prepared.document)
    except ReaderError:
        raise FormatError(f"“{path.name}” could not be read: its reader gave no sound answer.") from None


def look_at(path: Path, password: str = "") -> Document:
    """The document that a file is, where there is no library; within the usual limits. FormatError."""
    from reader.formats.worker.pool import Pool

    passwords = Passwords()
    passwords.give(path, password)
    with closing(Pool(1)) as pool:
        return Readings(lambda: pool, passwords=passwords).look(path)
