"""What can be read of a damaged library, put into a new one: rows, what the history knows, texts with their gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.document import Document
from reader.services.renewing import Renewal, prepare_marks, show_renewed
from reader.store import damaged, mending, salvage, texts
from reader.store.errors import LibraryDamaged
from reader.store.journal import action

if TYPE_CHECKING:
    from sqlite3 import Connection

    from reader.store.database import Store
    from reader.store.salvage import Salvaged

_PIECE = 1 << 16
_GAP = "\ufffd"
"""Stands for each character that could not be read, so that those after it keep their places."""


@dataclass(slots=True)
class Hurt:
    """Texts of which something could not be read: versions (row ids), and the titles of documents that show one."""

    versions: list[int] = field(default_factory=list[int])
    documents: dict[int, str] = field(default_factory=dict[int, str])


def salvaged(
    library: Path, new: Path, folder: Path, donors: Sequence[Path], cancelled: Callable[[], bool]
) -> Salvaged | None:
    """Put every row that can be read into a new library file `new`; None when nothing can be.

    `folder` takes copies for a while; `donors` are backups whose list of tables stands in where that is unreadable.
    """
    source, path = _looked_into(library, folder, donors)
    program = damaged.shell()
    if source is None:
        path = damaged.copied(library, folder, "bare.sqlite")
    version = salvage.schema_version(source) if source else 0
    done: Salvaged | None = None
    if source:
        try:
            done = _taken(source, new, version, cancelled)
        finally:
            source.close()
    if program and (done is None or done.failures) and not cancelled():
        done = _filled_by_shell(program, path, new, folder, done, cancelled)
    return done


def _looked_into(library: Path, folder: Path, donors: Sequence[Path]) -> tuple[Connection | None, Path]:
    """A connection to a copy whose tables can be listed, and the copy: as it is, with its header mended, or with the
    list of tables of a backup, or of an empty library."""
    path = damaged.copied(library, folder, "as-it-is.sqlite")
    if found := damaged.opened(path):
        return found, path
    for number, log in enumerate((True, False)):
        path = damaged.copied(library, folder, f"header-{number}.sqlite", log=log)
        damaged.mend_header(path)
        if found := damaged.opened(path):
            return found, path
    for number, (donor, log) in enumerate(product((*donors, _empty(folder)), (True, False))):
        path = damaged.copied(library, folder, f"grafted-{number}.sqlite", log=log)
        damaged.graft_tables(path, donor)
        if found := damaged.opened(path):
            return found, path
    return None, path


def _empty(folder: Path) -> Path:
    from reader.store.connection import SCHEMA_VERSION

    path = folder / "empty.sqlite"
    salvage.new_library(path, SCHEMA_VERSION)
    return path


def _taken(source: Connection, new: Path, version: int, cancelled: Callable[[], bool]) -> Salvaged:
    salvage.new_library(new, version)
    with salvage.filling(new) as target:
        return salvage.take_over(source, target, cancelled)


def _filled_by_shell(
    program: str, path: Path, new: Path, folder: Path, done: Salvaged | None, cancelled: Callable[[], bool]
) -> Salvaged | None:
    """Fill in what the shell's `.recover` finds more."""
    recovered = damaged.recovered_by_shell(program, path, folder, cancelled)
    source = damaged.opened(recovered) if recovered else None
    if source is None:
        return done
    try:
        if done is None:
            return _taken(source, new, salvage.schema_version(source), cancelled)
        with salvage.filling(new) as target:
            done.add(salvage.take_over(source, target, cancelled, all_new=False))
        return done
    finally:
        source.close()


def find_hurt(store: Store) -> Hurt:
    """Look through every text; those that are not what they were are not whole any more. Structures are looked at."""
    hurt = Hurt()
    for version, document, wanted, length, shown, title in mending.versions(store):
        text = "".join(part for _, part in mending.parts(store, version))
        if len(text) != length or sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != wanted:
            hurt.versions.append(version)
            if shown:
                hurt.documents[document] = title
        else:
            _look_at_structure(store, version, text)
    mending.set_hurt(store, hurt.versions)
    return hurt


def _look_at_structure(store: Store, version: int, text: str) -> None:
    try:
        document = texts.structured(store, version, text)
        list(document.blocks)
        list(document.spans)
    except LibraryDamaged:
        with store.transaction() as connection:
            mending.drop_structure(connection, version)
        document = Document(text)
    if mending.passage_end(store, version) != len(text):
        _set_passages(store, version, document)


def _set_passages(store: Store, version: int, document: Document) -> None:
    from reader.text.passages import passages

    with store.transaction() as connection:
        mending.set_passages(connection, version, list(passages(document)))


def fill_gaps(store: Store, hurt: Hurt) -> list[str]:
    """Show texts that no backup has with a sign for each character that is gone; the titles of their documents."""
    lengths = {row[0]: row[3] for row in mending.incomplete(store)}
    owners = {row[0]: row[1] for row in mending.incomplete(store)}
    titles: list[str] = []
    for version in mending.still_shown(store, hurt.versions):
        pieces = _without_gaps(mending.parts(store, version), lengths[version])
        text = "".join(piece for _, piece in pieces)
        with store.transaction() as connection:
            mending.set_parts(connection, version, pieces, sha256(text.encode()).hexdigest())
        document = Document(text)
        _set_passages(store, version, document)
        renewal = Renewal(owners[version], version, True)
        with action(store, "Text with gaps shown") as step:
            binned = mending.removed(store, owners[version])
            show_renewed(store, step, renewal, version, document, prepare_marks(store, renewal, text))
            mending.set_removed(step.connection, owners[version], binned)
        titles.append(hurt.documents.get(owners[version], ""))
    return titles


def _without_gaps(parts: Sequence[tuple[int, str]], length: int) -> list[tuple[int, str]]:
    """The parts, with those between that are missing; each where it was."""
    pieces: list[tuple[int, str]] = []
    at = 0
    for start, text in (*parts, (length, "")):
        while at < start:
            size = min(_PIECE, start - at)
            pieces.append((at, _GAP * size))
            at += size
        kept = text[at - start : length - start]
        if kept:
            pieces.append((at, kept))
            at += len(kept)
    return pieces
