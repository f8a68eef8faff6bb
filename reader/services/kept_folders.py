"""Folders of Markdown files that follow the library: which they are, and what is to be written to them after a change.

They are remembered in the library's own file, so that they are kept after a restart, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from reader.model.errors import ReaderError
from reader.services.export_choice import ExportChoice
from reader.store.errors import LibraryReadOnly
from reader.store.reached import Reached, changed_since, reached

if TYPE_CHECKING:
    from reader.services.folders import FolderReport
    from reader.services.library import Library

KEY = "kept_folders"
"""The setting: what each of them is kept up to date with."""


@dataclass(frozen=True, slots=True)
class KeptFolder:
    """A folder (absolute path), what its files are grouped by, and what is in it; nothing is written while `paused`."""

    folder: str
    by: str = ""
    document: str = ""
    words: str = ""
    view: str = ""
    paused: bool = False

    @property
    def choice(self) -> ExportChoice:
        return ExportChoice(self.document, self.words, self.view)


@dataclass(frozen=True, slots=True)
class Written:
    """What a folder was written with: how far the journal went then, and what was chosen, a view by its words too."""

    reached: Reached
    kept: KeptFolder


class KeptFolders:
    """What is kept is no step of the history."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def all(self) -> tuple[KeptFolder, ...]:
        """Those that are kept, in the order in which they were chosen."""
        found = self._library.settings.get(KEY, [])
        rows = cast("list[object]", found) if isinstance(found, list) else []
        return tuple(kept for row in rows if isinstance(row, dict) and (kept := _read(cast("dict[str, object]", row))))

    def find(self, folder: Path) -> KeptFolder | None:
        """The one of that path, if it is kept."""
        wanted = _absolute(folder)
        return next((kept for kept in self.all() if kept.folder == wanted), None)

    def keep(self, folder: Path, choice: ExportChoice, by: str = "") -> KeptFolder:
        """Keep a folder up to date from now on, in the place of what was said of it before; nothing is written yet.

        ReaderError when the choice is of single annotations, or the library may only be read.
        """
        if choice.annotations is not None:
            raise ReaderError("A folder is kept up to date with a document, a filter, a saved view or everything.")
        kept = KeptFolder(_absolute(folder), by, choice.document, choice.words, choice.view)
        others = [other for other in self.all() if other.folder != kept.folder]
        self._write([*others, kept])
        return kept

    def stop(self, folder: Path) -> KeptFolder:
        """Keep a folder no longer; its files stay. ReaderError when it is not kept, or the library may only be read."""
        kept = self._known(folder)
        self._write([other for other in self.all() if other != kept])
        return kept

    def pause(self, folder: Path, *, paused: bool = True) -> KeptFolder:
        """Write nothing to a folder for a while, or go on. ReaderError as for `stop`."""
        known = self._known(folder)
        changed = replace(known, paused=paused)
        self._write([changed if other == known else other for other in self.all()])
        return changed

    def update(
        self,
        kept: KeptFolder,
        since: Written | None = None,
        *,
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[Written, FolderReport | None]:
        """Bring a folder up to date with all that belongs in it; with what has changed since, if it was `Written` so.

        What to call it with the next time, and None when nothing in it can be another. ReaderError when the folder is
        not there or cannot be written to, or when its view or its filter means nothing any more. Not for the
        interface's thread.
        """
        folder = Path(kept.folder)
        if not folder.is_dir():
            raise ReaderError(
                f"The folder “{folder}” is not there, so it is not kept up to date; bring it back, or stop keeping it."
            )
        words = self._library.filters.words(kept.view) if kept.view else kept.words
        # What changes while it is written is looked at once more the next time.
        now = Written(reached(self._library.store), replace(kept, words=words, paused=False))
        documents = changed_since(self._library.store, since.reached) if since and since.kept == now.kept else None
        if documents is not None and kept.document:
            documents = [uid for uid in documents if uid == kept.document]
        if documents == []:
            return now, None
        limits: dict[str, Any] = {**kept.choice.limits(self._library)}
        if documents is not None:
            limits["documents"] = documents
        report = self._library.folders.export(
            folder, by=kept.by, exactly=True, progress=progress, cancelled=cancelled, **limits
        )
        return now, report

    def _known(self, folder: Path) -> KeptFolder:
        kept = self.find(folder)
        if kept is None:
            raise ReaderError(f"The folder “{folder}” is not kept up to date; list those that are to see their names.")
        return kept

    def _write(self, folders: Sequence[KeptFolder]) -> None:
        if self._library.read_only:
            raise LibraryReadOnly(self._library.store.notice)
        self._library.settings.set(KEY, [asdict(kept) for kept in folders])


def _absolute(folder: Path) -> str:
    return str(folder.expanduser().absolute())


def _read(row: Mapping[str, object]) -> KeptFolder | None:
    """What the settings hold of one; None when that is none."""
    text = {name: str(row.get(name, "")) for name in ("folder", "by", "document", "words", "view")}
    return KeptFolder(**text, paused=row.get("paused") is True) if text["folder"] else None
