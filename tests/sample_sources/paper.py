"""The paper: four pages in two columns, with figures, footnotes, an outline and page labels, drawn with reportlab."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import B5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from tests.sample_sources.paper_words import ABSTRACT, AUTHORS, FOOTNOTES, SECTIONS, TITLE

NAME = "seepage-under-the-east-bank.pdf"
LABELS = ("i", "1", "2", "3")
MADE = datetime(2026, 9, 1, tzinfo=UTC)
"""When the file says that it was made."""
LINK = "https://lenn-water.example/papers/2024-14"

_WIDTH, _HEIGHT = B5
_MARGIN, _GAP, _FOOT, _HEAD = 50.0, 18.0, 56.0, 52.0
_COLUMN = (_WIDTH - 2 * _MARGIN - _GAP) / 2
_NOTES = 44.0
_BLUE, _GREY = HexColor("#3b6ea5"), HexColor("#777777")

_BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=11, leading=14.2, alignment=TA_JUSTIFY, firstLineIndent=10
)
_FIRST = ParagraphStyle("first", parent=_BODY, firstLineIndent=0)
_SECTION = ParagraphStyle("section", fontName="Helvetica-Bold", fontSize=12.5, leading=15, spaceBefore=9, spaceAfter=4)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=19, leading=23, spaceAfter=8)
_AUTHOR = ParagraphStyle("author", fontName="Times-Italic", fontSize=11, leading=14, spaceAfter=10)
_NOTE = ParagraphStyle("note", fontName="Times-Roman", fontSize=8, leading=9.6)
_CAPTION = ParagraphStyle("caption", fontName="Times-Italic", fontSize=8.6, leading=10.4, spaceBefore=3, spaceAfter=8)


class _Heading(Paragraph):
    """A heading that is named in the outline, and led to by `#section-N`."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__(f'<a name="section-{number}"/>{number}. {title}', _SECTION)
        self._entry = f"{number}. {title}", f"section-{number}"

    def draw(self) -> None:
        title, key = self._entry
        self.canv.bookmarkHorizontal(key, 0, self.height)
        self.canv.addOutlineEntry(title, key, 0)
        super().draw()


