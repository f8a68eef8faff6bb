"""Annotations that meet a filter: its conditions as SQL, the row ids found, and their order."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reader.store.database import Store
from reader.store.rows import json_array
from reader.store.search import match_expression

Column = Literal["color", "state", "style"]
Field = Literal["note", "tag", "quote"]

# Said in the negative, SQLite reads the annotations in one go, not document by document.
_HERE = "a.document_id NOT IN (SELECT id FROM document WHERE visible = 0 OR removed <> '')"
_TAGGED = (
    "a.id {negated} IN (SELECT annotation_id FROM annotation_tag WHERE tag_id IN "
    "(SELECT id FROM tag WHERE key = ? OR substr(key, 1, length(?) + 1) = ? || '/'))"
)
_FILLED: dict[Field, tuple[str, str]] = {
    "note": ("a.note <> ''", "a.note = ''"),
    "quote": ("a.quote <> ''", "a.quote = ''"),
    "tag": (
        "EXISTS (SELECT 1 FROM annotation_tag AS f WHERE f.annotation_id = a.id)",
        "NOT EXISTS (SELECT 1 FROM annotation_tag AS f WHERE f.annotation_id = a.id)",
    ),
}
_LAST = "~"
"""Comes after everything that an instant may go on with: 2026-01~ is after all of January."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words as the index holds them, the last unfinished if so marked, and the documents whose titles hold them."""

    tokens: tuple[str, ...]
    prefix: bool = False
    negated: bool = False
    documents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, as rows: everything given must hold.

    `documents`: row ids, None for all. `columns`: a column, values of it, and whether it must be none of them.
    `tags`: keys, and whether it must not be there; nested ones count. `since`, `until`: beginnings of instants, both
    included. `excluded`: row ids of annotations that are left out.
    """

    documents: tuple[int, ...] | None = None
    columns: tuple[tuple[Column, tuple[str, ...], bool], ...] = ()
    tags: tuple[tuple[str, bool], ...] = ()
    since: str = ""
    until: str = ""
    filled: tuple[tuple[Field, bool], ...] = ()
    terms: tuple[Term, ...] = ()
    excluded: tuple[int, ...] = ()


def where(wanted: Wanted) -> tuple[str, list[Any]]:
    """The condition on `annotation AS a` and its parameters; documents in the bin are left out."""
    found: list[tuple[str, list[Any]]] = [(_HERE, [])]
    if wanted.documents is not None:
        found.append(("a.document_id IN (SELECT value FROM json_each(?))", [json_array(wanted.documents)]))
    for column, values, negated in wanted.columns:
        word = "NOT IN" if negated else "IN"
        found.append((f"a.{column} {word} (SELECT value FROM json_each(?))", [json_array(values)]))
    for key, negated in wanted.tags:
        found.append((_TAGGED.format(negated="NOT" if negated else ""), [key] * 3))
    if wanted.since:
        found.append(("a.created >= ?", [wanted.since]))
    if wanted.until:
        found.append(("a.created < ?", [wanted.until + _LAST]))
    found += [(_FILLED[field][0 if filled else 1], []) for field, filled in wanted.filled]
    found += _of_terms(wanted.terms)
    if wanted.excluded:
        found.append(("a.id NOT IN (SELECT value FROM json_each(?))", [json_array(wanted.excluded)]))
    return " AND ".join(sql for sql, _ in found), [value for _, values in found for value in values]


def _of_terms(terms: Sequence[Term]) -> list[tuple[str, list[Any]]]:
    """Terms that no title has are asked of the index in one go."""
    plain = [term for term in terms if not term.negated and not term.documents]
    found: list[tuple[str, list[Any]]] = []
    if plain:
        expression = match_expression((term.tokens, term.prefix) for term in plain)
        found.append((f"a.id IN ({_MATCHING})", [expression]))
    for term in terms:
        if term in plain:
            continue
        sql = f"(a.id IN ({_MATCHING}) OR a.document_id IN (SELECT value FROM json_each(?)))"
        parameters = [match_expression([(term.tokens, term.prefix)]), json_array(term.documents)]
        found.append((f"NOT {sql}" if term.negated else sql, parameters))
    return found


_MATCHING = "SELECT rowid FROM annotation_search WHERE annotation_search MATCH ?"


def titled(store: Store, tokens: Sequence[str], prefix: bool) -> tuple[int, ...]:
    """Row ids of the documents that have these words in their title."""
    match = f"title : ({match_expression([(tokens, prefix)])})"
    sql = "SELECT rowid FROM document_search WHERE document_search MATCH ?"
    return tuple(row[0] for row in store.rows(sql, (match,)))


def ids(store: Store, wanted: Wanted) -> set[int]:
    """The row ids of the annotations found."""
    terms = wanted.terms
    if terms and wanted == Wanted(terms=terms) and not any(term.negated for term in terms):
        # Of words alone the index knows all; those in the bin go when the ids are put in order.
        plain = [term for term in terms if not term.documents]
        found = [_matching(store, plain)] if plain else []
        found += [_matching(store, [term]) | _of_documents(store, term.documents) for term in terms if term.documents]
        return set[int].intersection(*found)
    condition, parameters = where(wanted)
    return _row_ids(store, f"SELECT json_group_array(a.id) FROM annotation AS a WHERE {condition}", parameters)


def _matching(store: Store, terms: Sequence[Term]) -> set[int]:
    sql = "SELECT json_group_array(rowid) FROM annotation_search WHERE annotation_search MATCH ?"
    return _row_ids(store, sql, (match_expression((term.tokens, term.prefix) for term in terms),))


def _of_documents(store: Store, documents: Sequence[int]) -> set[int]:
    sql = "SELECT json_group_array(id) FROM annotation WHERE document_id IN (SELECT value FROM json_each(?))"
    return _row_ids(store, sql, (json_array(documents),))


def _row_ids(store: Store, sql: str, parameters: Sequence[Any]) -> set[int]:
    """One array of numbers is read in half the time that as many rows take."""
    return set(json.loads(store.row(sql, parameters)[0]))


def is_there(store: Store, tokens: Sequence[str], prefix: bool) -> bool:
    """Whether any annotation has these words, also one in the bin."""
    return store.row(f"{_MATCHING} LIMIT 1", (match_expression([(tokens, prefix)]),)) is not None


def count(store: Store, wanted: Wanted) -> int:
    """How many annotations are found."""
    if wanted == Wanted():
        sql = "SELECT coalesce(sum(annotation_count), 0) FROM document WHERE visible = 1 AND removed = ''"
        return store.row(sql)[0]
    condition, parameters = where(wanted)
    return store.row(f"SELECT count(*) FROM annotation AS a WHERE {condition}", parameters)[0]


def masked(store: Store, wanted: Wanted) -> list[int]:
    """The row ids of those found of which a mask hides a part."""
    condition, parameters = where(wanted)
    sql = (
        "SELECT DISTINCT a.id FROM mask AS m CROSS JOIN annotation AS a ON a.document_id = m.document_id "
        "AND a.start_position < m.end_position AND a.end_position > m.start_position "
        f"WHERE m.state = 'hidden' AND m.anchor_state <> 'lost' AND {condition}"
    )
    return [row[0] for row in store.rows(sql, parameters)]


def about_documents(store: Store) -> list[tuple[int, str, str, str, str, int]]:
    """Row id, uid, title, authors (one a line), source and number of annotations of each document outside the bin."""
    sql = (
        "SELECT id, uid, title, authors, source, annotation_count FROM document WHERE visible = 1 AND removed = '' "
        "ORDER BY id"
    )
    return store.rows(sql)


def in_text_order(store: Store, document_id: int, limit: int, offset: int) -> list[int]:
    """Row ids of some of a document's annotations: notes on the whole first, then in text order."""
    sql = "SELECT id FROM annotation WHERE document_id = ? ORDER BY start_position, end_position, uid LIMIT ? OFFSET ?"
    return [row[0] for row in store.rows(sql, (document_id, limit, offset))]


