"""ZIP archives that nobody vouches for: every entry counted as it really unpacks, none reached by a trick of names."""

import posixpath
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from unicodedata import normalize
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from reader.formats.errors import FormatError
from reader.formats.request import Limits, Request

SMALL = 1 << 20
"""Bytes that any archive may unpack to, however small it is."""

_MEGABYTE = 1 << 20
_ENCRYPTED, _UTF8 = 0x1, 0x800
_LINK, _FILE_TYPE = 0o120000, 0o170000
_LOCAL = b"PK\x03\x04"
_LOCAL_LENGTH = 30
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where the packed bytes of an entry stand in the archive, and what they are to be."""

    start: int
    end: int
    deflated: bool
    crc: int


class Archive:
    """A checked archive, held in memory; `names` are those of its files, in their order, with forward slashes."""

    def __init__(self, data: bytes, name: str, limits: Limits, entries: dict[str, _Entry]) -> None:
        self.names = tuple(entries)
        self._data, self._name, self._limits, self._entries = memoryview(data), name, limits, entries
        self._unpacked: dict[str, int] = {}
        self._folded: dict[str, str] = {}

    def read(self, name: str) -> bytes:
        """The bytes of an entry, by its exact name. Raises `FormatError` when they are damaged or too many.

        Reading an entry again counts once.
        """
        entry = self._entries[name]
        used = sum(self._unpacked.values()) - self._unpacked.get(name, 0)
        allowed = self._allowed() - used
        packed = self._data[entry.start : entry.end]
        content = self._inflated(packed, allowed) if entry.deflated else bytes(packed)
        if len(content) > allowed:
            raise self._too_much()
        if zlib.crc32(content) != entry.crc:
            raise self._damaged()
        self._unpacked[name] = len(content)
        return content

    def find(self, name: str) -> str | None:
        """The entry that a file inside the archive means by `name` (a path from the root), or None.

        The very name is looked for first, then without percent-encoding, then whatever the case of its letters.
        """
        for candidate in (name, unquote(name)):
            path = _within(candidate)
            if path in self._entries:
                return path
        self._folded = self._folded or {_folded(known): known for known in reversed(self.names)}
        for candidate in (name, unquote(name)):
            if found := self._folded.get(_folded(_within(candidate))):
                return found
        return None

    def _inflated(self, packed: memoryview, allowed: int) -> bytes:
        """At most one byte more than allowed."""
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = unpacking.decompress(packed, max(allowed, 0) + 1)
        except zlib.error:
            raise self._damaged() from None
        if not unpacking.eof and len(content) <= allowed:
            raise self._damaged()
        return content

    def _allowed(self) -> int:
        """How many bytes all entries together may unpack to."""
        return min(self._limits.unpacked, max(SMALL, self._limits.ratio * len(self._data)))

    def _too_much(self) -> FormatError:
        if self._allowed() == self._limits.unpacked:
            size = f"more than {self._limits.unpacked // _MEGABYTE:,} MB"
            return FormatError(
                f"“{self._name}” unpacks to {size}, which is the limit: raise it in the settings under Reading files, "
                "if you trust the file, and add it again."
            )
        return FormatError(
            f"“{self._name}” unpacks to more than {self._limits.ratio} times its size, as files made to do harm do: "
            "get it from a source that you trust."
        )

    def _damaged(self) -> FormatError:
        return damaged(self._name)


def damaged(name: str) -> FormatError:
    """The sentence for an archive that is cut off or changed."""
    return FormatError(f"“{name}” is damaged or was not copied whole: get it again from where it came from.")


def open_archive(request: Request) -> Archive:
    """The archive that a file is. Raises `FormatError` when it is none, is damaged, locked or out of the limits.

    Entries whose names lead out of the archive, folders and links are not in it; archives inside are just files.
    """
    name, limits = request.name, request.limits
    try:
        with ZipFile(BytesIO(request.data)) as opened:
            infos = opened.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged(name) from None
    if len(infos) > limits.parts:
        raise FormatError(
            f"“{name}” is an archive of {len(infos):,} parts, and {limits.parts:,} is the limit: raise it in the "
            "settings under Reading files, if you trust the file, and add it again."
        )
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise FormatError(f"“{name}” is locked with a password: unlock it with the program it came from.")
    return Archive(request.data, name, limits, dict(_entries(request.data, name, infos)))


def _entries(data: bytes, name: str, infos: list[ZipInfo]) -> Iterator[tuple[str, _Entry]]:
    places = {info: _place(data, name, info) for info in infos}
    _refuse_overlaps(name, sorted(places.values()))
    for info, (_, start, end) in places.items():
        path = _safe(_name_of(info))
        if path and not _is_special(info) and info.compress_type in (ZIP_STORED, ZIP_DEFLATED):
            yield path, _Entry(start, end, info.compress_type == ZIP_DEFLATED, info.CRC)


def _place(data: bytes, name: str, info: ZipInfo) -> tuple[int, int, int]:
    """Where an entry's header, its packed bytes, and what comes after them begin."""
    at = info.header_offset
    header = data[at : at + _LOCAL_LENGTH] if at >= 0 else b""
    if len(header) < _LOCAL_LENGTH or not header.startswith(_LOCAL):
        raise damaged(name)
    start = at + _LOCAL_LENGTH + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    end = start + info.compress_size
    if end > len(data):
        raise damaged(name)
    return at, start, end


def _refuse_overlaps(name: str, places: list[tuple[int, int, int]]) -> None:
    """Entries that share their bytes unpack to far more than an archive's size tells."""
    reached = 0
    for begin, _, end in places:
        if begin < reached:
            raise FormatError(
                f"“{name}” has parts that lie over each other, as files made to do harm have: get it from a source "
                "that you trust."
            )
        reached = end


def _name_of(info: ZipInfo) -> str:
    """An entry's name; many programs write UTF-8 and do not say so."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.orig_filename
    return name


def _safe(name: str) -> str:
    """The path inside the archive, or empty for a folder and for a name that leads out of it."""
    path = name.replace("\\", "/")
    if path.endswith("/") or path.startswith("/") or "\0" in path or _DRIVE.match(path):
        return ""
    if ".." in path.split("/"):
        return ""
    return posixpath.normpath(path)


def _is_special(info: ZipInfo) -> bool:
    """Whether an entry is a link, which is never followed."""
    return (info.external_attr >> 16) & _FILE_TYPE == _LINK


def _within(path: str) -> str:
    """A path from the root of the archive; steps above the root stay at it, as in a browser."""
    return posixpath.normpath("/" + path.replace("\\", "/").lstrip("/")).lstrip("/")


def _folded(path: str) -> str:
    return normalize("NFC", path).casefold()