class _Figure(Flowable):
    """A drawing as wide as a column."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self.width, self.height, self._drawing = drawing.width, drawing.height, drawing

    def draw(self) -> None:
        self._drawing.drawOn(self.canv, 0, 0)


def pdf() -> bytes:
    """The file; the same bytes each time."""
    target = io.BytesIO()
    document = BaseDocTemplate(
        target, pagesize=B5, title=TITLE, author="; ".join(AUTHORS), subject="Seepage", keywords="seepage, reservoir",
        invariant=1, lang="en-GB",
    )  # fmt: skip
    document.addPageTemplates([_template("first", 1), _template("later", 2)])
    document.build(_story(), canvasmaker=_canvas)
    return target.getvalue()


def _canvas(*args: object, **kwargs: object) -> Canvas:
    kwargs["invariant"] = 1
    canvas = Canvas(*args, **kwargs)
    # Without a fixed time reportlab writes that of the run, and with `invariant` alone the first day of 2000.
    stamp = canvas._doc._timeStamp
    stamp.t, stamp.lt = MADE.timestamp(), MADE.timetuple()
    stamp.YMDhms = stamp.lt[:6]
    canvas.addPageLabel(0, "ROMAN_LOWER", 1)
    canvas.addPageLabel(1, "ARABIC", 1)
    return canvas


def _template(name: str, columns: int) -> PageTemplate:
    """Columns, with room below for footnotes."""
    low, high = _FOOT + _NOTES, _HEIGHT - _HEAD
    width = (_WIDTH - 2 * _MARGIN - (columns - 1) * _GAP) / columns
    frames = [
        Frame(_MARGIN + at * (width + _GAP), low, width, high - low, 0, 0, 0, 0, id=f"column-{at}")
        for at in range(columns)
    ]
    return PageTemplate(name, frames, onPageEnd=_furniture)


def _furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
    """The footnotes of a page under both columns, and its number."""
    canvas.saveState()
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.4)
    notes = FOOTNOTES.get(document.page, ())
    top = _FOOT + _NOTES - 12
    if notes:
        canvas.line(_MARGIN, top + 4, _MARGIN + 90, top + 4)
    for number, words in notes:
        note = Paragraph(f"<super>{number}</super> {words}", _NOTE)
        _, height = note.wrapOn(canvas, _WIDTH - 2 * _MARGIN, _NOTES)
        top -= height + 1
        note.drawOn(canvas, _MARGIN, top)
    canvas.setFont("Times-Roman", 9)
    canvas.drawCentredString(_WIDTH / 2, 36, LABELS[document.page - 1])
    canvas.restoreState()


def _story() -> list[Flowable]:
    story: list[Flowable] = [
        NextPageTemplate("later"), Paragraph(TITLE, _TITLE), Paragraph(" and ".join(AUTHORS), _AUTHOR),
        Paragraph(f"<b>Abstract.</b> {ABSTRACT}", _FIRST), Spacer(1, 24), Paragraph("Contents", _SECTION),
    ]  # fmt: skip
    for number, (title, _) in enumerate(SECTIONS, 1):
        story.append(Paragraph(f'<a href="#section-{number}" color="#1a4f8a">{number}. {title}</a>', _FIRST))
    story.append(PageBreak())
    for number, (title, parts) in enumerate(SECTIONS, 1):
        story.append(_Heading(number, title))
        first = True
        for part in parts:
            if part in _FIGURES:
                story += [Spacer(1, 6), _Figure(_FIGURES[part]()), Paragraph(part, _CAPTION)]
            else:
                story.append(Paragraph(part, _FIRST if first else _BODY))
            first = False
    return story


def _losses() -> Drawing:
    """Bars: litres a second at each of six tubes."""
    return _chart([(12, "T1"), (19, "T2"), (44, "T3"), (87, "T4"), (61, "T5"), (23, "T6")])


def _chart(bars: Sequence[tuple[float, str]]) -> Drawing:
    drawing = Drawing(_COLUMN, 120)
    drawing.add(Line(20, 18, _COLUMN, 18, strokeWidth=0.6))
    for at, (value, name) in enumerate(bars):
        left = 26 + at * 27
        drawing.add(Rect(left, 18, 20, value, fillColor=_BLUE, strokeColor=None))
        drawing.add(String(left + 4, 7, name, fontName="Helvetica", fontSize=7))
    return drawing


def _level() -> Drawing:
    """A line: the level in the tube while the pond was filled and let go."""
    drawing = Drawing(_COLUMN, 110)
    points = [10, 20, 34, 26, 58, 48, 82, 74, 106, 82, 130, 66, 154, 44, 180, 34]
    drawing.add(Rect(8, 14, _COLUMN - 10, 84, fillColor=HexColor("#f2f0ea"), strokeColor=_GREY, strokeWidth=0.4))
    drawing.add(PolyLine(points, strokeColor=_BLUE, strokeWidth=1.6))
    drawing.add(String(12, 86, "m above datum", fontName="Helvetica", fontSize=7))
    return drawing


def _plan() -> Drawing:
    """The river, its wall, the six tubes in their line, and the lane."""
    drawing = Drawing(_COLUMN, 118)
    drawing.add(Rect(0, 10, 22, 100, fillColor=HexColor("#b9d3de"), strokeColor=None))
    drawing.add(Line(26, 10, 26, 110, strokeWidth=2))
    drawing.add(Line(_COLUMN - 6, 10, _COLUMN - 6, 110, strokeColor=_GREY, strokeDashArray=[3, 2]))
    drawing.add(Rect(32, 74, 34, 28, fillColor=HexColor("#dfeaee"), strokeColor=_GREY, strokeWidth=0.4))
    drawing.add(String(37, 85, "pond", fontName="Helvetica", fontSize=7))
    for at in range(6):
        drawing.add(Circle(44 + at * 25, 46, 3, fillColor=_BLUE, strokeColor=None))
    return drawing


_FIGURES = {
    "Figure 1. Long Acre from above: river, wall, pond, the tubes T1 to T6, the lane.": _plan,
    "Figure 2. Flow found in six tubes at the fill of 2019, in litres an hour.": _losses,
    "Figure 3. Level in tube T4 while the pond was filled and let go.": _level,
}
