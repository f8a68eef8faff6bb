"""Many marks at once, through the store's own door for imports."""

from collections.abc import Sequence

from reader.services.library import Library
from reader.text.anchoring import describe

from reader.model.annotation import Annotation, Color


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
    raise SystemExit("set below")
