"""From rows to the model's records."""

from collections.abc import Iterable, Sequence
from typing import Any

from reader.model.annotation import Anchor, AnchorState, Annotation, Color, PageRect, Style
from reader.model.document import Metadata
from reader.model.library import DocumentSummary
from reader.store.ids import short_id

_COLORS = {color.value: color for color in Color}
_STYLES = {style.value: style for style in Style}
_STATES = {state.value: state for state in AnchorState}
# Asking an enumeration for its member takes longer than looking a value up: once is enough.
_YELLOW, _HIGHLIGHT, _EXACT = Color.YELLOW, Style.HIGHLIGHT, AnchorState.EXACT

ANNOTATION_COLUMNS = (
    "a.id, a.uid, d.uid, a.start_position, a.end_position, a.quote, a.quote_before, a.quote_after, a.page_rects, "
    "a.color, a.style, a.note, a.created, a.modified, a.state, a.score, a.picture, a.reviewed"
)
"""What `annotation` takes, from `annotation AS a JOIN document AS d`."""

DOCUMENT_COLUMNS = (
    "d.id, d.uid, d.title, d.authors, d.source, d.date, d.language, d.url, d.subtitle, d.publisher, d.contributors, "
    "d.identifiers, d.format, d.path, d.added, d.opened, "
    "d.position, d.progress, coalesce(v.length, 0), coalesce(v.words, 0), d.annotation_count, d.removed, "
    "(SELECT group_concat(name, char(10)) FROM (SELECT t.name FROM document_tag AS dt "
    "JOIN tag AS t ON t.id = dt.tag_id WHERE dt.document_id = d.id ORDER BY dt.position, dt.id))"
)
"""What `summary` takes, from `document AS d LEFT JOIN text_version AS v`."""

DOCUMENT_TABLES = "document AS d LEFT JOIN text_version AS v ON v.id = d.text_version_id"


def json_array(values: Iterable[str | int]) -> str:
    """Values for `IN (SELECT value FROM json_each(?))`."""
    import json

    return json.dumps(list(values))


def lines(text: str | None) -> tuple[str, ...]:
    """The lines of a column that holds one entry a line."""
    return tuple(text.split("\n")) if text else ()


def _rects(text: str) -> tuple[PageRect, ...]:
    """The rectangles of a mark; none where another program left what are no rectangles, as if nobody had looked yet."""
    import json
    from math import isfinite

    try:
        rects = tuple(PageRect(*rect) for rect in json.loads(text))
        sound = all(
            isfinite(edge) for rect in rects for edge in (rect.page, rect.left, rect.top, rect.right, rect.bottom)
        )
    except (ValueError, TypeError):
        return ()
    return rects if sound else ()


def rects_text(rects: Sequence[PageRect]) -> str:
    """Page rectangles as the column holds them: JSON arrays of page, left, top, right, bottom; empty when none."""
    if not rects:
        return ""
    import json

    return json.dumps([[r.page, r.left, r.top, r.right, r.bottom] for r in rects])


def annotation(row: Sequence[Any], tags: tuple[str, ...]) -> Annotation:
    """The annotation of a row of ANNOTATION_COLUMNS; `tags` are its names in order.

    A place that is none makes it a lost one: whatever another program wrote hides no other mark, and its words stay.
    """
    (
        _, uid, document, start, end, quote, before, after, rects, color, style, note, created, modified, state, score,
        picture, reviewed,
    ) = row  # fmt: skip
    if start is not None and (end is None or not 0 <= start <= end):
        start, state, score = max(start, 0), AnchorState.LOST.value, 0.0
        end = start + len(quote)
    anchor = None if start is None else Anchor(start, end, quote, before, after, _rects(rects) if rects else ())
    return Annotation(
        uid,
        document,
        anchor,
        _COLORS.get(color, _YELLOW),
        _STYLES.get(style, _HIGHLIGHT),
        note,
        tags,
        created,
        modified,
        _STATES.get(state, _EXACT),
        score,
        picture,
        reviewed,
    )


_RECORDED = (
    "start_position", "end_position", "quote", "quote_before", "quote_after", "page_rects", "color", "style", "note",
    "created", "modified", "state", "score", "picture", "reviewed",
)  # fmt: skip


def annotation_of(row_id: int, recorded: dict[str, Any], document_uid: str, tags: tuple[str, ...]) -> Annotation:
    """The annotation of a row as the journal keeps it, by column."""
    return annotation((row_id, recorded["uid"], document_uid, *(recorded[name] for name in _RECORDED)), tags)


_DETAILS = (
    "title", "authors", "source", "date", "language", "url", "subtitle", "publisher", "contributors", "identifiers",
)  # fmt: skip


def summary_of(recorded: dict[str, Any]) -> DocumentSummary:
    """The document of a row as the journal keeps it, by column: what it was called, no more."""
    uid, details = recorded["uid"], metadata_of([recorded[name] for name in _DETAILS])
    return DocumentSummary(uid, short_id(uid), details, recorded["format"], removed=recorded["removed"])


def metadata_of(row: Sequence[str]) -> Metadata:
    """The details of a document from title, authors, source, date, language, url, subtitle, publisher, contributors
    and identifiers."""
    title, authors, source, date, language, url, subtitle, publisher, contributors, identifiers = row
    return Metadata(
        title, lines(authors), source, date, language, url, (), subtitle, publisher, lines(contributors),
        lines(identifiers),
    )  # fmt: skip


def summary(row: Sequence[Any]) -> DocumentSummary:
    """The document of a row of DOCUMENT_COLUMNS."""
    kind, path, added, opened, position, progress, length, words, count, removed, tags = row[12:]
    uid, metadata = row[1], metadata_of(row[2:12])
    return DocumentSummary(
        uid, short_id(uid), metadata, kind, path, added, opened, position, progress, length, words, count, removed,
        lines(tags),
    )  # fmt: skip
