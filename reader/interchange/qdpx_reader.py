"""A REFI-QDA project (.qdpx), inwards: ours, and those of QualCoder, NVivo, MAXQDA, ATLAS.ti and others.

Where a mark stands is taken from the text in the project itself, so that its quote can be looked for elsewhere.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from reader.interchange.foreign import paragraphs
from reader.interchange.given import Given
from reader.interchange.json_file import InterchangeError
from reader.interchange.qdpx_archive import Package, is_one
from reader.interchange.qdpx_codes import Codes, coded_with
from reader.interchange.qdpx_sources import Selection, Source, sources
from reader.interchange.qdpx_terms import FORMAT, NOT_FOUND, ORIGIN, metadata
from reader.interchange.qdpx_xml import child, children, key, name_of, targets, times, uid, words
from reader.interchange.records import DocumentRecord, Parsed, TextFacts
from reader.interchange.watching import Watch
from reader.model.annotation import Anchor, Annotation
from reader.model.document import FORMATS
from reader.model.errors import Cancelled, ReaderError
from reader.model.hashing import sha256_of
from reader.text.anchoring import describe

_OTHER_PARTS = ("Cases", "Links", "Sets", "Graphs")


def recognises(given: Given) -> bool:
    """Whether the file is an archive with a project in it."""
    return is_one(given.data)


def read(given: Given) -> Parsed:
    """What the project holds; InterchangeError when the file is none, or one made to do harm."""
    package = Package(given.data, given.watch)
    try:
        return _Reading(package).parsed(given.watch)
    except (InterchangeError, Cancelled):
        raise
    except ReaderError as error:
        raise InterchangeError(str(error)) from None


class _Reading:
    """Takes the sources of a project one by one."""

    def __init__(self, package: Package) -> None:
        self._package, self._root = package, package.root
        self._foreign = self._root.get("origin", "") != ORIGIN
        self._notes = {key(note): note for note in children(child(self._root, "Notes"), "Note")}
        told = {known: self._said(note) for known, note in self._notes.items()}
        self._codes = Codes(self._root, told)
        self._used_notes = set(self._codes.used_notes)
        self._marks: dict[str, Annotation] = {}
        self._placeless: set[str] = set()
        self._documents: dict[str, DocumentRecord] = {}
        self._texts: dict[str, str] = {}
        self._problems: list[str] = []

    def parsed(self, watch: Watch) -> Parsed:
        """All of it."""
        for source in sources(self._root, self._package):
            watch.begin()
            self._take(source)
        return Parsed(
            self._codes.categories,
            self._codes.tags,
            tuple(sorted(self._documents.values(), key=lambda record: record.uid)),
            tuple(self._marks.values()),
            (*self._problems, *self._left_over()),
            form="qdpx",
            foreign=self._foreign,
            placeless=frozenset(self._placeless),
            texts=self._texts,
        )

    def _take(self, source: Source) -> None:
        self._problems += source.problems
        document = uid("source", source.key)
        if document in self._documents:
            self._problems.append(f"“{source.name}”: has the guid of another source in the file")
            return
        marks = [*self._selected(source, document), *self._noted(source, document)]
        if not marks and not source.text:
            return
        text = None
        if source.text:
            self._texts[document] = source.text
            text = TextFacts(sha256_of(source.text.encode()), len(source.text), "", 0, 0)
        kind = source.variables.get(FORMAT, "")
        about = metadata(source.name, source.variables if not self._foreign else {})
        tags = self._codes.names(source.coded)
        kind = kind if kind in FORMATS and not self._foreign else "text"
        self._documents[document] = DocumentRecord(document, kind, about, tags, text=text)
        for mark in marks:
            self._add(mark, source)

    def _add(self, mark: Annotation, source: Source) -> None:
        known = self._marks.get(mark.uid)
        if known is None:
            self._marks[mark.uid] = mark
        elif known != mark:
            self._problems.append(f"“{source.name}”: {mark.uid} is the guid of another mark in the file")

    def _selected(self, source: Source, document: str) -> Iterator[Annotation]:
        """The marks on passages. Others write one selection for each code: those of the same passage are one mark."""
        together: dict[tuple[int, int], Annotation] = {}
        for selection in source.selections:
            if selection.place is None:
                mark = self._mark(selection.element, document, self._anchor_of(selection))
                self._placeless.add(mark.uid)
                yield mark
                continue
            mark = self._mark(selection.element, document, describe(source.text, *selection.place))
            if not self._foreign:
                yield mark
            elif selection.place in together:
                together[selection.place] = _both(together[selection.place], mark)
            else:
                together[selection.place] = mark
        yield from together.values()

    def _anchor_of(self, selection: Selection) -> Anchor:
        return Anchor(0, len(selection.words), selection.words)

    def _noted(self, source: Source, document: str) -> Iterator[Annotation]:
        """What is noted on a source as a whole, and ours that had no place in its text."""
        for known in source.notes:
            note = self._notes.get(known)
            if note is None:
                continue
            self._used_notes.add(known)
            quote = words(note, "Description")
            if not self._foreign and name_of(note) == NOT_FOUND and quote:
                mark = self._mark(note, document, Anchor(0, len(quote), quote))
                self._placeless.add(mark.uid)
                yield replace(mark, note=self._content(note))
            elif (said := self._said(note)) or coded_with(note):
                yield replace(self._mark(note, document, None), note=said)

    def _mark(self, element: Element, document: str, anchor: Anchor | None) -> Annotation:
        """A mark without what its element says if that is a note itself."""
        noted = [*targets(element, "NoteRef")]
        noted += [known for coding in children(element, "Coding") for known in targets(coding, "NoteRef")]
        self._used_notes.update(noted)
        notes = [self._said(self._notes[known]) for known in dict.fromkeys(noted) if known in self._notes]
        coded = coded_with(element)
        created, modified = times(element)
        return Annotation(
            uid("selection", key(element) or f"{document} {element.attrib}"),
            document,
            anchor,
            color=self._codes.color(coded),
            note=paragraphs(words(element, "Description"), *notes),
            tags=self._codes.names(coded),
            created=created,
            modified=modified,
        )

    def _said(self, note: Element) -> str:
        return paragraphs(words(note, "Description"), self._content(note))

    def _content(self, note: Element) -> str:
        """The words of a note, which stand in the XML or in a file of their own."""
        from reader.interchange.qdpx_sources import decoded

        written = words(note, "PlainTextContent")
        if written or not note.get("plainTextPath"):
            return written
        return decoded(self._package.file(note.get("plainTextPath", "")) or b"")

    def _left_over(self) -> Iterator[str]:
        """What of the project has no place here."""
        loose = len(self._notes.keys() - self._used_notes)
        if loose:
            yield f"{loose:,} notes belong to no text and were left out"
        found = Counter(name for name in _OTHER_PARTS for _ in child(self._root, name) or ())
        if found:
            parts = ", ".join(f"{number:,} {name.lower()}" for name, number in found.items())
            yield f"The project also has {parts}, which have no place here and were left out"


def _both(first: Annotation, other: Annotation) -> Annotation:
    """Two marks on the same passage as one."""
    note = first.note if other.note in first.note else paragraphs(first.note, other.note)
    return replace(
        first,
        tags=tuple(dict.fromkeys((*first.tags, *other.tags))),
        note=note,
        created=min(filter(None, (first.created, other.created)), default=""),
        modified=max(first.modified, other.modified),
    )
