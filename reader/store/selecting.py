"""Annotations that meet conditions, over the whole library."""

from collections.abc import Iterator

from reader.model.annotation import Annotation
from reader.store import annotations
from reader.store.database import Store
from reader.store.tags import clean_name, key_of

_ORDER = "d.id, a.start_position, a.end_position, a.uid"


def selected(
    store: Store, *, document_uid: str | None, tag: str | None, color: str | None, match: str | None
) -> Iterator[Annotation]:
    """By document and in text order; `match` is an FTS5 expression. The bin is left out."""
    conditions, parameters = ["d.visible = 1", "d.removed = ''"], list[str]()
    if document_uid is not None:
        conditions.append("d.uid = ?")
        parameters.append(document_uid)
    if color is not None:
        conditions.append("a.color = ?")
        parameters.append(color)
    if tag is not None:
        conditions.append(
            "a.id IN (SELECT l.annotation_id FROM annotation_tag AS l JOIN tag AS t ON t.id = l.tag_id "
            "WHERE t.key = ? OR substr(t.key, 1, length(?) + 1) = ? || '/')"
        )
        parameters += [key_of(clean_name(tag))] * 3
    if match is not None:
        conditions.append("a.id IN (SELECT rowid FROM annotation_search WHERE annotation_search MATCH ?)")
        parameters.append(match)
    return annotations.iterate(store, " AND ".join(conditions), parameters, _ORDER)


def doubtful(store: Store, document_uid: str = "", *, kept: bool = False) -> Iterator[Annotation]:
    """Marks that moved or were lost, of a document or of all outside the bin whose text is there, in order.

    With `kept` those that a person has kept as lost, else the others.
    """
    which = "a.state = 'lost' AND a.reviewed <> ''" if kept else "a.state <> 'exact' AND a.reviewed = ''"
    conditions = f"d.visible = 1 AND d.removed = '' AND d.text_version_id IS NOT NULL AND {which}"
    if not document_uid:
        return annotations.iterate(store, conditions, [], _ORDER)
    return annotations.iterate(store, f"{conditions} AND d.uid = ?", [document_uid], _ORDER)
