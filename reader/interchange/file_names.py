"""Names of files made of titles: good on every system, and never a path."""

import re
from collections.abc import Container
from unicodedata import category, normalize

LONGEST = 120
"""Bytes of a name in UTF-8, without its ending; file systems take 255."""
UNTITLED = "Untitled"

# What some file system, or Obsidian in a link, does not take.
_REFUSED = re.compile(r'[\\/:*?"<>|#^\[\]]')
_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|\s*\Z)")
_KEPT = frozenset("\u200c\u200d")
"""Signs without a width that Persian words and emoji need."""


def file_name(title: str) -> str:
    """A name without an ending for a document of this title."""
    line = "".join(_sign(sign) for sign in normalize("NFC", title))
    line = " ".join(_REFUSED.sub(" ", line).split()).strip(". ")
    line = line.encode("utf-8", "ignore")[:LONGEST].decode("utf-8", "ignore").strip(". ")
    line = f"_{line}" if _DEVICE.match(line) else line
    return line if any(sign not in _KEPT for sign in line) else UNTITLED


def free_name(name: str, taken: Container[str]) -> str:
    """`name`, or with the first number from 2 that makes it one that is not taken (in any case: see `folded`)."""
    number, free = 1, name
    while folded(free) in taken:
        number += 1
        free = f"{name} {number}"
    return free


def is_numbered(name: str, plain: str) -> bool:
    """Whether `name` is `plain`, or that with a number, as `free_name` makes it."""
    rest = folded(name).removeprefix(folded(plain))
    return folded(name).startswith(folded(plain)) and (not rest or re.fullmatch(r" [1-9][0-9]*", rest) is not None)


def folded(name: str) -> str:
    """A name such that two that some file system takes for one are equal."""
    return normalize("NFC", normalize("NFC", name).casefold())


def _sign(sign: str) -> str:
    if sign in _KEPT:
        return sign
    kind = category(sign)
    return "" if kind in ("Cf", "Cs", "Co", "Cn") else " " if kind[0] in "CZ" else sign
