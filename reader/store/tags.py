"""Tags and their links to annotations and documents."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from reader.model.library import Tag
from reader.store.database import Store
from reader.store.ids import clean
from reader.store.rows import json_array

_USES = (
    "((SELECT count(*) FROM annotation_tag WHERE tag_id = t.id) "
    "+ (SELECT count(*) FROM document_tag WHERE tag_id = t.id))"
)
_COLUMNS = f"t.uid, t.name, t.color, t.description, {_USES} AS uses"


def clean_name(name: str) -> str:
    """A tag's name as it is kept: composed, one space between words, the parts between `/` trimmed, none empty."""
    name = clean(name)
    if not name.isascii():
        from unicodedata import normalize

        name = normalize("NFC", name)
    return "/".join(part for part in (" ".join(piece.split()) for piece in name.split("/")) if part)


def key_of(name: str) -> str:
    """What makes two names the same tag: case does not."""
    key = name.casefold()
    if not key.isascii():
        from unicodedata import normalize

        key = normalize("NFC", key)
    return key


def clean_names(names: Iterable[str]) -> list[str]:
    """The names cleaned, in order, each tag once, the empty ones left out."""
    found: dict[str, str] = {}
    for name in names:
        cleaned = clean_name(name)
        if cleaned:
            found.setdefault(key_of(cleaned), cleaned)
    return list(found.values())


def ensure(connection: Connection, store: Store, name: str) -> int:
    """The row id of the tag of that (clean) name, made if there is none."""
    key = key_of(name)
    row = connection.execute("SELECT id FROM tag WHERE key = ?", (key,)).fetchone()
    if row:
        return row[0]
    insert = "INSERT INTO tag (uid, name, key) VALUES (?, ?, ?)"
    made = connection.execute(insert, (store.new_uid(), name, key)).lastrowid
    assert made is not None
    return made


def _link(connection: Connection, owner: str, owner_id: int, wanted: Sequence[int]) -> bool:
    """Make the links of one annotation or document those of `wanted`, in order; whether anything changed."""
    table, column = f"{owner}_tag", f"{owner}_id"
    select = f"SELECT tag_id FROM {table} WHERE {column} = ? ORDER BY position, id"
    have = [row[0] for row in connection.execute(select, (owner_id,))]
    if have == list(wanted):
        return False
    gone = [(owner_id, tag) for tag in have if tag not in wanted]
    connection.executemany(f"DELETE FROM {table} WHERE {column} = ? AND tag_id = ?", gone)
    connection.executemany(
        f"INSERT INTO {table} ({column}, tag_id, position) VALUES (?, ?, ?) "
        f"ON CONFLICT ({column}, tag_id) DO UPDATE SET position = excluded.position",
        [(owner_id, tag, position) for position, tag in enumerate(wanted)],
    )
    return True


def set_annotation_tags(connection: Connection, store: Store, annotation_id: int, names: Sequence[str]) -> bool:
    """Give an annotation exactly these (clean) names, in order; whether anything changed."""
    return _link(connection, "annotation", annotation_id, [ensure(connection, store, name) for name in names])


def set_document_tags(connection: Connection, store: Store, document_id: int, names: Sequence[str]) -> bool:
    """Give a document exactly these (clean) names, in order; whether anything changed."""
    return _link(connection, "document", document_id, [ensure(connection, store, name) for name in names])


def all_tags(store: Store) -> list[Tag]:
    """Every tag, by name."""
    sql = (
        "WITH used AS (SELECT tag_id, count(*) AS times FROM "
        "(SELECT tag_id FROM annotation_tag UNION ALL SELECT tag_id FROM document_tag) GROUP BY tag_id) "
        "SELECT t.uid, t.name, t.color, t.description, coalesce(used.times, 0) "
        "FROM tag AS t LEFT JOIN used ON used.tag_id = t.id ORDER BY t.key"
    )
    return [Tag(*row) for row in store.rows(sql)]


def links_at_most(store: Store) -> int:
    """No fewer than there are tags on annotations; told without counting them."""
    return store.row("SELECT coalesce(max(id), 0) FROM annotation_tag")[0]


def keys(store: Store) -> list[tuple[int, str]]:
    """Row id and key of every tag."""
    return store.rows("SELECT id, key FROM tag ORDER BY key")


def names(store: Store, uids: Iterable[str]) -> dict[str, str]:
    """The names of the tags of these uids, by uid."""
    return dict(
        store.rows("SELECT uid, name FROM tag WHERE uid IN (SELECT value FROM json_each(?))", (json_array(uids),))
    )


def uids(store: Store, ids: Sequence[int]) -> list[str]:
    """The uids of tags, in the order of the row ids given."""
    found = dict(store.rows("SELECT id, uid FROM tag WHERE id IN (SELECT value FROM json_each(?))", (json_array(ids),)))
    return [found[tag_id] for tag_id in ids]


def counts_of_levels(store: Store, members: Sequence[tuple[str, int]]) -> dict[str, int]:
    """By name, how many annotations and documents have one of the tags (row ids) that belong to it, each once."""
    sql = (
        "WITH member (level, tag_id) AS (SELECT value ->> 0, value ->> 1 FROM json_each(?)) "
        "SELECT level, count(DISTINCT owner) FROM ("
        "SELECT level, annotation_id AS owner FROM member JOIN annotation_tag USING (tag_id) "
        "UNION ALL SELECT level, -document_id FROM member JOIN document_tag USING (tag_id)) GROUP BY level"
    )
    import json

    return dict(store.rows(sql, (json.dumps(members),)))


