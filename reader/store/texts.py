"""Text versions: what a reader made of a file, its text in parts, its structure and its pictures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from sqlite3 import Connection
from typing import TYPE_CHECKING

from reader.model.document import Asset, Comment, Document, Metadata, Sheet
from reader.model.library import DocumentSummary
from reader.store.database import Store
from reader.store.ids import clean
from reader.store.rows import DOCUMENT_COLUMNS, DOCUMENT_TABLES, summary

if TYPE_CHECKING:
    from reader.store.structure import StructurePart

PART_LENGTH = 1 << 16
"""Code points of a part of a text: small enough to write many texts while others wait, few enough to read fast."""


@dataclass(frozen=True, slots=True)
class TextVersion:
    """Where a text comes from: reader and versions, hashes (hex) and sizes (bytes), length in code points.

    `view` says which part of a web page it is: "article" or "page", else empty.
    """

    reader: str = ""
    reader_version: int = 0
    normaliser_version: int = 0
    file_sha256: str = ""
    file_size: int = 0
    file_suffix: str = ""
    text_sha256: str = ""
    length: int = 0
    words: int = 0
    created: str = ""
    view: str = ""

    def values(self, created: str) -> tuple[str | int, ...]:
        """The columns of the row, as made at the instant `created`."""
        return (
            self.reader,
            self.reader_version,
            self.normaliser_version,
            self.file_sha256,
            self.file_size,
            self.file_suffix,
            self.text_sha256,
            self.length,
            self.words,
            created,
            self.view,
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """One document with its text; `row_id` and `version_id` (0: no text is stored) are row ids."""

    row_id: int
    version_id: int
    summary: DocumentSummary
    document: Document
    version: TextVersion


VERSION_COLUMNS = (
    "v.reader, v.reader_version, v.normaliser_version, v.file_sha256, v.file_size, v.file_suffix, v.text_sha256, "
    "v.length, v.words, v.created, v.view"
)
VERSION_WIDTH = VERSION_COLUMNS.count(",") + 1
VERSION = (
    "INSERT INTO text_version (id, document_id, reader, reader_version, normaliser_version, file_sha256, file_size, "
    "file_suffix, text_sha256, length, words, created, view, hard_wrapped, structure, complete) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
PART = "INSERT INTO text_part (text_version_id, start_position, text) VALUES (?, ?, ?)"
STRUCTURE_PART = (
    "INSERT INTO structure_part (text_version_id, start_position, block_count, span_count, blocks, spans) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
ASSET = (
    "INSERT INTO asset (text_version_id, name, media_type, alt, source, data) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)


def insert_version(
    connection: Connection,
    document_id: int,
    version: TextVersion,
    *,
    structure: str = "",
    hard_wrapped: bool = False,
) -> int:
    """Insert a version without its text, not complete yet; its row id."""
    row = (None, document_id, *version.values(version.created), hard_wrapped, structure, 0)
    version_id = connection.execute(VERSION, row).lastrowid
    assert version_id is not None
    return version_id


def parts_of(text: str, passages: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """`text` cut into parts of about PART_LENGTH at the borders of passages: start and text of each."""
    start = 0
    for _, end in passages:
        if end - start >= PART_LENGTH:
            yield start, text[start:end]
            start = end
    if start < len(text):
        yield start, text[start:]


def insert_parts(connection: Connection, version_id: int, parts: Iterable[tuple[int, str]]) -> None:
    """Insert parts of a text."""
    connection.executemany(PART, [(version_id, start, text) for start, text in parts])


def insert_structure(connection: Connection, version_id: int, parts: "Iterable[StructurePart]") -> None:
    """Insert parts of a structure."""
    connection.executemany(
        STRUCTURE_PART,
        [(version_id, part.start, part.block_count, part.span_count, part.blocks, part.spans) for part in parts],
    )


def asset_values(version_id: int, asset: Asset) -> tuple[int, str, str, str, str, bytes]:
    """The row of a picture."""
    return version_id, clean(asset.name), asset.media_type, clean(asset.alt), clean(asset.source), asset.data


def insert_assets(connection: Connection, version_id: int, assets: Iterable[Asset]) -> None:
    """Insert the pictures of a text."""
    connection.executemany(ASSET, [asset_values(version_id, asset) for asset in assets])


def text_of(store: Store, version_id: int) -> str:
    """The canonical text of a version; empty when none is stored."""
    sql = "SELECT text FROM text_part WHERE text_version_id = ? ORDER BY start_position"
    parts = store.rows(sql, (version_id,))
    return parts[0][0] if len(parts) == 1 else "".join([part[0] for part in parts])


def present_text(store: Store, document_id: int) -> str:
    """The canonical text that a document shows now; empty when none is stored."""
    row = store.row("SELECT text_version_id FROM document WHERE id = ?", (document_id,))
    return text_of(store, row[0]) if row and row[0] else ""


def stretch(store: Store, uid: str, start: int, end: int) -> str:
    """`text[start:end]` of the text that a document shows, without reading the others of its parts."""
    parts = store.rows(
        "SELECT p.start_position, p.text FROM document AS d JOIN text_part AS p "
        "ON p.text_version_id = d.text_version_id WHERE d.uid = ?1 AND p.start_position < ?3 "
        "AND p.start_position >= (SELECT coalesce(max(q.start_position), 0) FROM text_part AS q "
        "WHERE q.text_version_id = d.text_version_id AND q.start_position <= ?2) ORDER BY p.start_position",
        (uid, start, end),
    )
    first = parts[0][0] if parts else 0
    return "".join([part[1] for part in parts])[start - first : end - first]


def load(store: Store, uid: str) -> Loaded | None:
    """A visible document with its text and structure, its pictures without their data."""
    sql = (
        f"SELECT {VERSION_COLUMNS}, {DOCUMENT_COLUMNS}, v.id * v.complete, v.structure, v.hard_wrapped "
        f"FROM {DOCUMENT_TABLES} WHERE d.uid = ? AND d.visible = 1"
    )
    row = store.row(sql, (uid,))
    if row is None:
        return None
    version_id, structure, hard_wrapped = row[-3:]
    about = summary(row[VERSION_WIDTH:-3])
    text = text_of(store, version_id) if version_id else ""
    document = _document(store, version_id, text, structure, about.metadata, hard_wrapped=bool(hard_wrapped))
    version = TextVersion(*row[:VERSION_WIDTH]) if version_id else TextVersion()
    return Loaded(row[VERSION_WIDTH], version_id or 0, about, document, version)


def structured(store: Store, version_id: int, text: str) -> Document:
    """The text of a version with its structure, without details. Raises LibraryDamaged when that is no structure."""
    structure, hard_wrapped = store.row("SELECT structure, hard_wrapped FROM text_version WHERE id = ?", (version_id,))
    return _document(store, version_id, text, structure, Metadata(), hard_wrapped=bool(hard_wrapped))


def _document(
    store: Store, version_id: int | None, text: str, structure: str | None, metadata: Metadata, *, hard_wrapped: bool
) -> Document:
    plain = Document(text, metadata=metadata, hard_wrapped=hard_wrapped)
    if not structure:
        return plain
    from reader.store.structure import Structure, StructurePart, decode

    sql = (
        "SELECT start_position, block_count, span_count, blocks, spans FROM structure_part "
        "WHERE text_version_id = ? ORDER BY start_position"
    )
    parts = [StructurePart(*row) for row in store.rows(sql, (version_id,))]
    sql = "SELECT name, media_type, alt, source FROM asset WHERE text_version_id = ? ORDER BY id"
    assets = tuple(Asset(name, kind, b"", alt, source) for name, kind, alt, source in store.rows(sql, (version_id,)))
    return replace(decode(Structure(structure, parts), plain), assets=assets)


def asset_data(store: Store, uid: str, name: str) -> bytes:
    """The bytes of a picture; empty when it is remote or unknown."""
    row = store.row(
        "SELECT a.data FROM document AS d JOIN asset AS a ON a.text_version_id = d.text_version_id "
        "WHERE d.uid = ? AND a.name = ?",
        (uid, name),
    )
    return row[0] if row else b""


def file_of(store: Store, uid: str) -> tuple[str, str, int] | None:
    """Sha256 (hex), suffix (".md") and size in bytes of the file that a document's present text was read from."""
    return store.row(
        "SELECT v.file_sha256, v.file_suffix, v.file_size FROM document AS d "
        "JOIN text_version AS v ON v.id = d.text_version_id WHERE d.uid = ?",
        (uid,),
    )


