"""What a process of an open PDF does in tests instead of drawing."""

import os
import signal
import time
from contextlib import suppress
from typing import Any

from reader.formats.pdf import dividing, drawing
from reader.formats.pdf import reader as pdf
from reader.formats.pdf.file import PdfFile
from reader.formats.pdf.page_parts import PageParts
from reader.formats.pdf.places import Places
from reader.formats.request import Request
from reader.formats.worker.frames import Message


def answer(header: dict[str, Any], frames: list[bytes]) -> Message:
    """As `drawing.answer`, but for pages whose number says otherwise."""
    match header.get("page"):
        case 90:
            while True:
                time.sleep(1)
        case 91:
            signal.raise_signal(signal.SIGSEGV)
        case 92:
            raise MemoryError
        case 93:
            return Message({"stride": 4, "done": True}, (b"short",))
        case 94:
            raise ValueError("a fault")
        case _:
            return drawing.answer(header, frames)
    raise AssertionError


def read_divided(header: dict[str, Any], frames: list[bytes]) -> Message:
    """Read a PDF, divided or not; on one of its pages, in the first process or the other, something happens."""
    first, read, least = os.getpid(), dividing.page_parts, dividing.LEAST
    readers: dict[int, str] = {}

    def page_parts(file: PdfFile, number: int, places: Places) -> PageParts:
        here = "first" if os.getpid() == first else "other"
        if number == header.get("page", -1) and header.get("where", here) == here:
            _EVENTS[header["event"]]()
        if number == header.get("slow", -1) and here == "first":
            time.sleep(0.3)
        readers[number] = here
        return read(file, number, places)

    dividing.page_parts, dividing.LEAST = page_parts, 2 if header["divided"] else 1 << 20
    try:
        document = pdf.read(Request(frames[0], "a.pdf"))
    finally:
        dividing.page_parts, dividing.LEAST = read, least
    with suppress(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
        return Message({"error": "a process that nobody waited for"})
    return Message({"here": sorted(readers), "document": repr(document)})


def _hang() -> None:
    while True:
        time.sleep(1)


def _no_memory() -> None:
    raise MemoryError


_EVENTS = {
    "crash": lambda: signal.raise_signal(signal.SIGSEGV),
    "hang": _hang,
    "memory": _no_memory,
    "fault": lambda: [][1],
    "gone": lambda: os._exit(3),
    "eat": lambda: bytearray(300 << 20),
}
