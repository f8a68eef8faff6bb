"""A text that two write: ours are the blocks between markers, all else is the user's and stays as it is.

A block looks like this, its markers at the beginning of their lines:

    <!-- passage KEY DIGEST GROUP -->

    ...

    <!-- /passage KEY -->

The digest is that of what was written there, so that what the user changed within it is told from what we wrote. A line
`<!-- passage-written ... -->` lists what was ever written, so that what the user took out stays out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

_PART = re.compile(
    r"^<!-- passage (?P<key>[\w-]+) (?P<digest>[0-9a-f]{12}) (?P<group>[\w-]+) -->[ \t]*\r?\n"
    r"(?P<body>.*?)^<!-- /passage (?P=key) -->[ \t]*(?:\r?\n|\Z)"
    r"|^<!-- passage-written(?P<written>[^\n<>]*) -->[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
HEADING = "h-"
"""How the keys of headings begin."""
TOP = "top"
"""The group of what stands under no heading."""
TITLE = "head"
"""The key of what is said of the whole, which is no mark."""
STATE = "-"
"""The key of the line that lists what was written."""


@dataclass(frozen=True, slots=True)
class Item:
    """A block that is wanted: `key` names it for good (letters, digits, hyphens), `body` has no markers in it.

    `group` is the key of the heading that it stands under, or TOP. Keys of headings begin with HEADING.
    """

    key: str
    group: str
    body: str

    @property
    def is_heading(self) -> bool:
        return self.key.startswith(HEADING)

    @property
    def is_mark(self) -> bool:
        return not self.is_heading and self.key != TITLE


@dataclass(frozen=True, slots=True)
class Block:
    """A block that is there: `raw` is all of it, `digest` that of what was written in it, `is_touched` if it is not
    as it was written."""

    raw: str
    key: str
    digest: str = ""
    group: str = ""
    is_touched: bool = False

    @property
    def is_heading(self) -> bool:
        return self.key.startswith(HEADING)

    @property
    def is_mark(self) -> bool:
        return not self.is_heading and self.key not in (TITLE, STATE)


Part = str | Block


def digest(text: str) -> str:
    """A digest of what a text says: blanks at the ends of lines and empty lines around it make no difference."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return sha256(lines.strip("\n").encode("utf-8", "replace")).hexdigest()[:12]


def parts_of(text: str) -> list[Part]:
    """What a text is made of, in order: the user's words, and blocks. The copy of a block is the user's."""
    parts: list[Part] = []
    seen: set[str] = set()
    at = 0
    for found in _PART.finditer(text):
        key = found["key"] or STATE
        if key in seen:
            continue
        seen.add(key)
        if found.start() > at:
            parts.append(text[at : found.start()])
        parts.append(_block(found, key))
        at = found.end()
    return [*parts, text[at:]] if at < len(text) else parts


def _block(found: re.Match[str], key: str) -> Block:
    if key == STATE:
        return Block(found.group(), key)
    return Block(found.group(), key, found["digest"], found["group"], digest(found["body"]) != found["digest"])


def block_of(item: Item, end: str) -> Block:
    """A wanted block as it is written, with `end` after each line."""
    said = digest(item.body)
    first, last = f"<!-- passage {item.key} {said} {item.group} -->", f"<!-- /passage {item.key} -->"
    raw = "\n".join((first, "", item.body, "", last, "")).replace("\n", end)
    return Block(raw, item.key, said, item.group)


def state_of(keys: Iterable[str], values: Mapping[str, str]) -> str:
    """The line, without its end, that lists digests of keys and values by name (neither has blanks or signs in it)."""
    said = [*(f"{name}={value}" for name, value in sorted(values.items())), *sorted(keys)]
    return f"<!-- passage-written {' '.join(said)} -->"


def written_before(text: str) -> tuple[frozenset[str], dict[str, str]]:
    """What that line of a text says: the digests of keys that were ever written, and values by name."""
    found = next((match["written"] for match in _PART.finditer(text) if match["written"] is not None), "")
    fields = [field.partition("=") for field in found.split()]
    return frozenset(name for name, sign, _ in fields if not sign), {name: said for name, sign, said in fields if sign}
