"""PDF files for tests: drawn with reportlab, or written object by object where a file is to be odd."""

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LINE = 14.0

Draw = Callable[[Canvas], object]


def drawn(*pages: Draw, size: tuple[float, float] = A4, **info: str) -> bytes:
    """A file with a page for each function; `info` are details such as `title`, `author`, `keywords`."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1)
    for name, value in info.items():
        getattr(canvas, f"set{name.capitalize()}")(value)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def written(*lines: str, left: float = 72.0, top: float = 72.0, size: float = 11.0, font: str = "Helvetica") -> Draw:
    """A page with lines of text below each other; an empty one leaves a gap."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, line in enumerate(lines):
            if line:
                canvas.drawString(left, canvas._pagesize[1] - top - number * LINE, line)

    return draw


def together(*parts: Draw) -> Draw:
    """Several drawings on one page."""

    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def assembled(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A file of the objects 1, 2, ...; the first is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n" % (len(content), entries) + content + b"\nendstream"


def page_of(content: bytes, page: bytes = b"/MediaBox [0 0 400 600]", *, unicode_of: Sequence[str] = ()) -> bytes:
    """A file of one page in Helvetica (/F1); `unicode_of` says what its characters "A", "B", ... mean."""
    pairs = b"".join(
        b"<%02X> <%s>\n" % (65 + at, text.encode("utf-16-be", "surrogatepass").hex().encode())
        for at, text in enumerate(unicode_of)
    )
    mapping = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end"
    ) % (len(unicode_of), pairs)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding "
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> " + page + b" >>",
        stream(content),
        font + (b"/ToUnicode 6 0 R >>" if unicode_of else b">>"),
        stream(mapping),
    )