def completions(store: Store, prefix: str, limit: int) -> list[Tag]:
    """Tags whose name, or a part of it after `/` or a space, begins with `prefix`; the most used first."""
    key = key_of(clean_name(prefix))
    pattern = key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    sql = (
        f"SELECT {_COLUMNS} FROM tag AS t WHERE t.key LIKE :head ESCAPE '\\' OR t.key LIKE :part ESCAPE '\\' "
        "OR t.key LIKE :word ESCAPE '\\' ORDER BY t.key LIKE :head ESCAPE '\\' DESC, uses DESC, t.key LIMIT :limit"
    )
    found = store.rows(sql, {"head": pattern, "part": f"%/{pattern}", "word": f"% {pattern}", "limit": limit})
    return [Tag(*row) for row in found]


def find(store: Store, name: str) -> tuple[int, str] | None:
    """Row id and name of a tag, whatever the case; None when there is no such tag."""
    return store.row("SELECT id, name FROM tag WHERE key = ?", (key_of(clean_name(name)),))


def nested(store: Store, name: str) -> dict[int, str]:
    """Row ids and names of a tag and of the tags nested in it."""
    key = key_of(clean_name(name))
    sql = "SELECT id, name FROM tag WHERE key = :key OR substr(key, 1, length(:key) + 1) = :key || '/' ORDER BY key"
    return dict(store.rows(sql, {"key": key}))


def rename(connection: Connection, tag_id: int, name: str) -> None:
    """Give a tag another (clean) name that no other tag has."""
    connection.execute("UPDATE tag SET name = ?, key = ? WHERE id = ?", (name, key_of(name), tag_id))


def merge(connection: Connection, source: int, target: int) -> None:
    """Hand everything that `source` marks to `target`, and drop `source`."""
    for owner in ("annotation", "document"):
        connection.execute(
            f"UPDATE {owner}_tag SET tag_id = :target WHERE tag_id = :source AND {owner}_id NOT IN "
            f"(SELECT {owner}_id FROM {owner}_tag WHERE tag_id = :target)",
            {"source": source, "target": target},
        )
    delete(connection, source)


def merge_counts(store: Store, source: int, target: int) -> tuple[int, int, int]:
    """What a merge would do: annotations and documents tagged anew, and how many have both tags already."""
    counts: list[tuple[int, int]] = []
    for owner in ("annotation", "document"):
        sql = (
            f"SELECT count(*), count(t.id) FROM {owner}_tag AS s LEFT JOIN {owner}_tag AS t "
            f"ON t.{owner}_id = s.{owner}_id AND t.tag_id = ? WHERE s.tag_id = ?"
        )
        counts.append(store.row(sql, (target, source)))
    (marks, marks_both), (documents, documents_both) = counts
    return marks - marks_both, documents - documents_both, marks_both + documents_both


def tagged_of(store: Store, tag_id: int, annotation_ids: Iterable[int]) -> list[int]:
    """Those of the annotations that have this very tag."""
    sql = (
        "SELECT annotation_id FROM annotation_tag WHERE tag_id = ? "
        "AND annotation_id IN (SELECT value FROM json_each(?))"
    )
    return [row[0] for row in store.rows(sql, (tag_id, json_array(annotation_ids)))]


def exchange(connection: Connection, source: int, target: int, annotation_ids: Sequence[int]) -> None:
    """Let annotations have `target` where they have `source`; one that has both keeps `target` where it stands."""
    links = [{"owner": owner, "source": source, "target": target} for owner in annotation_ids]
    connection.executemany(
        "UPDATE annotation_tag SET tag_id = :target WHERE tag_id = :source AND annotation_id = :owner "
        "AND NOT EXISTS (SELECT 1 FROM annotation_tag WHERE tag_id = :target AND annotation_id = :owner)",
        links,
    )
    connection.executemany("DELETE FROM annotation_tag WHERE tag_id = :source AND annotation_id = :owner", links)


def delete(connection: Connection, tag_id: int) -> None:
    """Drop a tag and its links."""
    connection.execute("DELETE FROM annotation_tag WHERE tag_id = ?", (tag_id,))
    connection.execute("DELETE FROM document_tag WHERE tag_id = ?", (tag_id,))
    connection.execute("DELETE FROM tag WHERE id = ?", (tag_id,))


def set_look(connection: Connection, tag_id: int, color: str | None, description: str | None) -> None:
    """Set a tag's colour and description; what is None stays."""
    connection.execute(
        "UPDATE tag SET color = coalesce(?, color), description = coalesce(?, description) WHERE id = ?",
        (color, description, tag_id),
    )


def insert_again(connection: Connection, recorded: dict[str, str]) -> int:
    """Insert a tag as the journal keeps it, by column; its row id."""
    sql = "INSERT INTO tag (uid, name, key, color, description) VALUES (:uid, :name, :key, :color, :description)"
    row_id = connection.execute(sql, recorded).lastrowid
    assert row_id is not None
    return row_id


def link_again(connection: Connection, owner: str, owner_id: int, tag_id: int, position: int) -> None:
    """Put a tag on an "annotation" or a "document" at a position among its tags, unless it is there."""
    connection.execute(
        f"INSERT INTO {owner}_tag ({owner}_id, tag_id, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (owner_id, tag_id, position),
    )
