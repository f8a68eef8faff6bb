"""What a reader is asked and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reader.model.document import Document

PAGE = "page"
ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost.

    `memory` (bytes) is that of the worker process; `seconds` go up by `seconds_per_megabyte` for each megabyte of the
    file. An archive may unpack to `unpacked` bytes and to `ratio` times its own size, and hold `parts` files; XML may
    be nested `depth` deep. XML entities that a document declares for itself are not expanded at all.
    """

    memory: int = 1 << 30
    seconds: float = 60.0
    seconds_per_megabyte: float = 2.0
    unpacked: int = 1 << 29
    ratio: int = 200
    parts: int = 20_000
    depth: int = 400

    def allowed(self, size: int) -> float:
        """Seconds that a file of `size` bytes may take."""
        return self.seconds + self.seconds_per_megabyte * size / (1 << 20)


@dataclass(frozen=True, slots=True)
class Request:
    """A file to be read: its bytes, the name that errors call it by, the folder in which it stands, if any.

    `view` asks for the "article" or the whole "page" of a web page; empty leaves it to the reader. `pictures` are
    those of an earlier reading by the address under which the file names them, for when the folder is gone. The
    `password` opens a file that is locked; it is written nowhere.
    """

    data: bytes
    name: str
    folder: Path | None = None
    view: str = ""
    limits: Limits = Limits()
    pictures: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and which reader made it; `view` says which part of a web page it is, else it is empty."""

    document: Document
    reader: str
    version: int
    view: str = ""
