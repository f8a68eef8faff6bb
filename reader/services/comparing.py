"""What would come, change and go if a backup were merged into the library, or put in its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.services.import_plan import make_plan
from reader.services.merging import parsed_of
from reader.services.opened_backup import opened_backup
from reader.services.transplanting import known
from reader.services.writing import counted
from reader.store.overview import Overview, overview
from reader.store.tags import clean_name, key_of

if TYPE_CHECKING:
    from reader.services.import_plan import Plan
    from reader.store.backup import Progress
    from reader.store.database import Store

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """Of one kind of things, what would be added, changed and gone, by name."""

    added: Names = ()
    changed: Names = ()
    gone: Names = ()

    def words(self, one: str, many: str) -> str:
        """ "2 documents added, 1 changed"; empty when nothing would happen."""
        parts = ((self.added, "added"), (self.changed, "changed"), (self.gone, "would vanish"))
        said = [f"{len(names):,} {what}" for names, what in parts if names]
        if not said:
            return ""
        first = len(self.added or self.changed or self.gone)
        number, _, rest = ", ".join(said).partition(" ")
        return f"{number} {one if first == 1 else many} {rest}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one way of restoring would do to documents, annotations and tags."""

    documents: Moves
    annotations: Moves
    tags: Moves

    @property
    def words(self) -> tuple[str, ...]:
        """One line for each kind of things that something would happen to."""
        lines = (
            self.documents.words("document", "documents"),
            self.annotations.words("annotation", "annotations"),
            self.tags.words("tag", "tags"),
        )
        return tuple(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging a backup would do, what replacing the library by it would, and what it holds in words."""

    merge: Outcome
    replace: Outcome
    holds: str


def preview(store: Store, path: Path, progress: Progress = lambda _done, _total: None) -> Preview:
    """What restoring the backup at `path` would do; nothing is written to either.

    Raises LibraryDamaged when the backup is not sound, StorageError when it is too new. Whatever `progress` raises
    stops it.
    """
    with opened_backup(path, store.path, progress) as other:
        here, there = overview(store), overview(other.store)
        holds = ", ".join((
            counted(len(there.documents), "document", "documents"),
            counted(len(there.annotations), "annotation", "annotations"),
            counted(len(there.tags), "tag", "tags"),
        ))  # fmt: skip
        return Preview(_merged(store, other.store, here, there), _replaced(here, there), holds)


def _replaced(here: Overview, there: Overview) -> Outcome:
    return Outcome(
        _moves(here.documents, there.documents),
        _moves(here.annotations, there.annotations),
        _moves(here.tags, there.tags),
    )


def _moves(here: dict[str, tuple[str, str]], there: dict[str, tuple[str, str]]) -> Moves:
    return Moves(
        tuple(name for uid, (name, _) in there.items() if uid not in here),
        tuple(name for uid, (name, state) in there.items() if uid in here and here[uid][1] != state),
        tuple(name for uid, (name, _) in here.items() if uid not in there),
    )


def _merged(store: Store, source: Store, here: Overview, there: Overview) -> Outcome:
    parsed = parsed_of(source)
    plan = make_plan(store, parsed)
    added: list[str] = []
    changed: list[str] = []
    for record in parsed.documents:
        found = known(store, record)
        if found is None or not found.visible or found.removed:
            added.append(record.metadata.title)
        elif not found.text_version_id and record.text:
            changed.append(record.metadata.title)
    tags = tuple(name for key, (name, _) in there.tags.items() if key_of(clean_name(name)) not in here.tags and key)
    return Outcome(Moves(tuple(added), tuple(changed)), _marks(plan, there), Moves(tags))


def _marks(plan: Plan, there: Overview) -> Moves:
    new = tuple(there.annotations[mark.uid][0] for place in plan.places for mark in place.new)
    newer = tuple(there.annotations[mark.uid][0] for place in plan.places for mark in place.newer)
    return Moves(new, newer)
