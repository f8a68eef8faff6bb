"""Names and times: UUIDv7, UTC instants, the name of this computer."""

import os
import sys
import time
from functools import cache
from threading import Lock

_lock = Lock()
_last = 0


def new_uuid7() -> str:
    """A UUIDv7: 48 bits of milliseconds, 12 bits that keep the order within one, 62 random bits."""
    global _last
    with _lock:
        _last = max(_last + 1, (time.time_ns() * 4096) // 1_000_000)
        stamp = _last
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0x2 << 62 | int.from_bytes(os.urandom(8)) >> 2
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def short_id(uid: str) -> str:
    """The eight characters that name a document or a mark on the command line: the random end of its uid."""
    return uid[-8:]


def instant(seconds: float) -> str:
    """Seconds since 1970 (UTC) as `2026-11-21T16:02:00.000Z`."""
    millis = round(seconds * 1000)
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(millis // 1000))
    return f"{whole}.{millis % 1000:03d}Z"


@cache
def device() -> str:
    """The name of this computer as its owner set it; empty when it has none."""
    if sys.platform != "win32":
        return clean(os.uname().nodename)
    # Only there: on the way of each start it would take half a megabyte.
    from platform import node

    return clean(node())


def path_text(path: str) -> str:
    """A path as the file can hold it; names that are no text keep apart: their bytes are written as escapes."""
    return path if path.isascii() else path.encode("utf-8", "backslashreplace").decode()


def clean(text: str) -> str:
    """`text` as the file can hold it: NUL and lone surrogates become U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text
