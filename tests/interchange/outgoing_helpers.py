"""Exports made of arbitrary records."""

from hypothesis import strategies as st

from reader.interchange.forms import form
from reader.interchange.outgoing import Outgoing
from reader.interchange.records import DocumentRecord, FileFacts, Snapshot, TextFacts
from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Anchor, Annotation, Color
from reader.model.contents import Contents
from reader.model.document import Metadata, OutlineEntry
from tests.interchange.strategies import snapshots

TEXT = "Costs\n\nThe dam 🌊 will cost 41 million.\n\nTime\n\nIt will be ready in 2031."
DOCUMENT = DocumentRecord(
    "01890000-0000-7000-8000-00000000000a",
    "text",
    Metadata("Minutes", ("Ada Lee", "Bo"), "The Post", "2026-01-02", "en", "https://example.org/minutes"),
    ("water",),
    FileFacts("ab" * 32, 100),
    TextFacts("cd" * 32, len(TEXT), "plain", 1, 2),
)
CONTENTS = Contents((OutlineEntry("Costs", 1, 0), OutlineEntry("Time", 1, TEXT.index("Time"))), read="2026-01-03")


def made(number: int, words: str, **how: object) -> Annotation:
    """An annotation of `words` in TEXT, on the whole document when there are none."""
    start = TEXT.index(words)
    around = (TEXT[max(start - 32, 0) : start], TEXT[start + len(words) :][:32])
    anchor = Anchor(start, start + len(words), words, *around) if words else None
    when = f"2026-02-01T10:00:{number:02}.000Z"
    values: dict[str, object] = {"created": when, "modified": when, **how}
    return Annotation(f"01890000-0000-7000-8000-{number:012x}", DOCUMENT.uid, anchor, **values)  # type: ignore[arg-type]


def outgoing(*marks: Annotation, fields: tuple[str, ...] = (), document: DocumentRecord = DOCUMENT) -> Outgoing:
    """An export of one document."""
    snapshot = Snapshot(DEFAULT_CATEGORY_NAMES, (), (document,), marks)
    return Outgoing(snapshot, len(marks), "2026-03-01T00:00:00.000Z", lambda _uid: CONTENTS, fields)


def written(name: str, out: Outgoing) -> str:
    """The whole file in that form."""
    return "".join(form(name).pieces(out))


SOME = (
    made(1, "41 million", tags=("cost/dam", "later"), note="Says who?", color=Color.ORANGE),
    made(2, "2031"),
    made(3, "", note="On all of it"),
)

OUTGOINGS = st.builds(
    lambda snapshot: Outgoing(snapshot, len(tuple(snapshot.annotations)), "2026-03-01T00:00:00.000Z"), snapshots()
)