def shown_version(store: Store, uid: str) -> TextVersion | None:
    """Where the text comes from that a visible document shows; None when there is none."""
    sql = (
        f"SELECT {VERSION_COLUMNS} FROM document AS d JOIN text_version AS v ON v.id = d.text_version_id "
        "WHERE d.uid = ? AND d.visible = 1 AND v.complete"
    )
    row = store.row(sql, (uid,))
    return TextVersion(*row) if row else None


def view_of(store: Store, document_id: int) -> str:
    """Which part of a web page a document shows, or is known to have shown where its text is; empty if it is none."""
    row = store.row(
        "SELECT v.view FROM document AS d JOIN text_version AS v ON v.id = d.text_version_id WHERE d.id = ?",
        (document_id,),
    )
    return row[0] if row else ""


def set_view(connection: Connection, version_id: int, view: str) -> None:
    """Say which part of a web page a version is; empty when the page has no parts."""
    connection.execute("UPDATE text_version SET view = ? WHERE id = ?", (view, version_id))


def version_like(store: Store, document_id: int, version: TextVersion) -> int | None:
    """The complete version that this reader made of this file in this view, rather one that was not given up.

    A later one comes first: that is the one with corrections. None when there is none.
    """
    row = store.row(
        "SELECT id FROM text_version WHERE document_id = ? AND file_sha256 = ? AND reader = ? AND reader_version = ? "
        "AND normaliser_version = ? AND view = ? AND complete ORDER BY dropped <> '', id DESC LIMIT 1",
        (
            document_id,
            version.file_sha256,
            version.reader,
            version.reader_version,
            version.normaliser_version,
            version.view,
        ),
    )
    return row[0] if row else None


