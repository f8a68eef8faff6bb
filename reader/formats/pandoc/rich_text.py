"""RTF for pandoc: its letters as themselves, and the pictures in it."""

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha1

from reader.formats.pandoc.rich_fields import fields_shown
from reader.formats.pandoc.source import Source
from reader.formats.request import Request

_TOKEN = re.compile(
    rb"\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|(?P<sign>\\[^a-zA-Z'])"
    rb"|(?P<brace>[{}])|(?P<raw>[\x80-\xff]+)|(?P<text>[^\\{}\x80-\xff]+|\\)",
    re.S,
)
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "cp1361", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_WESTERN = "cp1252"
_OPEN_WORD = re.compile(rb"\\[a-zA-Z]+(?:-?\d+)?\Z")
_SIGN = re.compile(r"[\\{}]")
_PICTURE = re.compile(rb"\\(?:pngblip|jpegblip)(?![a-z])")
_HEXADECIMAL = re.compile(rb"(?<![a-zA-Z0-9-])[0-9a-fA-F\s]{16,}")


@dataclass(slots=True)
class _Group:
    """What holds in a group of the source: the encoding of its text, and how many characters stand for a `\\u`.

    `fonts` is true in the table of fonts, `deleted` for text that a tracked change took out.
    """

    encoding: str
    font: int = -1
    substitutes: int = 1
    fonts: bool = False
    deleted: bool = False


@dataclass(slots=True)
class _Reader:
    """Goes through the source once; `out` is the same text with every character as itself, in UTF-8.

    pandoc knows codes of Western letters only, and loses words after `\\u` and what stands in for it.
    """

    encoding: str = _WESTERN
    charsets: dict[int, str] = field(default_factory=dict[int, str])
    groups: list[_Group] = field(default_factory=lambda: [_Group(_WESTERN)])
    out: list[bytes] = field(default_factory=list[bytes])
    codes: bytearray = field(default_factory=bytearray)
    units: bytearray = field(default_factory=bytearray)
    skip: int = 0

    def run(self, data: bytes) -> bytes:
        for token in _TOKEN.finditer(data):
            code, raw = token["code"], token["raw"]
            if code is None and raw is None:
                self._other(token)
            elif self.skip > 0:
                self.skip -= 1
            else:
                self._write_units()
                self.codes += bytes.fromhex(code.decode()) if code is not None else raw
        self._write()
        return b"".join(self.out)

    def _other(self, token: re.Match[bytes]) -> None:
        word, text = token["word"], token["text"]
        number = int(token["number"]) if token["number"] else None
        if word == b"u" and number is not None:
            self._write_codes()
            self.units += (number & 0xFFFF).to_bytes(2, "little")
            self.skip = self.groups[-1].substitutes
            return
        if text is not None and self.skip:
            text = self._without_substitutes(text)
            if not text:
                return
        self._write()
        self.skip = 0
        if word == b"footnote" and self.out and self.out[-1] == b"\\*":
            # Some programs say that a note may be passed over, and pandoc then does.
            self.out.pop()
        if text is None or not self.groups[-1].deleted:
            self.out.append(token[0] if text is None else text)
        if token["brace"] == b"{":
            self.groups.append(replace(self.groups[-1]))
        elif token["brace"] and len(self.groups) > 1:
            self.groups.pop()
        elif word is not None:
            self._word(word, number)

    def _without_substitutes(self, text: bytes) -> bytes:
        """The text after the characters that stand in for the last `\\u`; line ends of the source do not count."""
        text = text.lstrip(b"\r\n")
        count = min(self.skip, len(text))
        self.skip -= count
        return text[count:]

    def _word(self, word: bytes, number: int | None) -> None:
        group = self.groups[-1]
        if word == b"ansicpg" and number is not None:
            self.encoding = group.encoding = _codec(f"cp{number}")
        elif word == b"mac":
            self.encoding = group.encoding = "mac_roman"
        elif word == b"fonttbl":
            group.fonts = True
        elif word == b"f" and number is not None:
            group.font = number
            group.encoding = self.encoding if group.fonts else self.charsets.get(number, self.encoding)
        elif word == b"fcharset" and number is not None and group.fonts and number in _CHARSETS:
            self.charsets[group.font] = group.encoding = _codec(_CHARSETS[number])
        elif word == b"plain":
            group.encoding, group.deleted = self.encoding, False
        elif word == b"deleted":
            group.deleted = number != 0
        elif word == b"uc" and number is not None:
            group.substitutes = max(0, min(number, 16))

    def _write(self) -> None:
        self._write_codes()
        self._write_units()

    def _write_codes(self) -> None:
        if self.codes:
            self._put(bytes(self.codes).decode(self.groups[-1].encoding, "replace"))
            self.codes.clear()

    def _write_units(self) -> None:
        if self.units:
            self._put(bytes(self.units).decode("utf-16-le", "replace"))
            self.units.clear()

    def _put(self, text: str) -> None:
        """Write characters; a control word before them ends where they begin."""
        if self.groups[-1].deleted:
            return
        if self.out and _OPEN_WORD.search(self.out[-1]):
            self.out.append(b" ")
        shown = "".join(character for character in text if character >= " ")
        self.out.append(_SIGN.sub(r"\\\g<0>", shown).encode())


def source_of(request: Request) -> Source:
    """The RTF in UTF-8, and its pictures by the names that pandoc gives them: the hashes of their bytes."""
    pictures = {sha1(data, usedforsecurity=False).hexdigest(): data for data in _pictures(request.data)}

    def fetch(address: str) -> bytes:
        return pictures.get(address.partition(".")[0], b"")

    return Source(fields_shown(_Reader().run(request.data)), fetch)


def _pictures(data: bytes) -> Iterator[bytes]:
    """PNG and JPEG pictures, which stand in the source as hexadecimal digits."""
    for start in _PICTURE.finditer(data):
        digits = _HEXADECIMAL.search(data, start.end())
        if digits is not None:
            try:
                yield binascii.unhexlify(b"".join(digits[0].split()))
            except binascii.Error:
                continue


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return _WESTERN
