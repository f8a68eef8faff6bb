"""What export and import need in bulk: everything in one consistent read, and rows that come from elsewhere."""

import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from reader.model.annotation import Annotation, Color
from reader.model.contents import Contents
from reader.model.document import Metadata, OutlineEntry, PageBreak, Sheet
from reader.model.library import DocumentSummary
from reader.store import annotations
from reader.store.database import Store
from reader.store.intake import insert_hidden
from reader.store.rows import DOCUMENT_COLUMNS, json_array, metadata_of, summary
from reader.store.tags import clean_name, key_of
from reader.store.texts import VERSION_COLUMNS, VERSION_WIDTH, TextVersion, insert_version
from reader.store.versions import set_correction, take_back

_HERE = "d.visible = 1 AND d.removed = ''"
_ORDER = "d.uid, a.start_position, a.end_position, a.uid"
# A document whose text is not in the library has no current version; its last one says what text that was.
_VERSION = "coalesce(d.text_version_id, (SELECT max(id) FROM text_version WHERE document_id = d.id))"


@dataclass(frozen=True, slots=True)
class Choice:
    """What to export; None means no limit of that kind. `tags` include those nested in them, and one is enough."""

    documents: Sequence[str] | None = None
    annotations: Sequence[str] | None = None
    tags: Sequence[str] = ()
    color: Color | None = None

    @property
    def limits_annotations(self) -> bool:
        """Whether some annotations of the documents stay out."""
        return self.annotations is not None or bool(self.tags) or self.color is not None


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document as an import meets it.

    `visible` is False when an undo has hidden it, `removed` when it is in the bin, `untouched` when nobody has
    opened or marked it here. `text_version_id` is 0 when there is no text. `path` is only a hint.
    """

    row_id: int
    uid: str
    metadata: Metadata
    added: str
    modified: str
    visible: bool
    removed: bool
    untouched: bool
    text_version_id: int
    text_sha256: str
    path: str
    format: str

    @property
    def edited(self) -> bool:
        """Whether the user has changed its details here."""
        return self.modified > self.added


@contextmanager
def one_view(store: Store) -> Generator[None]:
    """Everything read inside is of one moment, whatever others write meanwhile."""
    connection = store.connection
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def chosen_annotations(store: Store, choice: Choice) -> Iterator[Annotation]:
    """The annotations chosen, by document uid and in text order."""
    where, parameters = _where(choice)
    return annotations.iterate(store, where, parameters, _ORDER)


def count_annotations(store: Store, choice: Choice) -> int:
    """How many annotations are chosen."""
    where, parameters = _where(choice)
    sql = f"SELECT count(*) FROM annotation AS a JOIN document AS d ON d.id = a.document_id WHERE {where}"
    return store.row(sql, parameters)[0]


def chosen_documents(store: Store, choice: Choice) -> list[tuple[DocumentSummary, TextVersion | None]]:
    """The documents chosen, by uid, each with the text its positions count in."""
    where, parameters = _where(choice)
    if choice.limits_annotations:
        marked = f"SELECT a.document_id FROM annotation AS a JOIN document AS d ON d.id = a.document_id WHERE {where}"
        where = f"d.id IN ({marked})"
    sql = (
        f"SELECT v.id, {VERSION_COLUMNS}, {DOCUMENT_COLUMNS} FROM document AS d "
        f"LEFT JOIN text_version AS v ON v.id = {_VERSION} WHERE {where} ORDER BY d.uid"
    )
    width = VERSION_WIDTH + 1
    return [
        (summary(row[width:]), TextVersion(*row[1:width]) if row[0] else None) for row in store.rows(sql, parameters)
    ]


def contents(store: Store, uid: str) -> Contents:
    """What the present text of a document says of its chapters and pages, without reading that text."""
    found = ", ".join(
        f"CASE WHEN json_valid(v.structure) THEN json_extract(v.structure, '$.{key}') END"
        for key in ("outline", "pages", "sheets")
    )
    row = store.row(
        f"SELECT v.created, {found} FROM document AS d JOIN text_version AS v ON v.id = d.text_version_id "
        "WHERE d.uid = ?",
        (uid,),
    )
    if row is None:
        return Contents()
    outline, pages, sheets = (json.loads(values or "[]") for values in row[1:])
    return Contents(
        tuple(OutlineEntry(*entry) for entry in outline),
        tuple(PageBreak(*page) for page in pages),
        tuple(Sheet(*sheet) for sheet in sheets),
        row[0],
    )


def _where(choice: Choice) -> tuple[str, list[str]]:
    """The condition on `document AS d`, and on `annotation AS a` where that is limited, with its parameters."""
    conditions, parameters = [_HERE], list[str]()
    if choice.documents is not None:
        conditions.append("d.uid IN (SELECT value FROM json_each(?))")
        parameters.append(json_array(choice.documents))
    if choice.annotations is not None:
        conditions.append("a.uid IN (SELECT value FROM json_each(?))")
        parameters.append(json_array(choice.annotations))
    if choice.color is not None:
        conditions.append("a.color = ?")
        parameters.append(choice.color.value)
    if choice.tags:
        conditions.append(
            "a.id IN (SELECT l.annotation_id FROM annotation_tag AS l JOIN tag AS t ON t.id = l.tag_id, json_each(?) "
            "AS k WHERE t.key = k.value OR substr(t.key, 1, length(k.value) + 1) = k.value || '/')"
        )
        parameters.append(json_array([key_of(clean_name(tag)) for tag in choice.tags]))
    return " AND ".join(conditions), parameters


_KNOWN = (
    "SELECT d.id, d.uid, d.title, d.authors, d.source, d.date, d.language, d.url, d.subtitle, d.publisher, "
    "d.contributors, d.identifiers, d.added, d.modified, d.visible, "
    "d.removed <> '', d.opened = '' AND d.annotation_count = 0, "
    "CASE WHEN v.complete THEN v.id ELSE 0 END, coalesce(v.text_sha256, ''), d.path, d.format "
    f"FROM document AS d LEFT JOIN text_version AS v ON v.id = {_VERSION}"
)


def known_by_uid(store: Store, uids: Sequence[str]) -> dict[str, KnownDocument]:
    """The documents of these uids, also those in the bin and those that an undo has hidden."""
    rows = store.rows(f"{_KNOWN} WHERE d.uid IN (SELECT value FROM json_each(?))", (json_array(uids),))
    return {row[1]: _known(row) for row in rows}


def known_by_hash(store: Store, file_sha256: str, text_sha256: str) -> KnownDocument | None:
    """The visible document that has, or once had, this file (hex), else this text; the one that shows it first."""
    for column, value in (("file_sha256", file_sha256), ("text_sha256", text_sha256)):
        if value:
            sql = (
                f"{_KNOWN} JOIN text_version AS w ON w.document_id = d.id WHERE d.visible = 1 AND w.{column} = ? "
                "ORDER BY w.id IS d.text_version_id DESC, d.removed, d.id LIMIT 1"
            )
            if row := store.row(sql, (value,)):
                return _known(row)
    return None


def known_by_title(store: Store, title: str) -> list[KnownDocument]:
    """The documents outside the bin that have this title and a text."""
    sql = f"{_KNOWN} WHERE {_HERE} AND d.title = ? AND v.complete ORDER BY d.id"
    return [_known(row) for row in store.rows(sql, (title,))]


def known_with_text(store: Store) -> list[KnownDocument]:
    """The documents outside the bin that have a text."""
    return [_known(row) for row in store.rows(f"{_KNOWN} WHERE {_HERE} AND v.complete ORDER BY d.id")]


def _known(row: Sequence[Any]) -> KnownDocument:
    added, modified, visible, removed, untouched, version, text, path, form = row[12:]
    return KnownDocument(
        row[0],
        row[1],
        metadata_of(row[2:12]),
        added,
        modified,
        bool(visible),
        bool(removed),
        bool(untouched),
        version or 0,
        text,
        path,
        form,
    )


def modified_times(store: Store, uids: Sequence[str]) -> dict[str, str]:
    """When the annotations of these uids that are here were last changed."""
    sql = "SELECT uid, modified FROM annotation WHERE uid IN (SELECT value FROM json_each(?))"
    return dict(store.rows(sql, (json_array(uids),)))


def is_here(store: Store, uid: str, document_uid: str) -> bool:
    """Whether an annotation is here and belongs to that document."""
    sql = "SELECT 1 FROM annotation AS a JOIN document AS d ON d.id = a.document_id WHERE a.uid = ? AND d.uid = ?"
    return store.row(sql, (uid, document_uid)) is not None


def insert_textless(
    connection: Connection,
    uid: str,
    metadata: Metadata,
    kind: str,
    added: str,
    version: TextVersion,
    correction: tuple[TextVersion, Sequence[tuple[int, int, str]]] | None = None,
) -> int:
    """Insert a document whose text is not here, hidden; its row id. `version` tells which text that is.

    `correction`: which text that one corrects, and how. Outside an action: the step that shows it (`show`) is what an
    undo takes back.
    """
    document_id = insert_hidden(connection, uid, metadata, kind, added)
    corrects = insert_version(connection, document_id, correction[0]) if correction else 0
    version_id = insert_version(connection, document_id, version)
    if correction:
        set_correction(connection, version_id, corrects, correction[1])
    connection.execute("UPDATE document SET text_version_id = ? WHERE id = ?", (version_id, document_id))
    return document_id


def show(connection: Connection, document_id: int, version_id: int = 0) -> None:
    """Make a document visible, and take it out of the bin; where it shows no text, it shows `version_id` (0: none)."""
    connection.execute(
        "UPDATE document SET visible = 1, removed = '', text_version_id = coalesce(text_version_id, nullif(?, 0)) "
        "WHERE id = ?",
        (version_id, document_id),
    )
    take_back(connection, version_id)


def take_uid(connection: Connection, document_id: int, uid: str, spare: str) -> None:
    """Let a document go by another uid, unless one that can be seen has it; one that an undo has hidden takes `spare`.

    The step that does this is new, so no redo can show the hidden one again.
    """
    connection.execute("UPDATE document SET uid = ? WHERE uid = ? AND visible = 0", (spare, uid))
    connection.execute("UPDATE OR IGNORE document SET uid = ? WHERE id = ?", (uid, document_id))


def link_tags(connection: Connection, links: Iterable[tuple[int, Sequence[int]]]) -> None:
    """Give annotations that have no tags yet theirs, in order: row ids of the annotation and of its tags."""
    connection.executemany(
        "INSERT INTO annotation_tag (annotation_id, tag_id, position) VALUES (?, ?, ?)",
        [(owner, tag, position) for owner, tag_ids in links for position, tag in enumerate(tag_ids)],
    )


def complete_tag(connection: Connection, tag_id: int, color: str, description: str) -> None:
    """Give a tag the colour and the description that it lacks."""
    connection.execute(
        "UPDATE tag SET color = CASE color WHEN '' THEN :color ELSE color END, "
        "description = CASE description WHEN '' THEN :text ELSE description END WHERE id = :id",
        {"id": tag_id, "color": color, "text": description},
    )
