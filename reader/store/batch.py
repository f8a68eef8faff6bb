"""Several new documents in one transaction: each table is written with one call."""

from collections.abc import Sequence
from typing import Any

from reader.model.document import Asset, Metadata
from reader.model.library import DocumentSummary
from reader.store.database import Connection
from reader.store.documents import PLACE, metadata_values
from reader.store.intake import SHOW, index_passages, next_passage
from reader.store.originals import KEEP
from reader.store.rows import summary
from reader.store.texts import ASSET, PART, VERSION, TextVersion, asset_values

_DOCUMENT = (
    "INSERT INTO document (id, uid, title, authors, source, date, language, url, subtitle, publisher, contributors, "
    "identifiers, format, added, modified, path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PASSAGE = "INSERT INTO passage (id, text_version_id, start_position, end_position) VALUES (?, ?, ?, ?)"
_SIZES = slice(9, 11)
"""Length and words in a row for VERSION."""
_LAST = "SELECT (SELECT coalesce(max(id), 0) FROM document), (SELECT coalesce(max(id), 0) FROM text_version)"


class Batch:
    """Gathers documents, hands out their row ids at once, and writes them in `write`."""

    def __init__(self, connection: Connection, now: str) -> None:
        self.connection = connection
        self._now = now
        self._document, self._version = connection.execute(_LAST).fetchone()
        self._passage = next_passage(connection)
        self._rows: dict[str, list[tuple[Any, ...]]] = {
            sql: [] for sql in (_DOCUMENT, VERSION, KEEP, PART, ASSET, _PASSAGE, SHOW, PLACE)
        }
        self._words: list[tuple[int, str]] = []

    def add_document(self, uid: str, metadata: Metadata, kind: str, place: tuple[str, int, int] | None) -> int:
        """A document; its row id. `place` is the path, size (bytes) and time (nanoseconds) of its file."""
        self._document += 1
        path = place[0] if place else ""
        details = metadata_values(metadata).values()
        self._rows[_DOCUMENT].append((self._document, uid, *details, kind, self._now, self._now, path))
        if place:
            self.add_place(self._document, place)
        return self._document

    def summary(self) -> DocumentSummary:
        """The document added last as it will be in the list, if it has no tags."""
        *details, kind, added, _, path = self._rows[_DOCUMENT][-1]
        length, words = self._rows[VERSION][-1][_SIZES]
        return summary((*details, kind, path, added, "", 0, 0.0, length, words, 0, "", None))

    def add_place(self, document_id: int, place: tuple[str, int, int]) -> None:
        """Where the file of a document of this batch was seen."""
        self._rows[PLACE].append((place[0], document_id, *place[1:]))

    def add_text(
        self,
        version: TextVersion,
        structure: str,
        parts: Sequence[tuple[int, str]],
        assets: Sequence[Asset],
        *,
        hard_wrapped: bool,
        data: bytes | None,
    ) -> None:
        """The text of the document added last; `data` is the file, if it is to be a row."""
        self._version += 1
        rows, version_id = self._rows, self._version
        rows[VERSION].append((version_id, self._document, *version.values(self._now), hard_wrapped, structure, 1))
        rows[PART] += [(version_id, start, text) for start, text in parts]
        rows[ASSET] += [asset_values(version_id, asset) for asset in assets]
        rows[SHOW].append((version_id, self._document))
        if data is not None:
            rows[KEEP].append((version.file_sha256, data))

    def add_passages(self, passages: Sequence[tuple[int, int]], words: Sequence[str]) -> None:
        """The passages of the text added last, and the words of each."""
        first, version_id = self._passage, self._version
        self._rows[_PASSAGE] += [(number, version_id, *piece) for number, piece in enumerate(passages, first)]
        self._words += enumerate(words, first)
        self._passage += len(passages)

    def write(self) -> None:
        """Write everything; the word index last, because it is flushed before any other statement."""
        for sql, rows in self._rows.items():
            if rows:
                self.connection.executemany(sql, rows)
        index_passages(self.connection, self._words)
