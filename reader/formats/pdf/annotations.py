"""Marks that other programs have left in a PDF, and those that this one has: read as comments on the text.

Highlights, underlines, strike-outs and squiggly lines stand on the words within their quadrilaterals; notes beside
the nearest word; ink, rectangles and stamps are areas. Answers to a mark go into its text.
"""

import re
from collections.abc import Sequence
from ctypes import byref, c_uint
from dataclasses import dataclass, replace
from math import isnan

from reader.formats.pdf.annotation_calls import Flag, Quad, Subtype, calls, opened, rect_of, text_of
from reader.formats.pdf.colors import nearest_category
from reader.formats.pdf.dates import iso_instant
from reader.formats.pdf.file import Page
from reader.formats.pdf.glyphs import page_glyphs
from reader.model.annotation import Color, PageRect
from reader.model.document import Comment, CommentKind
from reader.text.page_rects import PageGlyphs, Words

COLOR_KEY, TAGS_KEY, KIND_KEY = "PassageColor", "PassageTags", "PassageKind"
"""Where this program's own marks say what no other program asks for: category, tags one a line, what they stand on."""
ON_DOCUMENT = "document"

_KINDS = {
    Subtype.TEXT: CommentKind.NOTE,
    Subtype.FREE_TEXT: CommentKind.NOTE,
    Subtype.CARET: CommentKind.NOTE,
    Subtype.HIGHLIGHT: CommentKind.HIGHLIGHT,
    Subtype.UNDERLINE: CommentKind.UNDERLINE,
    Subtype.SQUIGGLY: CommentKind.SQUIGGLY,
    Subtype.STRIKE_OUT: CommentKind.STRIKE,
    Subtype.SQUARE: CommentKind.AREA,
    Subtype.CIRCLE: CommentKind.AREA,
    Subtype.POLYGON: CommentKind.AREA,
    Subtype.STAMP: CommentKind.AREA,
    Subtype.LINE: CommentKind.INK,
    Subtype.POLYLINE: CommentKind.INK,
    Subtype.INK: CommentKind.INK,
}
_ON_WORDS = {CommentKind.HIGHLIGHT, CommentKind.UNDERLINE, CommentKind.SQUIGGLY, CommentKind.STRIKE}
_PART = re.compile(r"(?P<uid>.{36})#\d+\Z", re.DOTALL)

# What a file may have on one page before the rest is passed over.
_MOST, _MOST_QUADS, _LONGEST_NOTE = 20_000, 5_000, 200_000
_MOST_ANSWERS = 100


@dataclass(slots=True)
class _Mark:
    """An annotation as it stands on its page; `answered` is the number of the one that it answers, else -1."""

    comment: Comment
    answered: int = -1


def page_comments(page: Page, start: int) -> list[Comment]:
    """The marks on a page whose text begins at `start` of the whole text, in reading order."""
    count = min(calls().FPDFPage_GetAnnotCount(page.handle), _MOST)
    if count <= 0:
        return []
    place = _Places(page, start)
    found = {number: mark for number in range(count) if (mark := _mark(page, number, place))}
    _join_answers(found)
    return sorted((mark.comment for mark in found.values() if mark.answered < 0), key=lambda c: (c.start, c.end))


