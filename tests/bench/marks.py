"""Many marks at once, through the store's own door for imports."""

from collections.abc import Sequence

from reader.model.annotation import Annotation, Color
from reader.model.library import Tag
from reader.services.library import Library
from reader.text.anchoring import describe


def annotations(uid: str, text: str, spans: Sequence[tuple[int, int, Color]]) -> list[Annotation]:
    """One annotation for each (start, end, color), with uids and times that differ and sort."""
    return [
        Annotation(
            uid=f"00000000-0000-7000-8000-{number:012x}",
            document_uid=uid,
            anchor=describe(text, start, end),
            color=color,
            note=f"note {number}" if number % 10 == 0 else "",
            tags=("cost",) if number % 7 == 0 else (),
            created="2026-01-01T00:00:00.000Z",
            modified="2026-01-01T00:00:00.000Z",
        )
        for number, (start, end, color) in enumerate(spans)
    ]


def import_marks(library: Library, uid: str, text: str, spans: Sequence[tuple[int, int, Color]]) -> None:
    """Bring the marks in as an import would, from an export of the document with them in it."""
    from reader.interchange.passage_writer import pieces
    from reader.interchange.records import DocumentRecord, Snapshot

    summary = library.documents.get(uid)
    record = DocumentRecord(uid, summary.format, summary.metadata, (), None, None)
    marks = tuple(sorted(annotations(uid, text, spans), key=lambda a: (a.anchor.start if a.anchor else 0, a.uid)))
    snapshot = Snapshot(
        library.categories.names(), (Tag("00000000-0000-7000-8000-00000000000f", "cost"),), (record,), marks
    )
    report = library.exchange.import_file("".join(pieces(snapshot)).encode())
    assert report.added == len(marks), report.problems[:3]
