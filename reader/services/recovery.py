"""A damaged library made whole again: what it still holds, what its history knows, and what the newest backup has.

The damaged file is only read, until a sound one takes its place; then it is kept under another name, byte for byte.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.services.backups import Backup, held, list_backups, local_time
from reader.services.indexing import catch_up
from reader.services.library import Library
from reader.services.merging import MergeReport, Merging
from reader.services.opened_backup import opened_backup
from reader.services.replacing import take_place
from reader.services.salvaging import fill_gaps, find_hurt, salvaged
from reader.services.writing import counted
from reader.store import backup, mending
from reader.store.database import Store

if TYPE_CHECKING:
    from reader.store.backup import Counts
    from reader.store.salvage import Salvaged

Progress = Callable[[str, int, int], object]
"""Gets what is being done, how many steps of it are done and how many there are (0: not known)."""

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Recovery:
    """What a recovery came to. `aside` is where the damaged file is kept, `read` what could be read of it.

    `remade` counts rows made anew from the history, `lost` the places of each table that could not be read; `source` is
    the backup that was merged, `merged` what it gave. `mended` are titles of documents whose text is the backup's now,
    `gaps` of those whose text has gaps. `holds` is what there is in the end.
    """

    aside: Path | None
    read: Counts
    remade: int
    lost: int
    source: Backup | None
    merged: MergeReport | None
    mended: tuple[str, ...]
    gaps: tuple[str, ...]
    holds: Counts

    @property
    def lines(self) -> tuple[str, ...]:
        """The report, a sentence each: what came from where, and what is hurt."""
        lines = [f"The library holds {held(self.holds)}."]
        lines.append(f"From the damaged file: {held(self.read)}.")
        if self.remade:
            lines.append(f"From its history: {counted(self.remade, 'row', 'rows')} that could not be read otherwise.")
        if self.source and self.merged:
            lines.append(f"From the backup of {local_time(self.source.when)}: {self.merged.words}.")
        else:
            lines.append("There was no sound backup to fill in what is missing.")
        if self.lost:
            lines.append(f"{counted(self.lost, 'place', 'places')} of the damaged file could not be read.")
        if self.mended:
            lines.append(f"The text is that of the backup now: {_titles(self.mended)}.")
        if self.gaps:
            lines.append(f"The text has gaps, add the file again to close them: {_titles(self.gaps)}.")
        if self.aside:
            lines.append(f"The damaged file is kept, as it was, as {self.aside}.")
        return tuple(lines)


def _titles(titles: Sequence[str]) -> str:
    named = ", ".join(f"“{title}”" for title in titles[:_NAMED])
    return f"{named} and {len(titles) - _NAMED:,} more" if len(titles) > _NAMED else named


def recover(
    library: Path,
    progress: Progress = lambda _what, _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Recovery | None:
    """Put a library made of what is left in the place of a damaged one; None, with nothing changed, when cancelled.

    ReaderError when nothing can be read and there is no backup either, or there is no room: nothing is changed then.
    """
    if not library.is_file():
        raise ReaderError(f"There is no library “{library}”; restore a backup instead.")
    _sweep(library)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{library.name}.", suffix=".recovering", dir=library.parent))
        try:
            return _recovered(library, folder, progress, cancelled)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReaderError(
            f"The library could not be recovered ({reason}); make room beside it. Nothing was changed."
        ) from error


def _sweep(library: Path) -> None:
    """Remove what a recovery left that was killed."""
    for folder in library.parent.glob(f".{library.name}.*.recovering"):
        shutil.rmtree(folder, ignore_errors=True)


def _recovered(library: Path, folder: Path, progress: Progress, cancelled: Callable[[], bool]) -> Recovery | None:
    backups = [kept for kept in list_backups(library) if kept.counts]
    new = folder / library.name
    progress("Reading what can be read", 0, 0)
    found = salvaged(library, new, folder, [kept.path for kept in backups[:1]], cancelled)
    if cancelled():
        return None
    if found is None or not found.rows.get("document", 0) + found.rows.get("annotation", 0):
        return _from_backup_alone(library, new, backups)
    return _rebuilt(library, new, found, backups, progress, cancelled)


def _from_backup_alone(library: Path, new: Path, backups: Sequence[Backup]) -> Recovery:
    """Nothing can be read of the file: the newest sound backup takes its place."""
    nothing = backup.Counts(0, 0, 0, 0)
    for kept in backups:
        with suppress(ReaderError):
            new.unlink(missing_ok=True)
            holds = backup.copy(kept.path, new)
            merged = MergeReport(Change(), documents=holds.documents, added=holds.annotations)
            return Recovery(take_place(library, new), nothing, 0, 0, kept, merged, (), (), holds)
    raise ReaderError("Nothing could be read of the file, and there is no sound backup of it. Nothing was changed.")


def _rebuilt(
    library: Path,
    new: Path,
    found: Salvaged,
    backups: Sequence[Backup],
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Recovery | None:
    rebuilt = Library(Store(new))
    store = rebuilt.store
    try:
        progress("Looking through the texts", 0, 0)
        remade = sum(mending.from_history(store).values())
        mending.mend(store)
        hurt = find_hurt(store)
        if cancelled():
            return None
        read = backup.counts(store.connection)
        source, merged = _merged(rebuilt, library, backups, progress, cancelled)
        if cancelled():
            return None
        gaps = fill_gaps(store, hurt)
        mended = [title for title in hurt.documents.values() if title not in gaps]
        progress("Making the index anew", 0, 0)
        catch_up(store, cancelled)
        problems = rebuilt.integrity()
        if cancelled():
            return None
        if problems:
            raise ReaderError(f"The library could not be recovered: {problems[0]} Nothing was changed.")
        holds = backup.counts(store.connection)
        store.row("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        rebuilt.close()
    lost = sum(found.failures.values())
    return Recovery(take_place(library, new), read, remade, lost, source, merged, tuple(mended), tuple(gaps), holds)


def _merged(
    rebuilt: Library,
    library: Path,
    backups: Sequence[Backup],
    progress: Progress,
    cancelled: Callable[[], bool],
) -> tuple[Backup | None, MergeReport | None]:
    """Merge the newest backup that is sound."""
    merging = Merging(rebuilt.store, rebuilt.bus)
    for kept in backups:
        try:
            with opened_backup(kept.path, library) as other:
                mending.name_like(rebuilt.store, other.store)
                report = merging.recover(
                    other.store, lambda done, total: progress("Merging the newest backup", done, total), cancelled
                )
                return kept, report
        except ReaderError:
            continue
    return None, None
