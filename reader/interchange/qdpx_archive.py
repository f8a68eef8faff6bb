"""The archive that a REFI-QDA project is, which nobody vouches for: its XML, and the texts beside it.

Nothing is ever unpacked to the disk, and a path in the XML only ever names a file in the archive.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PureWindowsPath
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile, ZipInfo

from reader.interchange.json_file import InterchangeError
from reader.interchange.limits import check_count
from reader.interchange.qdpx_terms import FOLDER, NAMESPACE, PROJECT
from reader.interchange.watching import Watch

LARGEST_PROJECT, LARGEST_ALL = 1 << 27, 1 << 29
"""Bytes that the XML, and everything that is read of an archive, may have."""
MOST_ENTRIES = 100_000
_TAGS_A_RECORD = 16
_UNSUSPICIOUS = 1 << 25
_LARGEST_RATIO = 300
"""How many times its size an archive may unpack to, once that is more than a few megabytes."""
_PIECE = 1 << 10
_SUFFIX = ".qde"
_ENCRYPTED = 0x1
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, IndexError)

_DAMAGED = "The archive is damaged or was not copied whole; export the project again."
_TOO_MUCH = "The archive unpacks to far more than a project holds, as files made to do harm do; nothing was read of it."


def is_one(data: bytes) -> bool:
    """Whether this is an archive with the XML of a project in it, whole or not, or that XML alone."""
    if data.startswith(b"PK"):
        try:
            with ZipFile(BytesIO(data)) as archive:
                return any(name.lower().endswith(_SUFFIX) for name in archive.namelist())
        except _BROKEN:
            return PROJECT.encode() in data
    return NAMESPACE.encode() in data[:4096] and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


class Package:
    """A project that is being read; `root` is its XML. InterchangeError when it is none, or one made to do harm."""

    def __init__(self, data: bytes, watch: Watch) -> None:
        self._read = 0
        self._size = len(data)
        self._archive = _archive(data) if data.startswith(b"PK") else None
        self._entries = dict(_by_file_name(self._archive.infolist())) if self._archive else {}
        self.root = _parsed(self._project() if self._archive else data, watch)

    def file(self, path: str) -> bytes | None:
        """The file that a path in the XML means, whatever comes before its name; None when it is not in the archive."""
        name = _file_name(path.partition("://")[2] or path)
        for candidate in (name, unquote(name)):
            if found := self._entries.get(candidate.casefold()):
                return self._bytes(found, LARGEST_ALL)
        return None

    def _project(self) -> bytes:
        found = [info for name, info in self._entries.items() if name.endswith(_SUFFIX)]
        if not found:
            raise InterchangeError("The archive has no project.qde in it, so it is no REFI-QDA project.")
        found.sort(key=lambda info: _file_name(info.filename).lower() != PROJECT)
        return self._bytes(found[0], LARGEST_PROJECT)

    def _bytes(self, info: ZipInfo, largest: int) -> bytes:
        assert self._archive
        if info.flag_bits & _ENCRYPTED:
            raise InterchangeError("The archive is locked with a password; export the project without one.")
        allowed = min(largest, self._allowed() - self._read)
        try:
            with self._archive.open(info) as file:
                content = file.read(max(allowed, 0) + 1)
        except _BROKEN:
            raise InterchangeError(_DAMAGED) from None
        if len(content) > allowed:
            raise InterchangeError(_TOO_MUCH)
        self._read += len(content)
        return content

    def _allowed(self) -> int:
        return min(LARGEST_ALL, max(_UNSUSPICIOUS, _LARGEST_RATIO * self._size))


def _archive(data: bytes) -> ZipFile:
    try:
        archive = ZipFile(BytesIO(data))
    except _BROKEN:
        raise InterchangeError(_DAMAGED) from None
    if len(archive.infolist()) > MOST_ENTRIES:
        raise InterchangeError(_TOO_MUCH)
    return archive


def _by_file_name(infos: list[ZipInfo]) -> Iterator[tuple[str, ZipInfo]]:
    """The files by the ends of their names; of two with the same, the one in the folder for sources, else the first."""

    def is_source(info: ZipInfo) -> bool:
        return PureWindowsPath(info.filename).parent.name.lower() == FOLDER.lower()

    infos = infos[::-1]
    for info in sorted(infos, key=is_source):
        if not info.is_dir():
            yield _file_name(info.filename).casefold(), info


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _parsed(data: bytes, watch: Watch) -> Element:
    from xml.etree.ElementTree import TreeBuilder

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    check_count(max(data.count(b"<"), data.count(b"=")) // _TAGS_A_RECORD)
    parser = DefusedXMLParser(target=TreeBuilder(), forbid_dtd=True)
    watch.begin(len(data) // _PIECE)
    try:
        for at in range(0, len(data), _PIECE):
            parser.feed(data[at : at + _PIECE])
            watch.step()
        root: Element = parser.close()
    except DefusedXmlException:
        raise InterchangeError(
            "The project declares entities, as files made to do harm do; nothing was read."
        ) from None
    except (ParseError, ValueError, LookupError, RecursionError):
        raise InterchangeError("The XML of the project is damaged; export the project again.") from None
    if root.tag.rpartition("}")[2] != "Project":
        raise InterchangeError("The file is XML, but no REFI-QDA project; export the project as QDPX.")
    return root