def other_views(store: Store, document_id: int, version: TextVersion) -> list[int]:
    """The complete versions of the same file that are other views of it than `version`, the newest first."""
    rows = store.rows(
        "SELECT id FROM text_version WHERE document_id = ? AND file_sha256 = ? AND view NOT IN ('', ?) AND complete "
        "ORDER BY id DESC",
        (document_id, version.file_sha256, version.view),
    )
    return [row[0] for row in rows]


def former_views(store: Store, document_id: int, view: str) -> tuple[list[int], list[int]]:
    """Of the newest file that has another view than `view`: the complete versions that are others, and those of it."""
    rows = store.rows(
        "WITH known AS "
        "(SELECT id, view, file_sha256 FROM text_version WHERE document_id = ? AND view <> '' AND complete) "
        "SELECT id, view <> ? FROM known WHERE file_sha256 = "
        "(SELECT file_sha256 FROM known WHERE view <> ? ORDER BY id DESC LIMIT 1) ORDER BY id DESC",
        (document_id, view, view),
    )
    return [row_id for row_id, other in rows if other], [row_id for row_id, other in rows if not other]


def pictures_of(store: Store, document_id: int, file_sha256: str) -> dict[str, bytes]:
    """Every picture that readings of a file found, by the address under which the file names it."""
    sql = (
        "SELECT a.source, a.data FROM text_version AS v JOIN asset AS a ON a.text_version_id = v.id "
        "WHERE v.document_id = ? AND v.file_sha256 = ? AND a.source <> '' AND length(a.data) > 0 ORDER BY a.id"
    )
    return dict(store.rows(sql, (document_id, file_sha256)))


def sheets_of(store: Store, uid: str) -> tuple[Sheet, ...]:
    """The pages of fixed form of a visible document, without reading its text."""
    row = store.row(
        "SELECT json_extract(v.structure, '$.sheets') FROM document AS d JOIN text_version AS v "
        "ON v.id = d.text_version_id WHERE d.uid = ? AND d.visible = 1 AND v.complete AND v.structure <> ''",
        (uid,),
    )
    if row is None or not row[0]:
        return ()
    from reader.store.structure import decode_sheets

    return decode_sheets(row[0])


def comments_of(store: Store, uid: str) -> tuple[Comment, ...]:
    """The comments that the file of a visible document brings, without reading its text."""
    row = store.row(
        "SELECT json_extract(v.structure, '$.comments') FROM document AS d JOIN text_version AS v "
        "ON v.id = d.text_version_id WHERE d.uid = ? AND d.visible = 1 AND v.complete AND v.structure <> ''",
        (uid,),
    )
    if row is None or not row[0]:
        return ()
    from reader.store.structure import decode_comments

    return decode_comments(row[0])
