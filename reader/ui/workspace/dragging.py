"""Annotations on their way under the mouse: what a drag from the list carries, and what a drop is told."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QMimeData

ROWS = "application/x-passage-rows"
"""The type of dragged annotations: their row ids, each in eight bytes as this machine has them."""

_EIGHT_BYTES = "q"


def packed(rows: Sequence[int]) -> QMimeData:
    """What a drag of the annotations with these row ids carries, in their order."""
    mime = QMimeData()
    mime.setData(ROWS, array(_EIGHT_BYTES, rows).tobytes())
    return mime


def carries_rows(mime: QMimeData) -> bool:
    """Whether annotations are dragged."""
    return mime.hasFormat(ROWS)


def unpacked(mime: QMimeData) -> tuple[int, ...]:
    """The row ids of the dragged annotations, in their order; none where anything else is dragged."""
    found = array(_EIGHT_BYTES)
    data = bytes(mime.data(ROWS).data())
    found.frombytes(data[: len(data) // found.itemsize * found.itemsize])
    return tuple(found)
