"""Web pages in one file (.mht, .mhtml): an e-mail of the page and its pictures, as RFC 2557 has it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from reader.formats.errors import FormatError
from reader.formats.images import MAX_IMAGE_BYTES
from reader.formats.links import web_address
from reader.formats.request import Limits

if TYPE_CHECKING:
    from email.message import Message

_FIELD = re.compile(rb"\s*[A-Za-z][A-Za-z-]*[ \t]*:")
_VERSION = re.compile(rb"^mime-version[ \t]*:", re.I | re.M)
_KIND = re.compile(rb"^content-type[ \t]*:\s*(?:multipart/(?:related|mixed|alternative)|text/html)", re.I | re.M)
_HEAD = 8192


@dataclass(slots=True)
class Package:
    """A page and what came with it.

    `page` is its bytes and `charset` the encoding that the package names for them, if any; `address` is where the
    page was saved from and `subject` its title.
    """

    page: bytes
    charset: str = ""
    address: str = ""
    subject: str = ""
    _parts: Mapping[str, "Message"] = field(default_factory=dict[str, "Message"])

    def fetch(self, source: str) -> bytes:
        """The bytes of the part that an address in the page means; empty when there is none."""
        part = self._part(source)
        data = _payload(part) if part is not None else b""
        return data if len(data) <= MAX_IMAGE_BYTES else b""

    def holds(self, source: str) -> bool:
        """Whether the package brings what an address in the page means."""
        return self._part(source) is not None

    def _part(self, source: str) -> "Message | None":
        source = source.strip()
        found = self._parts.get(source)
        if found is None and source[:4].lower() != "cid:":
            try:
                found = self._parts.get(urldefrag(urljoin(self.address, source))[0])
            except ValueError:
                return None
        return found


def is_package(data: bytes) -> bool:
    """Whether a file is such an e-mail and no page."""
    head = data[:_HEAD]
    return bool(_FIELD.match(head) and _VERSION.search(head) and _KIND.search(head))


def open_package(data: bytes, name: str, limits: Limits) -> Package:
    """The page and the parts of a package; `name` is what errors call it. Raises `FormatError`."""
    import email

    try:
        message = email.message_from_bytes(data)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError):
        raise FormatError(f"“{name}” is damaged: save the page again from the browser and add that.") from None
    if len(parts) > limits.parts:
        raise FormatError(f"“{name}” holds more than {limits.parts} files: save the page alone and add that.")
    page = _page_of(message, parts)
    if page is None:
        raise FormatError(f"“{name}” holds no page: save it again from the browser and add that.")
    address = _field(page, "Content-Location") or _field(message, "Snapshot-Content-Location")
    return Package(
        _payload(page),
        page.get_content_charset("") or "",
        web_address(address),
        _field(message, "Subject"),
        _by_address(parts, address),
    )


def _page_of(message: "Message", parts: list["Message"]) -> "Message | None":
    """The part that the package begins with, else the first page in it."""
    start = message.get_param("start")
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    named = (part for part in pages if isinstance(start, str) and _field(part, "Content-ID") == start)
    return next(named, None) or next(iter(pages), None)


def _by_address(parts: list["Message"], base: str) -> dict[str, "Message"]:
    found: dict[str, Message] = {}
    for part in parts:
        location, identity = _field(part, "Content-Location"), _field(part, "Content-ID")
        if location:
            found.setdefault(location, part)
            try:
                found.setdefault(urldefrag(urljoin(base, location))[0], part)
            except ValueError:
                continue
        if identity:
            found.setdefault("cid:" + identity.strip("<>"), part)
    return found


def _payload(part: "Message") -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _field(part: "Message", name: str) -> str:
    """A field of a part's head on one line, decoded; empty when it is missing."""
    from email.errors import MessageError
    from email.header import decode_header, make_header

    written = str(part.get(name, ""))
    with suppress(MessageError, LookupError, ValueError):
        written = str(make_header(decode_header(written)))
    return " ".join(written.split())