def whole(comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """The comments of all pages, with what this program had to write in parts, one a page, put together again."""
    found: list[Comment] = []
    place: dict[str, int] = {}
    for comment in comments:
        part = _PART.match(comment.uid)
        first = place.get(part["uid"]) if part else None
        if first is None:
            place.setdefault(comment.uid, len(found))
            found.append(comment)
            continue
        head = found[first]
        found[first] = replace(
            head,
            start=min(head.start, comment.start),
            end=max(head.end, comment.end),
            rects=head.rects + comment.rects,
        )
    return tuple(found)


def _mark(page: Page, number: int, place: "_Places") -> _Mark | None:
    with opened(page.handle, number) as annotation:
        kind = _KINDS.get(calls().FPDFAnnot_GetSubtype(annotation)) if annotation else None
        if not annotation or kind is None or calls().FPDFAnnot_GetFlags(annotation) & (Flag.HIDDEN | Flag.NO_VIEW):
            return None
        if calls().FPDFAnnot_HasKey(annotation, b"StateModel"):
            return None  # somebody's tick on somebody's remark
        rects = place.rects(annotation)
        if not rects:
            return None
        if text_of(annotation, KIND_KEY) == ON_DOCUMENT:
            start, end, rects = 0, 0, ()
        else:
            start, end, rects = place.of(kind, rects)
        comment = Comment(
            start,
            end,
            text_of(annotation, "Contents")[:_LONGEST_NOTE],
            # Who wrote one of this program's own is told in its note, if it is.
            "" if text_of(annotation, COLOR_KEY) else " ".join(text_of(annotation, "T").split()),
            iso_instant(text_of(annotation, "CreationDate")) or iso_instant(text_of(annotation, "M")),
            kind,
            _color(annotation),
            rects,
            text_of(annotation, "NM").strip(),
            tuple(filter(None, text_of(annotation, TAGS_KEY).split("\n"))),
        )
        return _Mark(comment, _answered(page, annotation) if kind is CommentKind.NOTE else -1)


def _answered(page: Page, annotation: int) -> int:
    """The number of the annotation that this one answers; -1 when it does not."""
    other = calls().FPDFAnnot_GetLinkedAnnot(annotation, b"IRT")
    if not other:
        return -1
    try:
        return calls().FPDFPage_GetAnnotIndex(page.handle, other)
    finally:
        calls().FPDFPage_CloseAnnot(other)


def _join_answers(marks: dict[int, _Mark]) -> None:
    """Put what answers a mark below its text, with who said so; an answer to nothing is a mark of its own."""
    for number, mark in marks.items():
        root = number
        for _ in range(_MOST_ANSWERS):
            if marks[root].answered not in marks:
                break
            root = marks[root].answered
        else:
            root = number  # they answer each other
        if root == number:
            mark.answered = -1
            continue
        said = f"{mark.comment.author}: {mark.comment.text}" if mark.comment.author else mark.comment.text
        head = marks[root]
        if mark.comment.text:
            head.comment = replace(head.comment, text="\n\n".join(filter(None, (head.comment.text, said))))


def _color(annotation: int) -> Color | None:
    """The category nearest to its colour; None when it has none, or one without a hue."""
    own = text_of(annotation, COLOR_KEY)
    if own in set(Color):
        return Color(own)
    # PDFium tells the colour of those only that have no appearance; the file in memory is not drawn after this.
    calls().FPDFAnnot_SetAP(annotation, 0, None)
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not calls().FPDFAnnot_GetColor(annotation, 0, byref(red), byref(green), byref(blue), byref(alpha)):
        return None
    return nearest_category(red.value, green.value, blue.value)


class _Places:
    """Where annotations of one page are; its glyphs are asked for when the first of them needs words."""

    def __init__(self, page: Page, start: int) -> None:
        self._page, self._start = page, start
        self._words: Words | None = None

    def rects(self, annotation: int) -> tuple[PageRect, ...]:
        """The quadrilaterals of an annotation as rectangles, else its rectangle; none when it is off the page."""
        count = min(calls().FPDFAnnot_CountAttachmentPoints(annotation), _MOST_QUADS)
        found = [rect for number in range(count) if (rect := self._quad(annotation, number))]
        if not found and (rect := self._rect(*rect_of(annotation))):
            found = [rect]
        return tuple(found)

    def of(self, kind: CommentKind, rects: tuple[PageRect, ...]) -> tuple[int, int, tuple[PageRect, ...]]:
        """The stretch of the text that a mark stands on, and its rectangles: those of words where it has words."""
        words = self._known()
        if kind in _ON_WORDS and (stretch := words.stretch(rects)):
            return *stretch, rects
        at = words.nearest(rects[0])
        return at, at, rects

    def _known(self) -> Words:
        if self._words is None:
            width, height = self._page.frame.size
            boxes, _ = page_glyphs(self._page)
            self._words = Words(PageGlyphs(self._page.number, width, height, self._start, boxes))
        return self._words

    def _quad(self, annotation: int, number: int) -> PageRect | None:
        quad = Quad()
        if not calls().FPDFAnnot_GetAttachmentPoints(annotation, number, byref(quad)):
            return None
        xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
        return self._rect(min(xs), min(ys), max(xs), max(ys))

    def _rect(self, left: float, bottom: float, right: float, top: float) -> PageRect | None:
        """A rectangle of the page's own coordinates as fractions of what is shown; None when nothing of it is."""
        frame = self._page.frame
        width, height = frame.size
        if width <= 0 or height <= 0:
            return None
        edges = frame.shown_rect(left, bottom, right, top)
        parts = [_part(edge, size) for edge, size in zip(edges, (width, height, width, height), strict=True)]
        return PageRect(self._page.number, *parts) if parts[0] < parts[2] and parts[1] < parts[3] else None


def _part(value: float, size: float) -> float:
    """A length as a part of a size, 0 to 1; what is no number is 0."""
    return 0.0 if isnan(value) else round(min(max(value / size, 0.0), 1.0), 6)
