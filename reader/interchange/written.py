"""The records of files that this program wrote to be read by people: enough to verify them, too little to import."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reader.interchange.records import DocumentRecord, Parsed, TextFacts, Where
from reader.interchange.table import OFFSET_UNIT
from reader.model.annotation import Anchor, Annotation
from reader.model.document import Metadata

_UNKNOWN = "text"
"""What such a file says of a document's format: nothing."""


@dataclass(frozen=True, slots=True)
class Section:
    """What a file says of one document.

    `sha256` is that of the text which the quotes are from, empty where it is not said; `count` how many marks it says
    it has; `marks` are uids and quotes (empty for what has none), `starts` their positions in code points by uid.
    `is_short`: what ends it is missing.
    """

    uid: str
    title: str
    sha256: str
    count: int | None
    marks: tuple[tuple[str, str], ...]
    starts: Mapping[str, int] = field(default_factory=dict[str, int])
    is_short: bool = False


def parsed(form: str, sections: Sequence[Section], gone: Iterable[str] = ()) -> Parsed:
    """The records of a file in that form; `gone` are titles of documents that it says are in it and are not."""
    marks = {uid: _mark(uid, section, words) for section in sections for uid, words in section.marks}
    starts = {uid: start for section in sections for uid, start in section.starts.items()}
    problems = [f"“{title}”: the file says that this is in it, and it is not; it was cut off" for title in gone]
    return Parsed(
        documents=tuple(_document(section) for section in sections),
        annotations=tuple(marks.values()),
        problems=(*problems, *(said for section in sections if (said := _fault(section)))),
        form=form,
        foreign=True,
        placeless=frozenset(uid for uid, mark in marks.items() if mark.anchor),
        where={uid: Where((start,), unit=OFFSET_UNIT) for uid, start in starts.items()},
    )


def _document(section: Section) -> DocumentRecord:
    text = TextFacts(section.sha256, 0, "", 0, 0) if section.sha256 else None
    return DocumentRecord(section.uid, _UNKNOWN, Metadata(title=section.title), text=text)


def _mark(uid: str, section: Section, words: str) -> Annotation:
    words = words.strip()
    return Annotation(uid, section.uid, Anchor(0, len(words), words) if words else None)


def _fault(section: Section) -> str:
    """What of a section is not as it says itself; empty when nothing is."""
    here = len(section.marks)
    if section.count is not None and section.count != here:
        why = "it was cut off, or some were taken out" if here < section.count else "some were put in"
        return f"“{section.title}”: the file says that it has {section.count:,} annotations and has {here:,}; {why}"
    return f"“{section.title}”: the end of the file is missing; it was cut off" if section.is_short else ""
