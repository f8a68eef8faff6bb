"""The drill: the newest backup is put back into a file for a try, opened, counted and looked through mark by mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.services.backups import held, local_time
from reader.services.checking import CheckReport, misplaced
from reader.services.opened_backup import opened_backup
from reader.store import backup
from reader.store.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.services.backups import Backup
    from reader.services.library import Library
    from reader.store.backup import Counts


def prove(library: Library, progress: Callable[[int, int], object] = lambda _done, _total: None) -> CheckReport:
    """Restore the newest backup into a file for a try and check everything in it; the library is only read.

    `progress` gets documents looked through and their number; whatever it raises stops the drill.
    """
    backups = library.backups.list()
    if not backups:
        none = "There is no backup yet: the window makes one each day, “reader backup FILE” makes one now."
        return CheckReport((none,), ())
    newest = backups[0]
    try:
        with opened_backup(newest.path, library.path) as copy:
            problems = [*copy.integrity(), *_wrong_count(newest, backup.counts(copy.store.connection))]
            problems += misplaced(copy, progress)
            then, now = backup.counts(copy.store.connection), backup.counts(library.store.connection)
    except StorageError as error:
        return CheckReport((), (f"The newest backup, {newest.path}, cannot be relied on: {error}",))
    if problems:
        return CheckReport((), tuple(f"The newest backup, {newest.path}: {problem}" for problem in problems))
    return CheckReport((_proven(newest, then), f"It was restored from {newest.path} for a try.", _since(then, now)), ())


def _wrong_count(made: Backup, found: Counts) -> Iterator[str]:
    if made.counts != found:
        yield "restored, it holds another number of things than before; make a new backup."


def _proven(made: Backup, counts: Counts) -> str:
    return (
        f"The newest backup is sound: it was made on {local_time(made.when)} and holds {held(counts)}; each "
        "annotation stands where it says."
    )


def _since(then: Counts, now: Counts) -> str:
    if now == then:
        return "The library holds as much today."
    return f"The library holds {held(now)} today: what was changed since is not in this backup."
