"""What the process of an open PDF answers: pieces of its pages' pictures, boxes of characters, links.

The file is opened once. Pictures go through memory that is shared with the parent, where the system has it.
"""

import ctypes
import mmap
import os
from array import array
from collections import OrderedDict
from collections.abc import Callable
from ctypes import byref
from dataclasses import dataclass, field
from typing import Any

from reader.formats.errors import FormatError
from reader.formats.pdf import pdfium as names
from reader.formats.pdf.file import Page, PdfFile
from reader.formats.pdf.forms import Forms
from reader.formats.pdf.glyphs import page_glyphs
from reader.formats.pdf.images import Edges, page_images
from reader.formats.pdf.links import page_links
from reader.formats.pdf.pdfium import NeedToPause, Pause, pdfium
from reader.formats.pdf.places import Places
from reader.formats.pdf.shared import FLAG, HEADER
from reader.formats.worker.frames import Message

_KEPT = 8
_PAPER = 0xFFFFFFFF
_BYTES = 4
_MAX_PIXELS = 1 << 26


@dataclass(slots=True)
class _Session:
    """The one file of this process, and the pages of it that were asked for last."""

    file: PdfFile
    places: Places
    forms: Forms
    shared: mmap.mmap | None
    pages: OrderedDict[int, Page] = field(default_factory=OrderedDict[int, Page])
    images: dict[int, tuple[Edges, ...]] = field(default_factory=dict[int, tuple[Edges, ...]])

    def page(self, number: int) -> Page:
        """A page, kept loaded for a while. FormatError when it is damaged."""
        if number in self.pages:
            self.pages.move_to_end(number)
            return self.pages[number]
        page = self.file.load(number)
        if page is None:
            raise FormatError(f"Page {number + 1} is damaged and cannot be shown.")
        while len(self.pages) >= _KEPT:
            self.pages.popitem(last=False)[1].close()
        self.pages[number] = page
        return page


_sessions: list[_Session] = []


def answer(header: dict[str, Any], frames: list[bytes]) -> Message:
    """Do what `header["ask"]` names. Raises FormatError."""
    if header["ask"] == "open":
        return _open(header, frames)
    return _ANSWERS[header["ask"]](_sessions[0], header)


def _open(header: dict[str, Any], frames: list[bytes]) -> Message:
    pdfium()
    data = frames[0] if frames else _mapped(header["path"])
    shared = mmap.mmap(header["shared"], header["size"]) if header["size"] else None
    file = PdfFile(data, header["name"], header["password"])
    _sessions.append(_Session(file, Places(file), Forms(file), shared))
    return Message({"pages": file.count})


def _mapped(path: str) -> Any:
    """The bytes of a file as an array of C's, read as they are needed."""
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if not size:
            raise FormatError("The library's copy of the file is empty: add the file again.")
        view = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_COPY)
    return (ctypes.c_ubyte * size).from_buffer(view)


def _tile(session: _Session, header: dict[str, Any]) -> Message:
    x, y, width, height = header["rect"]
    if width < 1 or height < 1 or width * height > _MAX_PIXELS:
        raise FormatError("So large a piece of a page cannot be drawn at once.")
    stride = width * _BYTES
    shared = session.shared if session.shared and HEADER + stride * height <= len(session.shared) else None
    kind = ctypes.c_ubyte * (stride * height)
    pixels = kind.from_buffer(shared, HEADER) if shared else kind()
    page = session.page(header["page"])
    bitmap = pdfium().FPDFBitmap_CreateEx(width, height, names.BGRX, pixels, stride)
    if not bitmap:
        raise MemoryError
    try:
        pdfium().FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _PAPER)
        done = _draw(session.forms, page, bitmap, (x, y), header, _given_up(session.shared, header["number"]))
    finally:
        pdfium().FPDFBitmap_Destroy(bitmap)
    told = {"images": _images(session, page, header)} if header.get("images") else {}
    return Message({"stride": stride, "done": done, **told}, () if shared else (bytes(pixels),))


def _images(session: _Session, page: Page, header: dict[str, Any]) -> list[list[int]]:
    """Left, top, width and height of the pictures that meet a tile, in its pixels."""
    x, y, width, height = header["rect"]
    found: list[list[int]] = []
    known = session.images.get(page.number)
    if known is None:
        known = session.images[page.number] = page_images(page)
    for place in known:
        box = _turned(place, page.frame.size, header["rotation"])
        edges = [round(edge * header["scale"]) for edge in box]
        low, high = max(edges[0] - x, 0), min(edges[2] - x, width)
        upper, lower = max(edges[1] - y, 0), min(edges[3] - y, height)
        if low < high and upper < lower:
            found.append([low, upper, high - low, lower - upper])
    return found


def _turned(box: Edges, size: tuple[float, float], rotation: int) -> Edges:
    left, top, right, bottom = box
    width, height = size
    match rotation % 360:
        case 90:
            return height - bottom, left, height - top, right
        case 180:
            return width - right, height - bottom, width - left, height - top
        case 270:
            return top, width - right, bottom, width - left
        case _:
            return box


def _draw(
    forms: Forms,
    page: Page,
    bitmap: int,
    at: tuple[int, int],
    header: dict[str, Any],
    given_up: Callable[[], bool],
) -> bool:
    """Draw a page into a bitmap whose corner is at `at` of the whole picture; whether it was done to the end."""
    library = pdfium()
    turns, scale = header["rotation"] // 90 % 4, header["scale"]
    width, height = page.frame.size[:: -1 if turns % 2 else 1]
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    flags = names.ANNOTATIONS if header["annotations"] else 0

    def stop(_: object) -> int:
        return int(given_up())

    pause = Pause(1, NeedToPause(stop), None)
    state = library.FPDF_RenderPageBitmap_Start(bitmap, page.handle, -at[0], -at[1], *size, turns, flags, byref(pause))
    while state == names.RENDER_TO_BE_CONTINUED and not given_up():
        state = library.FPDF_RenderPage_Continue(page.handle, byref(pause))
    library.FPDF_RenderPage_Close(page.handle)
    if state == names.RENDER_FAILED:
        raise FormatError(f"Page {page.number + 1} is damaged and cannot be drawn.")
    if state != names.RENDER_DONE:
        return False
    forms.draw(bitmap, page, (-at[0], -at[1], *size), turns)
    return True


def _given_up(shared: mmap.mmap | None, number: int) -> Callable[[], bool]:
    """Whether the parent has no use any more for what it asked under that number."""
    if shared is None or not number:
        return lambda: False
    return lambda: FLAG.unpack_from(shared)[0] == number


def _glyphs(session: _Session, header: dict[str, Any]) -> Message:
    boxes, lines = page_glyphs(session.page(header["page"]))
    numbers = array("I", [position for line in lines for position in line])
    return Message({}, (boxes.tobytes(), numbers.tobytes()))


def _links(session: _Session, header: dict[str, Any]) -> Message:
    found = page_links(session.page(header["page"]), session.places)
    return Message({"links": [[*edges, href] for edges, href in found]})


def _sizes(session: _Session, _header: dict[str, Any]) -> Message:
    file = session.file
    return Message({}, (array("d", [side for number in range(file.count) for side in file.size(number)]).tobytes(),))


_ANSWERS: dict[str, Callable[[_Session, dict[str, Any]], Message]] = {
    "tile": _tile,
    "glyphs": _glyphs,
    "links": _links,
    "sizes": _sizes,
}
