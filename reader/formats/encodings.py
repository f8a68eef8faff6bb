"""Bytes of unknown encoding -> text: marks first, then UTF-8, then what the letters say."""

import re

from reader.formats.alphabets import best_alphabet
from reader.formats.east_asian import best_east_asian
from reader.formats.errors import FormatError
from reader.text.normalise import normalise

_SAMPLE = 48 * 1024
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII = frozenset(b"\t\n\r" + bytes(range(0x20, 0x7F)))
_ESCAPED_JAPANESE = (b"\x1b$B", b"\x1b$@", b"\x1b(J")
_ESCAPED_KOREAN = b"\x1b$)C"

# What the detector names, and the superset that real files use under that name.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "cp950",
    "ascii": "utf-8",
    "latin_1": "cp1252",
    "iso8859_9": "cp1254",
    "iso8859_11": "cp874",
    "tis_620": "cp874",
}


def decode(data: bytes, name: str = "The file") -> str:
    """Canonical text (see `reader.text.normalise`) of bytes in any encoding.

    Raises `FormatError` when no encoding gives text; `name` is what the sentence calls the file.
    """
    encoding = detect(data)
    if not encoding:
        raise FormatError(
            f"“{name}” is in an encoding that could not be told, or is damaged: save it as UTF-8 and add it again."
        )
    return normalise(data.decode(encoding, "replace"))


def detect(data: bytes) -> str:
    """The Python name of the encoding of `data`, or empty when nothing fits."""
    marked = utf_by_marks(data[:_SAMPLE])
    if marked:
        return marked
    if b"\x1b" in data[:_SAMPLE] and (escaped := _by_escapes(data[:_SAMPLE])):
        return escaped
    if is_utf8(data):
        return "utf-8"
    return legacy(sample_of(data))


def _by_escapes(sample: bytes) -> str:
    if any(escape in sample for escape in _ESCAPED_JAPANESE):
        return "iso2022_jp_2"
    return "iso2022_kr" if _ESCAPED_KOREAN in sample else ""


def utf_by_marks(sample: bytes) -> str:
    """UTF-8, -16 or -32 as a byte order mark or, for UTF-16 without one, the places of its zero bytes tell."""
    if sample.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if sample.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return _utf16_by_zeros(sample)


def is_utf8(data: bytes) -> bool:
    """Whether `data` is UTF-8, allowing for a cut last character and for rare damage in much sound text."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return error.start > 0
        return _is_damaged_utf8(data)
    return True


def sample_of(data: bytes) -> bytes:
    """At most 48 KB round the first bytes that are not ASCII, from line end to line end where there is one."""
    first = _HIGH.search(data)
    start = max(0, first.start() - 1024) if first else 0
    sample = data[start : start + _SAMPLE]
    if start + _SAMPLE < len(data):
        cut = sample.rfind(b"\n")
        sample = sample[: cut + 1] if cut > _SAMPLE // 2 else sample
    return sample


def legacy(sample: bytes) -> str:
    """The encoding of bytes that are no Unicode form, or empty.

    Few letters beside ASCII are told by the alphabets of languages, which is sure for short texts where
    statistics are not; charset-normalizer tells the rest.
    """
    by_letters = best_alphabet(sample) or best_east_asian(sample)
    if by_letters:
        return by_letters
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None or best.encoding.startswith(("utf_16", "utf_32")):
        return "cp1252" if _mostly_ascii(sample) else ""
    return _WIDER.get(best.encoding, best.encoding)


def _utf16_by_zeros(sample: bytes) -> str:
    if b"\0" not in sample or len(sample) < 4:
        return ""
    pairs = min(len(sample) // 2, 4096)
    first, second = sample[0 : pairs * 2 : 2], sample[1 : pairs * 2 : 2]
    # Two printable ASCII bytes side by side are frequent only where each is a letter of its own.
    if sum(1 for a, b in zip(first, second, strict=True) if a in _ASCII and b in _ASCII) > pairs * 0.6:
        return ""
    # Spaces, digits and line ends have a zero byte in every script; the other half of the pairs has next to none.
    even, odd = first.count(0), second.count(0)
    if odd > pairs * 0.05 and even * 20 < odd:
        return "utf-16-le"
    if even > pairs * 0.05 and odd * 20 < even:
        return "utf-16-be"
    return ""


def _is_damaged_utf8(data: bytes) -> bool:
    sample = sample_of(data)
    text = sample.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for character in text if character > "\x7f") - wrong
    return right > 20 * wrong


def _mostly_ascii(sample: bytes) -> bool:
    return len(_HIGH.findall(sample)) * 4 < len(sample)
