"""A copy of a PDF with marks as annotations that every viewer shows: made in the worker, in memory.

Each mark becomes highlights, underlines or rectangles with quadrilaterals, its note, author and dates, and its uid as
/NM; one that goes on over several pages has a part on each ("uid#2"). What stands there under the same name is
replaced, so that saving a copy of a copy doubles nothing.
"""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from ctypes import byref, pointer
from dataclasses import asdict, dataclass
from typing import Any

from reader.formats.errors import FormatError
from reader.formats.pdf.annotation_calls import (
    FileWrite,
    Flag,
    FormInfo,
    Quad,
    Subtype,
    WriteBlock,
    calls,
    opened,
    set_text,
    text_of,
)
from reader.formats.pdf.annotations import COLOR_KEY, KIND_KEY, ON_DOCUMENT, TAGS_KEY
from reader.formats.pdf.characters import page_text
from reader.formats.pdf.colors import RGB
from reader.formats.pdf.dates import pdf_instant
from reader.formats.pdf.file import Frame, Page, PdfFile
from reader.formats.pdf.glyphs import page_glyphs
from reader.formats.pdf.pdfium import Rect
from reader.formats.request import Limits
from reader.formats.worker.frames import Message
from reader.formats.worker.job import Job
from reader.model.annotation import Color, PageRect, Style
from reader.text.page_rects import PageGlyphs, rects_of

_FUNCTION = "reader.formats.pdf.writing:answer"
_WHOLE = 2
"""Written anew as a whole: files whose cross references are streams are broken by an increment."""
_FORM_VERSION = 2
_LINE_WIDTH = 1.5
_NOTE = (18.0, 18.0, 38.0, 38.0)
"""Where a note on the whole document is put on the first page: left, top, right and bottom in points."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Part:
    """What of a mark is on one page: `start` and `end` count from the beginning of its text, `words` are what should
    stand there; `rects` are where it was seen, for when other words do."""

    page: int
    start: int
    end: int
    words: str
    rects: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A mark on its way into the file; times are UTC instants. `replaces` names annotations that it stands for.

    Without parts it is a note on the whole document.
    """

    uid: str
    style: str
    color: str
    note: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""
    tags: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


def job_of(data: bytes, name: str, marks: Iterable[Written], limits: Limits, password: str = "") -> Job:
    """The job of writing marks into a copy of a file, whose answer holds the copy as its only frame."""
    header = {"name": name, "marks": [asdict(mark) for mark in marks], "password": password}
    return Job(_FUNCTION, name, Message(header, (data,)), limits)


def answer(header: dict[str, Any], frames: Sequence[bytes]) -> Message:
    """In the worker: the copy, and the uids of marks that have no place in it. Raises FormatError."""
    marks = [_mark(values) for values in header["marks"]]
    copy, left_out = with_marks(frames[0], header["name"], marks, header["password"])
    return Message({"left_out": left_out}, (copy,))


def with_marks(data: bytes, name: str, marks: Sequence[Written], password: str = "") -> tuple[bytes, list[str]]:
    """The bytes of a copy of the file `data` with these marks, and the uids of those that have no place in it."""
    file = PdfFile(data, name, password)
    try:
        return _written(file, name, marks)
    finally:
        file.close()


def _written(file: PdfFile, name: str, marks: Sequence[Written]) -> tuple[bytes, list[str]]:
    wanted: dict[int, list[tuple[Written, Part | None]]] = {}
    for mark in marks:
        for part in mark.parts or (None,):
            wanted.setdefault(part.page if part else 0, []).append((mark, part))
    gone = {uid for mark in marks for uid in (mark.uid, *mark.replaces)}
    pages: list[Page] = []
    counts: dict[str, int] = {}
    with _forms(file) as form:
        try:
            for number in range(file.count):
                page = file.load(number)
                if page is None:
                    continue
                pages.append(page)
                changed = _remove(page, gone)
                for mark, part in wanted.get(number, ()):
                    changed |= _add(page, mark, part, counts)
                if changed:
                    # PDFium draws what annotations look like when it shows a page, for as long as it does.
                    calls().FORM_OnAfterLoadPage(page.handle, form)
                else:
                    pages.pop().close()
            copy = _saved(file, name)
        finally:
            for page in pages:
                calls().FORM_OnBeforeClosePage(page.handle, form)
                page.close()
    return copy, [mark.uid for mark in marks if mark.uid not in counts]


@contextmanager
def _forms(file: PdfFile) -> Generator[int]:
    """Pages can be shown with their annotations; nothing that the file wants done is done."""
    info = FormInfo(version=_FORM_VERSION)
    form = calls().FPDFDOC_InitFormFillEnvironment(file.handle, byref(info))
    try:
        yield form
    finally:
        if form:
            calls().FPDFDOC_ExitFormFillEnvironment(form)


def _remove(page: Page, names: set[str]) -> bool:
    """Take annotations with these names off a page; whether there were any."""
    found = False
    for number in reversed(range(max(calls().FPDFPage_GetAnnotCount(page.handle), 0))):
        with opened(page.handle, number) as annotation:
            name = text_of(annotation, "NM").strip() if annotation else ""
        if name and (name in names or name.partition("#")[0] in names):
            found |= bool(calls().FPDFPage_RemoveAnnot(page.handle, number))
    return found


