"""A REFI-QDA project (.qdpx), outwards: a ZIP archive of the texts, and of the XML with codes, marks and notes.

Positions count code points of the text that is in the archive, from 0, ends exclusive. What has no place in a text (a
note on all of it, an area of a page, a lost mark) is a note of its source.
"""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO
from xml.etree.ElementTree import Element, tostring
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reader.interchange.codebook_qdc import put_codes, writable
from reader.interchange.outgoing import Mark, Outgoing
from reader.interchange.qdpx_terms import (
    AREA,
    CATEGORIES,
    CATEGORY_GUIDS,
    FOLDER,
    FORMAT,
    INTERNAL,
    METADATA,
    NAMESPACE,
    NOT_FOUND,
    NOTE,
    ORIGIN,
    PROJECT,
    TEXT_LENGTH,
    TEXT_SHA256,
    USER,
    guid,
)
from reader.interchange.records import DocumentRecord
from reader.interchange.w3c_terms import COLORS
from reader.model.annotation import AnchorState, Annotation, Style
from reader.model.codebook import Code
from reader.text.joining import joined

_IN_MEMORY = 1 << 24
"""Bytes of a file in the making that are kept in memory."""
_CHUNK = 1 << 18
_NAME_LENGTH = 200
"""Code points of a passage that a selection is called by."""
_VARIABLES = (*METADATA, FORMAT, TEXT_SHA256, TEXT_LENGTH)


def pieces(outgoing: Outgoing) -> Iterator[bytes]:
    """The bytes of the archive; empty ones until it is made, so that whoever asks can stop."""
    with SpooledTemporaryFile(_IN_MEMORY) as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive, _Project(outgoing) as project:
            yield from project.sources(archive)
            with archive.open(_entry(PROJECT), "w", force_zip64=True) as written:
                for text in project.text():
                    written.write(text.encode())
                    yield b""
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _entry(name: str) -> ZipInfo:
    """A file in the archive without a time of its own, so that the same export has the same bytes."""
    made = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    made.compress_type = ZIP_DEFLATED
    made.external_attr = 0o644 << 16
    return made


class _Project:
    """The XML in the making: sources and notes are kept aside, since they are met together and stand apart."""

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing = outgoing
        self._tags = {tag.name: tag.uid or guid("tag", tag.name) for tag in outgoing.snapshot.tags}
        self._sources, self._notes = _spool(), _spool()
        self._marks = 0

    def __enter__(self) -> "_Project":
        return self

    def __exit__(self, *_error: object) -> None:
        self._sources.close()
        self._notes.close()

    def sources(self, archive: ZipFile) -> Iterator[bytes]:
        """Put the texts into the archive, and what is marked in them aside."""
        marked = self._outgoing.by_document()
        uid, marks = _next(marked)
        for record in self._outgoing.snapshot.documents:
            own: list[Mark] = []
            if record.uid == uid:
                own = marks
                uid, marks = _next(marked)
            text = self._outgoing.text(record.uid)
            archive.writestr(_entry(f"{FOLDER}/{record.uid}.txt"), text.encode())
            yield b""
            for piece in self._source(record, text, own):
                self._sources.write(piece)
                yield b""

    def text(self) -> Iterator[str]:
        """The XML, once the sources are through."""
        when = _attributes(creationDateTime=self._outgoing.exported)
        documents = self._outgoing.snapshot.documents
        name = documents[0].metadata.title if len(documents) == 1 else ORIGIN
        yield (
            f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="{NAMESPACE}"{_named(name)} '
            f'origin="{ORIGIN}" creatingUserGUID="{USER}"{when}>\n'
            f'<Users><User guid="{USER}" name="{ORIGIN}"/></Users>\n<CodeBook>{self._codes()}</CodeBook>\n<Variables>\n'
        )
        for name in _VARIABLES:
            kind = "Integer" if name == TEXT_LENGTH else "Text"
            yield f'<Variable guid="{guid("variable", name)}" name="{name}" typeOfVariable="{kind}"/>\n'
        yield "</Variables>\n"
        yield from _inside("Sources", self._sources)
        yield from _inside("Notes", self._notes)
        yield (
            f"<Description>{len(documents)} sources, {self._marks} marks. Positions count Unicode code points from 0, "
            "ends exclusive.</Description>\n</Project>\n"
        )

    def _codes(self) -> str:
        tree = Element("Codes")
        known = {tag.name: tag for tag in self._outgoing.snapshot.tags}
        put_codes(
            tree,
            [
                Code(name, known[name].color, known[name].description, uid) if name in known else Code(name, uid=uid)
                for name, uid in self._tags.items()
            ],
        )
        folder = Element("Code", {"guid": CATEGORIES, "name": "Categories", "isCodable": "false"})
        for color, name in self._outgoing.snapshot.categories.items():
            about = {"guid": CATEGORY_GUIDS[color], "name": writable(name), "isCodable": "true"}
            folder.append(Element("Code", {**about, "color": COLORS[color]}))
        tree.append(folder)
        return tostring(tree, "unicode")

    def _source(self, record: DocumentRecord, text: str, marks: list[Mark]) -> Iterator[str]:
        """The element of a document, piece by piece; its notes are put aside."""
        title = _named(record.metadata.title)
        path = f"{INTERNAL}{record.uid}.txt"
        yield f'<TextSource guid="{record.uid}"{title} plainTextPath="{path}" creatingUser="{USER}">\n'
        about: list[str] = []
        for mark in marks:
            self._marks += 1
            if _stands(mark.annotation, text):
                yield self._selection(mark.annotation, text)
            else:
                about.append(mark.annotation.uid)
                self._notes.write(self._whole_note(mark))
        for name in dict.fromkeys(record.tags):
            yield self._coding(record.uid, self._tag(name), "")
        for uid in about:
            yield f'<NoteRef targetGUID="{uid}"/>\n'
        for name, value in _values(record):
            kind = "IntegerValue" if name == TEXT_LENGTH else "TextValue"
            yield (
                f'<VariableValue><VariableRef targetGUID="{guid("variable", name)}"/>'
                f"<{kind}>{escape(writable(value))}</{kind}></VariableValue>\n"
            )
        yield "</TextSource>\n"

    def _selection(self, mark: Annotation, text: str) -> str:
        start, end = (mark.anchor.start, mark.anchor.end) if mark.anchor else (0, 0)
        named = _named(_short(text[start:end]))
        note = ""
        if mark.note:
            uid = guid("note", mark.uid)
            note = f'<NoteRef targetGUID="{uid}"/>'
            self._notes.write(_note(uid, NOTE, mark, "", ""))
        where = f'startPosition="{start}" endPosition="{end}"'
        return (
            f'<PlainTextSelection guid="{mark.uid}"{named} {where}{_times(mark)}>{self._codings(mark)}{note}'
            "</PlainTextSelection>\n"
        )

    def _whole_note(self, mark: Mark) -> str:
        """What has no place in the text, as a note with its quote or with where it was."""
        annotation = mark.annotation
        name, told = NOT_FOUND if annotation.anchor else NOTE, annotation.quote
        if annotation.style is Style.AREA:
            name, told = AREA, f"An area of page {mark.page}" if mark.page else "An area of a page"
        return _note(annotation.uid, name, annotation, told, self._codings(annotation))

    def _codings(self, mark: Annotation) -> str:
        codes = [CATEGORY_GUIDS[mark.color], *(self._tag(name) for name in dict.fromkeys(mark.tags))]
        return "".join(self._coding(mark.uid, code, mark.created) for code in codes)

    def _coding(self, owner: str, code: str, created: str) -> str:
        when = _attributes(creationDateTime=created)
        return (
            f'<Coding guid="{guid("coding", owner + code)}" creatingUser="{USER}"{when}>'
            f'<CodeRef targetGUID="{code}"/></Coding>'
        )

    def _tag(self, name: str) -> str:
        return self._tags.setdefault(name, guid("tag", name))


