"""Where ink is on the picture that PDFium draws of a page."""

import ctypes

from reader.formats.pdf.file import PdfFile
from reader.formats.pdf.pdfium import pdfium

Edges = tuple[float, float, float, float]
_BGRX = 3
_SEEN = 24
_DARK = bytes(value < 128 for value in range(256))


class Ink:
    """A page drawn at `scale` pixels a point, without its annotations unless they are asked for.

    What is black, red or green is ink, or only what differs from the page of `instead`.
    """

    def __init__(
        self,
        data: bytes,
        number: int = 0,
        scale: float = 2.0,
        *,
        annotations: bool = False,
        instead: "bytes | None" = None,
    ) -> None:
        self._scale = scale
        self.size, self._width, blue = _drawn(data, number, scale, annotations)
        if instead is None:
            dark = blue.translate(_DARK)
        else:
            other = _drawn(instead, number, scale, annotations)[2]
            dark = bytes(abs(one - two) > _SEEN for one, two in zip(blue, other, strict=True))
        self._rows = [dark[top : top + self._width] for top in range(0, len(dark), self._width)]

    def bounds(self, within: Edges | None = None, margin: float = 0.0) -> Edges | None:
        """Left, top, right and bottom, in points, of the ink on the page or within a rectangle widened by a margin."""
        left, top, right, bottom = within or (0.0, 0.0, *self.size)
        low, high = self._at(left - margin), self._at(right + margin)
        rows = range(self._at(top - margin), min(self._at(bottom + margin), len(self._rows)))
        inked = [(number, part) for number in rows if b"\1" in (part := self._rows[number][low:high])]
        if not inked:
            return None
        across = min(part.find(1) for _, part in inked), max(part.rfind(1) for _, part in inked)
        return (
            (low + across[0]) / self._scale,
            inked[0][0] / self._scale,
            (low + across[1] + 1) / self._scale,
            (inked[-1][0] + 1) / self._scale,
        )

    def _at(self, points: float) -> int:
        return max(0, round(points * self._scale))


def _drawn(data: bytes, number: int, scale: float, annotations: bool) -> tuple[tuple[float, float], int, bytes]:
    """The page's size in points, the picture's width, and the blue of each pixel."""
    file = PdfFile(data, "a.pdf")
    with file.page(number) as page:
        assert page is not None
        size = page.frame.size
        width, height = (max(1, round(side * scale)) for side in size)
        pixels = (ctypes.c_ubyte * (width * height * 4))()
        library = pdfium()
        bitmap = library.FPDFBitmap_CreateEx(width, height, _BGRX, pixels, width * 4)
        library.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        library.FPDF_RenderPageBitmap(bitmap, page.handle, 0, 0, width, height, 0, int(annotations))
        library.FPDFBitmap_Destroy(bitmap)
    file.close()
    return size, width, bytes(pixels)[0::4]
