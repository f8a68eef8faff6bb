"""What a library holds, by uid, in so few words that two libraries can be compared and the difference be shown."""

from dataclasses import dataclass

from reader.store.database import Store

_SHOWN = "d.visible = 1 AND d.removed = ''"
_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Overview:
    """Documents, annotations by uid and tags by key: how each is called, and a text that changes with it."""

    documents: dict[str, tuple[str, str]]
    annotations: dict[str, tuple[str, str]]
    tags: dict[str, tuple[str, str]]


def overview(store: Store) -> Overview:
    """What a library holds outside its bin."""
    documents = (
        "SELECT d.uid, d.title, json_array(d.title, d.authors, d.source, d.date, d.language, d.url, d.subtitle, "
        "d.publisher, d.contributors, d.identifiers, coalesce(v.text_sha256, ''), (SELECT group_concat(t.name, "
        "char(10)) FROM document_tag AS l JOIN tag AS t ON t.id = l.tag_id WHERE l.document_id = d.id)) "
        f"FROM document AS d LEFT JOIN text_version AS v ON v.id = d.text_version_id WHERE {_SHOWN} ORDER BY d.title"
    )
    annotations = (
        "SELECT a.uid, substr(CASE a.quote WHEN '' THEN a.note ELSE a.quote END, 1, ?), json_array(a.modified, "
        "a.start_position, a.end_position, a.state) FROM annotation AS a JOIN document AS d ON d.id = a.document_id "
        f"WHERE {_SHOWN} ORDER BY a.document_id, a.start_position, a.id"
    )
    tags = "SELECT key, name, json_array(name, color, description) FROM tag ORDER BY key"
    return Overview(
        {uid: (name, state) for uid, name, state in store.rows(documents)},
        {uid: (_line(name), state) for uid, name, state in store.rows(annotations, (_QUOTE + 1,))},
        {uid: (name, state) for uid, name, state in store.rows(tags)},
    )


def _line(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:_QUOTE]}…”" if len(words) > _QUOTE else f"“{words}”"