def _spool() -> IO[str]:
    return SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n")


def _inside(name: str, spool: IO[str]) -> Iterator[str]:
    """The element with what was put aside; none where nothing was, since the standard has no empty ones."""
    if not spool.tell():
        return
    spool.seek(0)
    yield f"<{name}>\n"
    while text := spool.read(_CHUNK):
        yield text
    yield f"</{name}>\n"


def _next(marked: Iterator[tuple[DocumentRecord, list[Mark]]]) -> tuple[str, list[Mark]]:
    for record, marks in marked:
        return record.uid, marks
    return "", []


def _stands(mark: Annotation, text: str) -> bool:
    anchor = mark.anchor
    if anchor is None or mark.state is AnchorState.LOST or mark.style is Style.AREA:
        return False
    return 0 <= anchor.start < anchor.end <= len(text)


def _short(words: str) -> str:
    line = joined(words[: 2 * _NAME_LENGTH])
    return line if len(line) <= _NAME_LENGTH else f"{line[: _NAME_LENGTH - 1]}…"


def _named(name: str) -> str:
    return f" name={quoteattr(writable(name))}"


def _note(uid: str, name: str, mark: Annotation, told: str, codings: str) -> str:
    about = f"<Description>{escape(writable(told))}</Description>" if told else ""
    content = f"<PlainTextContent>{escape(writable(mark.note))}</PlainTextContent>"
    return f'<Note guid="{uid}" name="{name}"{_times(mark)}>{about}{content}{codings}</Note>\n'


def _times(mark: Annotation) -> str:
    created, modified = _attributes(creationDateTime=mark.created), _attributes(modifiedDateTime=mark.modified)
    return f' creatingUser="{USER}"{created} modifyingUser="{USER}"{modified}'


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{value}"' for name, value in values.items() if value)


def _values(record: DocumentRecord) -> Iterator[tuple[str, str]]:
    for name, value in METADATA.items():
        if told := value(record.metadata):
            yield name, told
    yield FORMAT, record.format
    if record.text:
        yield TEXT_SHA256, record.text.sha256
        yield TEXT_LENGTH, str(record.text.length)