def by_place(store: Store) -> list[tuple[int, int]]:
    """Document and row id of every annotation, by document and in its text order."""
    sql = (
        f"SELECT a.document_id, a.id FROM annotation AS a WHERE {_HERE} "
        "ORDER BY a.document_id, a.start_position, a.end_position, a.uid"
    )
    return store.rows(sql)


def column_values(
    store: Store, column: Literal["color", "state", "created", "modified", "document_id"]
) -> list[tuple[int, Any]]:
    """The row id of every annotation, and what it has in a column."""
    return store.rows(f"SELECT a.id, a.{column} FROM annotation AS a WHERE {_HERE}")


def beginnings(store: Store, column: Literal["quote", "note"], length: int) -> list[tuple[int, str]]:
    """The row id of every annotation, and the beginning of its quote or note in code points."""
    return store.rows(f"SELECT a.id, substr(a.{column}, 1, ?) FROM annotation AS a WHERE {_HERE}", (length,))


def tag_links(store: Store) -> list[tuple[int, int]]:
    """Annotation and tag of every link, in the order of the tags on the annotation."""
    return store.rows("SELECT annotation_id, tag_id FROM annotation_tag ORDER BY annotation_id, position, id")


def tag_names(store: Store) -> dict[int, tuple[str, str]]:
    """Key and name of each tag by row id."""
    return {row[0]: (row[1], row[2]) for row in store.rows("SELECT id, key, name FROM tag")}
