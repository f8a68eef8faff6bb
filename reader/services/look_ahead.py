"""The files of a batch in their order, some of them begun before they are needed, so that all cores have work."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.formats.registry import format_of, in_process
from reader.model.errors import Cancelled, ReaderError
from reader.services.preparing import Prepared, Source, read_source
from reader.services.reading import Readings
from reader.store import intake
from reader.store.database import Store

Found = tuple[Prepared | Source | ReaderError, bool]
"""The file parsed, or only read when the library has it, or what is wrong with it; and whether it is new for sure:
most files are, and need not be looked for again."""

_HELD = 64 << 20
"""Bytes of files that are begun at most, beside one that is larger itself."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A file of `size` bytes; `found` gives what it is, or waits for it, and raises Cancelled.

    `here`: no worker is at it.
    """

    path: Path
    size: int
    found: Callable[[], Found]
    here: bool


def sizes(files: Iterable[Path]) -> list[tuple[Path, int]]:
    """Files with their sizes in bytes; 0 for one that cannot be asked."""
    return [(path, _size(path)) for path in files]


def _size(path: Path) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


class LookAhead:
    """Finds out what files are. `cancelled` ends the workers that are at it."""

    def __init__(self, store: Store, readings: Readings, cancelled: Callable[[], bool]) -> None:
        self._store, self._readings, self._cancelled = store, readings, cancelled
        self._closed = self._used_workers = False

    def over(self, files: Iterable[tuple[Path, int]]) -> Iterator[Begun]:
        """The files, with their sizes, in order."""
        begun: deque[Begun] = deque()
        held = 0
        for path, size in files:
            here = _is_read_here(path, size)
            begun.append(Begun(path, size, self._later(path) if here else self._begin(path), here))
            held += size
            while begun and (begun[0].here or len(begun) > self._readings.at_once or held > _HELD):
                held -= begun[0].size
                yield begun.popleft()
        yield from begun

    def close(self) -> None:
        """What is begun and not asked for any more is given up; workers that only a batch needs end."""
        self._closed = True
        if self._used_workers:
            self._readings.rest()

    def _given_up(self) -> bool:
        return self._closed or self._cancelled()

    def _later(self, path: Path) -> Callable[[], Found]:
        """What is read here is looked for when its turn comes: the file before it may be the same."""
        return lambda: self._found(path)

    def _begin(self, path: Path) -> Callable[[], Found]:
        try:
            source, met = self._source(path)
        except ReaderError as error:
            failed = error
            return lambda: (failed, False)
        if met and self._is_shown(source):
            return lambda: (source, False)
        self._used_workers = True
        prepared = self._readings.begin(source, path, self._given_up)
        return lambda: _outcome(prepared, met)

    def _found(self, path: Path) -> Found:
        try:
            source, met = self._source(path)
        except ReaderError as error:
            return error, False
        if met and self._is_shown(source):
            return source, False
        return _outcome(lambda: self._readings.prepare(source, path, cancelled=self._given_up), met)

    def _source(self, path: Path) -> tuple[Source, bool]:
        """A file's bytes, and whether the library has met them or the file before."""
        source = read_source(path)
        return source, intake.is_met(self._store, source.sha256, source.path)

    def _is_shown(self, source: Source) -> bool:
        found = intake.find(self._store, source.sha256)
        return found is not None and found.complete and found.current


def _is_read_here(path: Path, size: int) -> bool:
    """Whether the name says that no worker is needed; a file of another name may still need one."""
    return in_process(format_of(path, b""), size)


def _outcome(prepare: Callable[[], Prepared], met: bool) -> Found:
    try:
        prepared = prepare()
    except Cancelled:
        raise
    except ReaderError as error:
        return error, False
    return prepared, prepared.is_its_file and not met
