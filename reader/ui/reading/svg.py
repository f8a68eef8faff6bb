"""SVG images: whether one may be drawn at all, and its size, both told from its elements before Qt sees it.

Qt's renderer runs no scripts, but it opens the files that an image names, and it draws whatever is referred to as
often as it is referred to. Neither is left to the file.
"""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

from PySide6.QtCore import QSize

_LONGEST = 4_000_000
_DEEPEST = 200
_MOST_DRAWN = 200_000
_LARGEST_SIDE = 20_000
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*([a-z]*)\s*$")
_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)", re.I)
# What an image inside may be: pictures of pixels only, since another SVG could name files in its turn.
_PIXELS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


class _RefusedError(Exception):
    """The drawing is not shown."""


def is_svg(data: bytes) -> bool:
    """Whether these bytes look like an SVG document."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in head.replace(b"<svg:svg", b"<svg")


def is_harmless(data: bytes) -> bool:
    """Whether drawing it reads nothing but the file itself and comes to an end soon."""
    try:
        drawn = _look(data).drawn()
    except (_RefusedError, ExpatError, ValueError, LookupError):
        return False
    return drawn <= _MOST_DRAWN


def natural_size(data: bytes) -> QSize:
    """The size it asks for in pixels, its view box where it asks for none; empty where it has neither."""
    try:
        root = _look(data[:_LONGEST], only_root=True).root
    except (_RefusedError, ExpatError, ValueError, LookupError):
        return QSize()
    box = [float(part) for part in re.findall(r"[-+.eE0-9]+", root.get("viewBox", "")) if _is_number(part)]
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        if not width and not height:
            width, height = box[2], box[3]
        width = width or height * box[2] / box[3]
        height = height or width * box[3] / box[2]
    size = QSize(min(round(width), _LARGEST_SIDE), min(round(height), _LARGEST_SIDE))
    return size if not size.isEmpty() else QSize()


def _pixels(length: str) -> float:
    found = _LENGTH.match(length)
    return float(found[1]) * _UNITS.get(found[2], 0.0) if found else 0.0


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < 1e9
    except ValueError:
        return False


@dataclass(slots=True)
class _Open:
    """An element that is not yet closed: how many it holds, and the names it draws again."""

    name: str
    count: int = 1
    uses: list[str] = field(default_factory=list[str])


class _Look:
    """What was found in a drawing; asked after it has been parsed."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self._open: list[_Open] = []
        self._named: dict[str, _Open] = {}
        self._all = _Open("")
        self._sums: dict[str, int] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("}")[2]
        if not self._open:
            if local != "svg":
                raise _RefusedError
            self.root = attributes
        if len(self._open) > _DEEPEST or local in ("script", "foreignObject"):
            raise _RefusedError
        element = _Open(attributes.get("id", ""))
        for key, value in attributes.items():
            if key.rpartition("}")[2] == "href":
                if local != "a":
                    _check_reference(value)
                if local == "use":
                    element.uses.append(value.strip()[1:])
            elif "(" in value:
                _check_style(value)
        self._open.append(element)

    def end(self, _name: str) -> None:
        element = self._open.pop()
        above = self._open[-1] if self._open else self._all
        above.count += element.count
        above.uses += element.uses
        if element.name:
            self._named[element.name] = element

    def drawn(self) -> int:
        """How many elements are drawn, each as often as it is referred to."""
        return self._sum_of(self._all, ())

    def _sum_of(self, element: _Open, inside: tuple[str, ...]) -> int:
        total = element.count
        for name in element.uses:
            if name in inside or len(inside) > _DEEPEST:
                raise _RefusedError
            if name in self._named and name not in self._sums:
                self._sums[name] = self._sum_of(self._named[name], (*inside, name))
            total += self._sums.get(name, 0)
            if total > _MOST_DRAWN:
                break
        return total


def _look(data: bytes, *, only_root: bool = False) -> _Look:
    if len(data) > _LONGEST:
        raise _RefusedError
    look = _Look()
    parser = ParserCreate(namespace_separator="}")
    if only_root:

        def root(name: str, attributes: dict[str, str]) -> None:
            look.begin(name, attributes)
            parser.StartElementHandler = None

        parser.StartElementHandler = root
        parser.Parse(data[:65_536], False)
        return look
    parser.StartElementHandler = look.begin
    parser.EndElementHandler = look.end
    parser.CharacterDataHandler = _check_style
    parser.EntityDeclHandler = _refuse
    parser.ProcessingInstructionHandler = _refuse
    parser.Parse(data, True)
    return look


def _refuse(*_facts: object) -> None:
    raise _RefusedError


def _check_style(text: str) -> None:
    """No style takes anything from outside the drawing."""
    if "@import" in text.lower() or any(not found.startswith("#") for found in _URL.findall(text)):
        raise _RefusedError


def _check_reference(address: str) -> None:
    """Only places in the drawing, and pictures of pixels."""
    address = address.strip()
    if address.startswith("#"):
        return
    head, comma, packed = address.partition(",")
    if not head.startswith("data:image/") or not comma or not head.endswith(";base64"):
        raise _RefusedError
    try:
        start = b64decode("".join(packed[:64].split())[:32])
    except Base64Error:
        raise _RefusedError from None
    if not start.startswith(_PIXELS):
        raise _RefusedError
