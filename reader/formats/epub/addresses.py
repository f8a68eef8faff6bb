"""What addresses inside a book mean: files of its archive, and places in them."""

import posixpath
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from reader.formats.archive import Archive


@dataclass(frozen=True, slots=True)
class Place:
    """A file of the archive and the name of an element in it; an empty name is the file's beginning."""

    path: str
    name: str = ""

    @property
    def target(self) -> str:
        """The place as a name that is unique in the whole book."""
        return f"{self.path}#{self.name}" if self.name else self.path


@dataclass(slots=True)
class Addresses:
    """Resolves addresses against the files that hold them, mildly: letter case and encoding may be wrong.

    `stand_ins` are the files that are shown in place of others.
    """

    archive: Archive
    stand_ins: dict[str, str] = field(default_factory=dict[str, str])
    _found: dict[str, str | None] = field(default_factory=dict[str, str | None])

    def place(self, holder: str, address: str) -> Place | None:
        """The place in the archive that an address in the file `holder` leads to; None when it leads elsewhere."""
        written, _, name = address.strip().partition("#")
        name = unquote(name)
        if not written:
            return Place(holder, name)
        path = self.file(holder, written)
        return None if path is None else Place(self.stand_ins.get(path, path), name)

    def file(self, holder: str, address: str) -> str | None:
        """The name in the archive of the file that an address in `holder` means; None for any other address."""
        if is_outside(address):
            return None
        written = address.partition("?")[0].partition("#")[0].replace("\\", "/")
        path = posixpath.join("/" + posixpath.dirname(holder), written)
        if path not in self._found:
            self._found[path] = self.archive.find(path)
        return self._found[path]

    def bytes_at(self, holder: str, address: str) -> bytes:
        """The bytes of the file that an address means; none when it is not in the archive."""
        path = self.file(holder, address)
        return self.archive.read(path) if path is not None else b""


def is_outside(address: str) -> bool:
    """Whether an address has a scheme or a host: it leads out of the book."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)
