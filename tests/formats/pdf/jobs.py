"""What a process of an open PDF does in tests instead of drawing."""

import signal
import time
from typing import Any

from reader.formats.pdf import drawing
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
