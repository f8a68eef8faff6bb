"""The pictures of a document: taken from its own folder, archive or text, never from anywhere else."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from reader.model.document import Asset

MAX_IMAGE_BYTES = 20 * 1024 * 1024
MAX_ALL_BYTES = 100 * 1024 * 1024
MAX_IMAGES = 5000

_PLACEHOLDER_BYTES = 200
_LONGEST_SOURCE = 4000
# Looked for in lower case; each begins with fixed letters, which a search through megabytes of drawing needs.
_SVG_DANGEROUS_WORDS = (b"<script", b"<foreignobject", b"<!entity", b"<?xml-stylesheet", b"@import", b"javascript:")
_SVG_DOCTYPE = re.compile(rb"<!doctype[^>]*\[")
_SVG_HANDLER = re.compile(rb"on[a-z]+\s*=")
_SVG_OUTSIDE = (
    re.compile(rb"href\s*=\s*[\"']?\s*(?!#|data:image/(?:png|jpeg|gif|webp)[;,]|[\"'\s#])"),
    re.compile(rb"url\s*\(\s*[\"']?\s*(?![\"'\s#])"),
)


@dataclass(slots=True)
class Images:
    """Collects the images of one document.

    They are taken from `folder`, in which its file stands (None: from no folder); from `fetch`, which gives the bytes
    that a relative address means inside an archive, or none; and from `pictures`, those of an earlier reading by their
    addresses.
    """

    folder: Path | None
    fetch: Callable[[str], bytes] | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    assets: list[Asset] = field(default_factory=list)
    _names: dict[tuple[bytes, str], str] = field(default_factory=dict)
    _bytes: int = 0

    def add(self, source: str, alt: str) -> str:
        """Take the image that `source` names and return its asset's name.

        What is remote, missing, too large or no image becomes an asset without data: a placeholder.
        """
        data = self._load(source) if len(self.assets) < MAX_IMAGES else b""
        key = (data, alt)
        if key in self._names:
            return self._names[key]
        name = f"image-{len(self.assets) + 1}"
        self._names[key] = name
        self._bytes += len(data)
        named = source.strip()[:_LONGEST_SOURCE] if data and not _is_data(source) else ""
        self.assets.append(Asset(name, media_type(data), data, alt, named))
        return name

    def drawing(self, markup: bytes, alt: str) -> str:
        """Take a drawing that stands in the text itself and return its asset's name; empty when it may not be shown."""
        if len(self.assets) >= MAX_IMAGES or not self._fits(markup) or media_type(markup) != "image/svg+xml":
            return ""
        name = f"image-{len(self.assets) + 1}"
        self._bytes += len(markup)
        self.assets.append(Asset(name, "image/svg+xml", markup, alt))
        return name

    def _load(self, source: str) -> bytes:
        source = source.strip()
        data = data_of_uri(source) if _is_data(source) else self._from_outside(source)
        return data if self._fits(data) and media_type(data) else b""

    def _fits(self, data: bytes) -> bool:
        return len(data) <= MAX_IMAGE_BYTES and self._bytes + len(data) <= MAX_ALL_BYTES

    def _from_outside(self, source: str) -> bytes:
        found = self.fetch(source) if self.fetch else picture_at(local_path(self.folder, source))
        return found or self.pictures.get(source[:_LONGEST_SOURCE], b"")


def picture_at(path: Path | None) -> bytes:
    """The bytes of a picture's file; empty when there is none, or it cannot be read or is too large."""
    try:
        if path is None or not path.is_file() or path.stat().st_size > MAX_IMAGE_BYTES:
            return b""
        return path.read_bytes()
    except (OSError, ValueError):
        return b""


def local_path(folder: Path | None, source: str) -> Path | None:
    """The file inside `folder` that a relative address names; None for any other address."""
    if folder is None or not source or "\\" in source:
        return None
    try:
        parts = urlsplit(source)
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            return None
        root = folder.resolve()
        path = (root / unquote(parts.path)).resolve()
    except (OSError, ValueError, RuntimeError):
        return None
    return path if path.is_relative_to(root) and path != root else None


def data_of_uri(uri: str) -> bytes:
    """The bytes of a `data:` address; empty when it is malformed or larger than an image may be."""
    head, comma, body = uri[5:].partition(",")
    if not comma or len(body) > MAX_IMAGE_BYTES * 2:
        return b""
    if not head.lower().rstrip().endswith(";base64"):
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(re.sub(r"[^A-Za-z0-9+/]", "", unquote(body)) + "==")
    except (binascii.Error, ValueError):
        return b""


def _is_data(source: str) -> bool:
    return source.lstrip()[:5].lower() == "data:"


def is_placeholder(source: str) -> bool:
    """Whether `source` is one of the tiny inline images that scripts replace later."""
    return source[:5].lower() == "data:" and len(source) < _PLACEHOLDER_BYTES


def media_type(data: bytes) -> str:
    """The kind of image that the bytes themselves show, or empty. An SVG that reaches outside itself is none."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"BM") and len(data) > 26:
        return "image/bmp"
    return "image/svg+xml" if _is_plain_svg(data) else ""


def _is_plain_svg(data: bytes) -> bool:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype svg")) or b"<svg" not in data[:4096].lower():
        return False
    written = data.lower()
    if any(word in written for word in _SVG_DANGEROUS_WORDS) or _SVG_DOCTYPE.search(written):
        return False
    if any(written[found.start() - 1 : found.start()].isspace() for found in _SVG_HANDLER.finditer(written)):
        return False
    return not any(pattern.search(written) for pattern in _SVG_OUTSIDE)
