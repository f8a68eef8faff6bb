"""What the annotations that meet a filter are: read in one go, to be counted by whoever asks."""

from reader.store.database import Store
from reader.store.filtering import Wanted, where

Kind = tuple[int, int, str, str, str, str, int, int]
"""Row id, document, colour, style, state, month, whether it has a note, a quote."""


def kinds(store: Store, wanted: Wanted) -> list[Kind]:
    """The kind of each annotation. Counting them in SQL, value by value, takes several times as long."""
    condition, parameters = where(wanted)
    sql = (
        "SELECT a.id, a.document_id, a.color, a.style, a.state, substr(a.created, 1, 7), a.note <> '', a.quote <> '' "
        f"FROM annotation AS a WHERE {condition}"
    )
    return store.rows(sql, parameters)


def days(store: Store, wanted: Wanted) -> list[tuple[str, str, int]]:
    """How many annotations were made on which day (UTC), by colour."""
    condition, parameters = where(wanted)
    sql = (
        "SELECT substr(a.created, 1, 10) AS day, a.color, count(*) "
        f"FROM annotation AS a WHERE {condition} GROUP BY day, a.color"
    )
    return store.rows(sql, parameters)
