"""Merging a backup into the library: what the library lacks is added, as one step of the history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.annotation import Picture
from reader.model.change import Change
from reader.services.exchange import record_of
from reader.services.import_plan import make_plan
from reader.services.import_writing import ImportRun
from reader.services.opened_backup import opened_backup
from reader.services.transplanting import bring, show_texts
from reader.services.writing import Writer, counted
from reader.store import categories, documents, masks, pictures, tags, transplant
from reader.store import exchange as rows
from reader.store.errors import LibraryReadOnly
from reader.store.exchange import Choice
from reader.store.journal import action

if TYPE_CHECKING:
    from reader.interchange.records import Parsed
    from reader.store.database import Store


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did: documents that came whole, texts that came to documents here, annotations added and changed.

    `notes` say what to know of the rest. `stopped`: it was cancelled; what was done by then is one step that undo
    takes back.
    """

    change: Change
    documents: int = 0
    texts: int = 0
    added: int = 0
    updated: int = 0
    notes: tuple[str, ...] = ()
    stopped: bool = False

    @property
    def words(self) -> str:
        """ "2 documents and 14 annotations added, 1 annotation changed"."""
        added = [
            counted(number, one, f"{one}s")
            for number, one in ((self.documents, "document"), (self.texts, "text"), (self.added, "annotation"))
            if number
        ]
        parts = [f"{' and '.join(added)} added"] if added else []
        if self.updated:
            parts.append(f"{counted(self.updated, 'annotation', 'annotations')} changed")
        return ", ".join(parts) or "the library lacked nothing of it"


class Merging(Writer):
    """Merging may take seconds: off the interface's thread."""

    def merge(
        self,
        path: Path,
        *,
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> MergeReport:
        """Add what the backup at `path` holds and the library lacks, and take over what was changed later there.

        Documents come with their texts, small files and pictures. Nothing is deleted. One action undoes it.
        """
        if self._store.read_only:
            raise LibraryReadOnly("The library can only be read here, so nothing can be merged into it.")
        with opened_backup(path, self._store.path) as other:
            return self.merge_store(other.store, "Backup merged", progress, cancelled)

    def recover(
        self, source: Store, progress: Callable[[int, int], object], cancelled: Callable[[], bool]
    ) -> MergeReport:
        """Merge an opened backup into a library that has lost something: what was deleted on purpose stays deleted.

        What is in the bin, here or there, is in the bin afterwards.
        """
        transplant.forget_deleted(self._store, source)
        binned = [summary.uid for summary in documents.all_summaries(self._store, removed=True)]
        here = {summary.uid for summary in documents.all_summaries(self._store, removed=False)}
        binned += [uid for uid in transplant.out_of_the_bin(source) if uid not in here]
        return self.merge_store(source, "Backup merged", progress, cancelled, binned)

    def merge_store(
        self,
        source: Store,
        label: str,
        progress: Callable[[int, int], object],
        cancelled: Callable[[], bool],
        binned: list[str] | None = None,
    ) -> MergeReport:
        """Merge an open library, which nobody else writes to; documents of `binned` (uids) end in the bin."""
        store, parsed = self._store, parsed_of(source)
        brought = bring(store, source, parsed.documents, progress, cancelled)
        if brought is None:
            return MergeReport(Change(), stopped=True)
        action_id = None
        if brought.texts:
            with action(store, label, urgent=False) as step:
                show_texts(store, step, brought)
            action_id = step.id
        plan = make_plan(store, parsed)
        run = ImportRun(store, plan, progress, cancelled, action_id)
        run.write()
        report = MergeReport(
            Change(), len(brought.documents), len(brought.texts), run.added, run.updated, run.notes, cancelled()
        )
        if run.action_id is None:
            return report
        with action(store, label, continues=run.action_id, urgent=False) as step:
            step.label = f"{label}: {report.words}"
            documents.set_removed(step.connection, binned or [], store.now())
        change = Change(step.label, tags=True, categories=True, everything=True)
        return replace(report, change=self._bus.publish(change))


class _Pictures(Mapping[str, Picture]):
    """Pictures of a library by their sha256 (hex), read when they are asked for."""

    def __init__(self, store: Store, names: frozenset[str]) -> None:
        self._store, self._names = store, names

    def __getitem__(self, sha256: str) -> Picture:
        found = pictures.find(self._store, sha256) if sha256 in self._names else None
        if found is None:
            raise KeyError(sha256)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def parsed_of(store: Store) -> Parsed:
    """Everything a library holds outside its bin, as a file of annotations would tell it."""
    from reader.interchange.records import Parsed

    found = rows.chosen_documents(store, Choice())
    hidden = masks.of_documents(store, [summary.uid for summary, _ in found])
    marks = tuple(rows.chosen_annotations(store, Choice()))
    return Parsed(
        categories=categories.names(store),
        tags=tuple(tags.all_tags(store)),
        documents=tuple(record_of(summary, version, hidden.get(summary.uid, ())) for summary, version in found),
        annotations=marks,
        pictures=_Pictures(store, frozenset(mark.picture for mark in marks if mark.picture)),
    )
