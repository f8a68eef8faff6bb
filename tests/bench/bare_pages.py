"""PDFium by itself, and the question whether a window shows its pages: what is loaded with both takes no time."""

import ctypes
from pathlib import Path


class Bare:
    """PDFium by itself, in this process."""

    def __init__(self, path: Path | str) -> None:
        from reader.formats.pdf.pdfium import pdfium

        self._library = pdfium()
        self._data = Path(path).read_bytes()
        self._file = self._library.FPDF_LoadMemDocument64(self._data, len(self._data), None)
        assert self._file
        self.pages: int = self._library.FPDF_GetPageCount(self._file)

    def close(self) -> None:
        self._library.FPDF_CloseDocument(self._file)

    def draw(self, number: int, scale: float) -> None:
        """Load a page and draw the whole of it."""
        library = self._library
        page = library.FPDF_LoadPage(self._file, number)
        sizes = library.FPDF_GetPageWidthF(page), library.FPDF_GetPageHeightF(page)
        width, height = (round(side * scale) for side in sizes)
        pixels = (ctypes.c_ubyte * (width * height * 4))()
        bitmap = library.FPDFBitmap_CreateEx(width, height, 3, pixels, width * 4)
        library.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 1)
        library.FPDFBitmap_Destroy(bitmap)
        library.FPDF_ClosePage(page)

    def text(self) -> int:
        """Have the text of every page; how much there is."""
        library, total = self._library, 0
        for number in range(self.pages):
            page = library.FPDF_LoadPage(self._file, number)
            text = library.FPDFText_LoadPage(page)
            count = library.FPDFText_CountChars(text)
            buffer = (ctypes.c_ushort * (2 * count + 2))()
            written = library.FPDFText_GetText(text, 0, count, buffer)
            total += len(bytes(buffer)[: 2 * written].decode("utf-16-le", "replace"))
            library.FPDFText_ClosePage(text)
            library.FPDF_ClosePage(page)
        return total


def is_sharp(window) -> bool:
    """Whether all that the window shows of its document's pages is there as sharp as can be."""
    from PySide6.QtCore import QRect

    from reader.ui.reading.pages.stage import wanted_of

    pane = window.pane
    stage = pane.view.stage
    if not (stage and pane.view.has_flow):
        return False
    flow, height, ratio = pane.view.page_flow, pane.viewport().height(), pane.devicePixelRatioF()
    seen = QRect(0, 0, pane.viewport().width(), height)
    pages = flow.pages_between(0, height)
    return bool(pages) and all(stage.tiles.is_sharp(wanted_of(flow, page, seen, ratio)) for page in pages)
