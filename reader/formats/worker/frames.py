"""What goes over a pipe: a header of JSON and stretches of bytes, nothing that could run when it is read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

_LENGTH = 4
MAX_HEADER = 64 << 20
"""Bytes of JSON that a message may have."""


class BadMessage(Exception):
    """What came is no message, or was cut off."""


@dataclass(frozen=True, slots=True)
class Message:
    """A header, which is whatever JSON can hold, and bytes that go with it."""

    header: dict[str, Any]
    frames: Sequence[bytes] = field(default_factory=tuple[bytes, ...])


def write(stream: BinaryIO, message: Message) -> None:
    """Send a message. `OSError` when nobody reads it."""
    lengths = [len(frame) for frame in message.frames]
    head = json.dumps({"header": message.header, "frames": lengths}, separators=(",", ":")).encode()
    stream.write(len(head).to_bytes(_LENGTH, "big") + head)
    for frame in message.frames:
        stream.write(frame)
    stream.flush()


def read(stream: BinaryIO, most: int) -> Message | None:
    """The next message, or None when the other end has closed. BadMessage when it is none or over `most` bytes."""
    start = stream.read(_LENGTH)
    if not start:
        return None
    length = int.from_bytes(start, "big")
    if len(start) < _LENGTH or length > min(most, MAX_HEADER):
        raise BadMessage("a header of no fitting length")
    header, lengths = _parsed(_exactly(stream, length))
    if sum(lengths) > most:
        raise BadMessage("more bytes than are allowed")
    return Message(header, [_exactly(stream, count) for count in lengths])


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise BadMessage("it was cut off")
    return data


def _parsed(head: bytes) -> tuple[dict[str, Any], list[int]]:
    try:
        whole: Any = json.loads(head)
        header, lengths = whole["header"], whole["frames"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadMessage("no header") from None
    if not isinstance(header, dict) or not isinstance(lengths, list):
        raise BadMessage("no header")
    counts = cast("list[object]", lengths)
    if not all(type(count) is int and count >= 0 for count in counts):
        raise BadMessage("lengths that are none")
    return cast("dict[str, Any]", header), cast("list[int]", counts)
