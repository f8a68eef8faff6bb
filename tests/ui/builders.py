"""Invented annotations and documents for the tests of the window."""

from typing import Any

from reader.model.annotation import Anchor, Annotation, Color
from reader.model.document import Metadata
from reader.model.library import DocumentSummary


def mark(uid: str, start: int, quote: str = "a few words", **more: Any) -> Annotation:
    """An annotation on `quote` at `start`; `more` are further fields."""
    return Annotation(uid, "document", Anchor(start, start + len(quote), quote), **more)


def marks(count: int) -> list[Annotation]:
    """So many annotations in text order, of all colours, every third with a note, uids "m0000" and on."""
    colors = list(Color)
    return [
        mark(
            f"m{n:06}",
            n * 100,
            f"quote number {n} with a few words more than one line of the card can hold",
            color=colors[n % 6],
            note=f"note {n}" if n % 3 == 0 else "",
            tags=("cost",) if n % 4 == 0 else (),
        )
        for n in range(count)
    ]


def document(uid: str, title: str, **more: Any) -> DocumentSummary:
    """A document's row; `authors` and `source` go into its metadata, the rest are further fields."""
    metadata = Metadata(
        title=title, authors=more.pop("authors", ()), source=more.pop("source", ""), date=more.pop("date", "")
    )
    return DocumentSummary(uid, uid, metadata, more.pop("format", "text"), **more)
