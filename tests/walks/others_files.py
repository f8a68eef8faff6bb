"""Files of annotations such as other programs write them, made of what a library has."""

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

from reader.model.annotation import Annotation
from tests.interchange.qdpx_helpers import project
from tests.interchange.test_qdpx_reader import CODES, selection, source


def hypothesis(title: str, marks: Sequence[Annotation], text: str) -> bytes:
    """Rows of its API: positions count UTF-16 units, what is around a quote stands beside it."""
    rows: list[dict[str, Any]] = []
    for number, mark in enumerate(marks):
        selectors: list[dict[str, Any]] = []
        if mark.anchor:
            start = len(text[: mark.anchor.start].encode("utf-16-le")) // 2
            end = start + len(mark.anchor.exact.encode("utf-16-le")) // 2
            quote = {"exact": mark.anchor.exact, "prefix": mark.anchor.prefix, "suffix": mark.anchor.suffix}
            selectors = [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", **quote},
            ]
        uri = f"https://example.org/{title}"
        row = {
            "id": f"h{number}{mark.uid[-6:]}",
            "created": "2026-03-01T09:30:00.000000+00:00",
            "updated": "2026-03-01T09:30:00.000000+00:00",
            "user": "acct:ada@hypothes.is",
            "uri": uri,
            "text": mark.note or "said",
            "tags": list(mark.tags),
            "target": [{"source": uri, "selector": selectors}],
            "document": {"title": [title]},
        }
        rows.append(row)
    return json.dumps({"total": len(rows), "rows": rows}).encode()


def table(title: str, marks: Sequence[Annotation]) -> bytes:
    """A table with columns of its own, without positions."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Highlight", "Comment", "Labels", "Book Title", "Colour"])
    for mark in marks:
        writer.writerow([mark.quote, mark.note or "said", ", ".join(mark.tags), title, mark.color.value])
    return out.getvalue().encode()


def w3c(title: str, marks: Sequence[Annotation]) -> bytes:
    """A plain list, with words for bodies, a quote each, and no ids of ours."""
    found = [
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": f"https://example.org/anno/{mark.uid}",
            "type": "Annotation",
            "created": "2026-03-01T09:30:00Z",
            "body": [mark.note or "said", *({"purpose": "tagging", "value": tag} for tag in mark.tags)],
            "target": {
                "source": {"id": f"https://example.org/{title}", "title": title},
                "selector": {"type": "TextQuoteSelector", "exact": mark.anchor.exact, "suffix": mark.anchor.suffix},
            },
        }
        for mark in marks
        if mark.anchor
    ]
    return json.dumps(found).encode()


def qdpx(text: str, number: int) -> bytes:
    """A project with a text of its own and two passages of it."""
    length = len(text)
    inner = selection(number, 0, min(5, length)) + selection(number + 1, length // 2, length)
    return project(CODES + source(inner), {"Sources/t.txt": text.replace("\n", "\r\n").encode()})
