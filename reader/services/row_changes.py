"""From recorded row changes to the one `Change` that views are told."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.library import DocumentSummary
from reader.store import annotations, documents
from reader.store.database import Store
from reader.store.replay import Touched

_Row = TypeVar("_Row", Annotation, DocumentSummary)

MANY = 2000
"""With more rows than this, views read again instead of being told each row."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows by row id."""

    annotations: dict[int, Annotation]
    documents: dict[int, DocumentSummary]


def rows_of(store: Store, touched: Touched) -> Rows | None:
    """The rows concerned as they are now; None when there are too many to list."""
    if len(touched.annotations) + len(touched.documents) > MANY:
        return None
    marks = annotations.by_id(store, sorted(touched.annotations)) if touched.annotations else {}
    concerned = touched.documents | touched.masks
    shown = documents.by_ids(store, sorted(concerned)) if concerned else {}
    return Rows(marks, shown)


def change_between(
    label: str, touched: Touched, before: Rows | None, after: Rows | None, *, all_touched: bool = False
) -> Change:
    """What came, changed and went; without rows, everything. `all_touched`: rows that look the same may have changed
    too, because of `before` only is known which rows there were."""
    if before is None or after is None:
        return Change(label, tags=touched.tags, categories=touched.categories, everything=True)
    marks, shown = (touched.annotations, touched.documents) if all_touched else ((), touched.texts)
    old = {key: found for key, found in before.documents.items() if not found.removed}
    new = {key: found for key, found in after.documents.items() if not found.removed}
    return Change(
        label,
        annotations_added=_only_in(after.annotations, before.annotations),
        annotations_updated=_differing(before.annotations, after.annotations, marks),
        annotations_removed=_only_in(before.annotations, after.annotations),
        documents_added=_only_in(new, old),
        documents_updated=_differing(old, new, shown) + _differing(_binned(before), _binned(after)),
        documents_removed=_only_in(old, new),
        masks=tuple(
            after.documents[key].uid for key in sorted(touched.masks - touched.texts) if key in after.documents
        ),
        tags=touched.tags,
        categories=touched.categories,
    )


def _binned(rows: Rows) -> dict[int, DocumentSummary]:
    return {key: found for key, found in rows.documents.items() if found.removed}


def _is_in(row: _Row, key: int, rows: dict[int, _Row]) -> bool:
    """Whether it is there: another row may have come to the row id of one that went."""
    return key in rows and rows[key].uid == row.uid


def _only_in(rows: dict[int, _Row], others: dict[int, _Row]) -> tuple[_Row, ...]:
    return tuple(row for key, row in rows.items() if not _is_in(row, key, others))


def _differing(before: dict[int, _Row], after: dict[int, _Row], anyway: Collection[int] = ()) -> tuple[_Row, ...]:
    """The rows that were there before and look different now, and those of `anyway`."""
    return tuple(
        row for key, row in after.items() if _is_in(row, key, before) and (before[key] != row or key in anyway)
    )