def _add(page: Page, mark: Written, part: Part | None, counts: dict[str, int]) -> bool:
    """Write what of a mark is on a page; whether it has a place there. `counts` tells how many parts each mark has."""
    boxes = _boxes(page, part) if part else [_NOTE]
    if not boxes:
        return False
    number = counts[mark.uid] = counts.get(mark.uid, 0) + 1
    subtype = _subtype(mark.style) if part else Subtype.TEXT
    annotation = calls().FPDFPage_CreateAnnot(page.handle, subtype)
    if not annotation:
        return False
    try:
        _place(annotation, page.frame, subtype, boxes)
        calls().FPDFAnnot_SetColor(annotation, 0, *RGB[Color(mark.color)], 255)
        calls().FPDFAnnot_SetBorder(annotation, 0.0, 0.0, _LINE_WIDTH)
        calls().FPDFAnnot_SetFlags(annotation, Flag.PRINT)
        for key, text in _texts(mark, number, on_document=part is None):
            if text:
                set_text(annotation, key, text)
    finally:
        calls().FPDFPage_CloseAnnot(annotation)
    return True


def _texts(mark: Written, number: int, *, on_document: bool) -> tuple[tuple[str, str], ...]:
    """What an annotation says, by its keys; only the first part of a mark has the note."""
    return (
        ("NM", mark.uid if number == 1 else f"{mark.uid}#{number}"),
        ("Contents", mark.note if number == 1 else ""),
        ("T", mark.author),
        ("CreationDate", pdf_instant(mark.created)),
        ("M", pdf_instant(mark.modified)),
        (COLOR_KEY, mark.color),
        (TAGS_KEY, "\n".join(mark.tags)),
        (KIND_KEY, ON_DOCUMENT if on_document else ""),
    )


def _subtype(style: str) -> Subtype:
    match style:
        case Style.UNDERLINE:
            return Subtype.UNDERLINE
        case Style.AREA:
            return Subtype.SQUARE
        case _:
            return Subtype.HIGHLIGHT


def _boxes(page: Page, part: Part) -> list[Box]:
    """Where a part of a mark is on its page, in points as shown: on its words, else where it was seen."""
    width, height = page.frame.size
    rects: Sequence[PageRect] = ()
    if part.words and page_text(page)[part.start : part.end] == part.words:
        boxes, _ = page_glyphs(page)
        rects = rects_of([PageGlyphs(page.number, width, height, 0, boxes)], part.start, part.end)
    places = [(rect.left, rect.top, rect.right, rect.bottom) for rect in rects] or part.rects
    return [(left * width, top * height, right * width, bottom * height) for left, top, right, bottom in places]


def _place(annotation: int, frame: Frame, subtype: Subtype, boxes: Sequence[Box]) -> None:
    """Give an annotation its rectangle, and its quadrilaterals where it marks words."""
    own = [_own(frame, box) for box in boxes]
    left, bottom = min(box[0] for box in own), min(box[1] for box in own)
    right, top = max(box[2] for box in own), max(box[3] for box in own)
    calls().FPDFAnnot_SetRect(annotation, byref(Rect(left, top, right, bottom)))
    if subtype in (Subtype.HIGHLIGHT, Subtype.UNDERLINE):
        for left, bottom, right, top in own:
            quad = Quad(left, top, right, top, left, bottom, right, bottom)
            calls().FPDFAnnot_AppendAttachmentPoints(annotation, byref(quad))


def _own(frame: Frame, box: Box) -> Box:
    """A rectangle as shown (left, top, right, bottom) in the page's own coordinates: left, bottom, right, top."""
    (x1, y1), (x2, y2) = _own_point(frame, box[0], box[1]), _own_point(frame, box[2], box[3])
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _own_point(frame: Frame, x: float, y: float) -> tuple[float, float]:
    match frame.turns % 4:
        case 1:
            return frame.left + y, frame.bottom + x
        case 2:
            return frame.right - x, frame.bottom + y
        case 3:
            return frame.right - y, frame.top - x
        case _:
            return frame.left + x, frame.top - y


def _saved(file: PdfFile, name: str) -> bytes:
    """The bytes of the file as it is now."""
    copy = bytearray()

    def write(_this: Any, data: Any, size: int) -> int:
        copy.extend(data[:size])
        return 1

    target = FileWrite(1, WriteBlock(write))
    if not calls().FPDF_SaveAsCopy(file.handle, pointer(target), _WHOLE):
        raise FormatError(f"A copy of “{name}” could not be made: the file is damaged, or does not allow it.")
    return bytes(copy)


def _mark(values: dict[str, Any]) -> Written:
    own = dict(values)
    own["tags"], own["replaces"] = tuple(values["tags"]), tuple(values["replaces"])
    own["parts"] = tuple(_part(part) for part in values["parts"])
    return Written(**own)


def _part(values: dict[str, Any]) -> Part:
    rects = tuple((left, top, right, bottom) for left, top, right, bottom in values["rects"])
    return Part(values["page"], values["start"], values["end"], values["words"], rects)
