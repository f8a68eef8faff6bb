"""A file that comes in, as those that recognise and read it see it: bytes, text and JSON, each made once."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from reader.interchange.collecting import LARGE, spare
from reader.interchange.json_file import InterchangeError, load
from reader.interchange.watching import Watch

_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"))
_HEAD = 4096


class Given:
    """The bytes of a file of which nobody knows yet what it is.

    `columns` says which column of a table means what, where the user said it: our name to the name in the table.
    `watch` goes with whatever reads it.
    """

    def __init__(self, data: bytes, columns: Mapping[str, str] | None = None, watch: Watch | None = None) -> None:
        self.data = data
        self.columns = columns
        self.watch = watch or Watch()
        if len(data) > LARGE:
            spare(self)

    @property
    def head(self) -> bytes:
        """The first bytes, by which a large file can be told."""
        return self.data[:_HEAD]

    @cached_property
    def text(self) -> str | None:
        """The file as text, which is UTF-8, or UTF-16 with its mark; None when it is neither."""
        encoding = next(encoding for bom, encoding in _BOMS if self.data.startswith(bom))
        if encoding == "utf-8-sig" and b"\0" in self.head:
            # Without its mark, UTF-16 of most languages has a zero in each letter, blank or line end.
            encoding = "utf-16-le" if self.head[1::2].count(0) > self.head[::2].count(0) else "utf-16-be"
        try:
            found = self.data.decode(encoding)
        except UnicodeDecodeError:
            return None
        return None if "\0" in found else found

    @cached_property
    def json(self) -> Any:
        """The value of a file of JSON; None when it is none."""
        return self._loaded[0]

    @property
    def json_fault(self) -> str:
        """What is wrong with a file that begins as JSON does, in a sentence; empty when nothing is."""
        return self._loaded[1]

    @cached_property
    def _loaded(self) -> tuple[Any, str]:
        if not self.looks_like_json:
            return None, ""
        try:
            return load(self.data, self.watch), ""
        except InterchangeError as error:
            return None, str(error)

    @cached_property
    def looks_like_json(self) -> bool:
        """Whether it begins as JSON does, whole or not."""
        return self.head.translate(None, b"\xef\xbb\xbf\xff\xfe\0").lstrip()[:1] in (b"{", b"[")
