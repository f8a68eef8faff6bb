"""The words that the index of annotations holds."""

from reader.store.database import Store

_TABLE = "annotation_words"


def words(store: Store) -> dict[str, int]:
    """Every word of quotes, notes and tags, folded as the index is, and how many annotations have it.

    None where the library may only be read.
    """
    if store.read_only:
        # SQLite makes not even a temporary table then.
        return {}
    # Of this connection only, and nothing in the file.
    store.rows(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{_TABLE} USING fts5vocab('main', 'annotation_search', 'row')")
    return dict(store.rows(f"SELECT term, doc FROM temp.{_TABLE}"))
