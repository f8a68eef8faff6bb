"""A text that two write: ours are the blocks between markers, all else is the user's and stays as it is.

A block looks like this, its markers at the beginning of their lines:

    <!-- passage KEY DIGEST GROUP -->

    ...

    <!-- /passage KEY -->

The digest is that of what was written there, so that what the user changed within it is told from what we wrote. A line
`<!-- passage-written ... -->` lists what was ever written, so that what the user took out stays out.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256

_BLOCK = re.compile(
    r"^<!-- passage (?P<key>[\w-]+) (?P<digest>[0-9a-f]{12}) (?P<group>[\w-]+) -->[ \t]*\r?\n"
    r"(?P<body>.*?)^<!-- /passage (?P=key) -->[ \t]*(?:\r?\n|\Z)"
    r"|^<!-- passage-written (?P<written>[^\n<>]*) -->[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_STATE = "-"
"""The key of the line that lists what was written."""


@dataclass(frozen=True, slots=True)
class Item:
    """A block that is wanted: `key` names it for good (letters, digits, hyphens), `body` has no markers in it.

    `group` is the key of the heading that it stands under, "top" for none. A heading is left out without anything
    under it.
    """

    key: str
    group: str
    body: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """A text brought up to date. `kept_out` counts wanted blocks that the user took out, `kept` those that stay as
    the user changed them though there is something new; `written` are the keys of the blocks that are new in it."""

    text: str
    kept_out: int
    kept: int
    written: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Block:
    raw: str
    key: str
    digest: str = ""
    group: str = ""
    is_touched: bool = False


_Part = str | _Block


def digest(text: str) -> str:
    """A digest of what a text says: blanks at the ends of lines and empty lines around it make no difference."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return sha256(lines.strip("\n").encode("utf-8", "replace")).hexdigest()[:12]


def written_before(text: str) -> tuple[frozenset[str], dict[str, str]]:
    """What the line at the end of a text says: the digests of keys that were ever written, and values by name."""
    found = next((match["written"] for match in _BLOCK.finditer(text) if match["written"] is not None), "")
    fields = [field.partition("=") for field in found.split()]
    return frozenset(name for name, sign, _ in fields if not sign), {name: said for name, sign, said in fields if sign}


def merge(
    text: str, wanted: Sequence[Item], values: Mapping[str, str], is_gone: Callable[[str], bool], end: str = "\n"
) -> Merged:
    """`text` with the wanted blocks, in their order as far as the user has not changed it.

    A block that is not wanted goes if `is_gone` says so of its key, and its heading with its last one. Outside the
    blocks nothing changes. `values` are kept in the line at the end; `end` is what ends a line.
    """
    before, _ = written_before(text)
    parts = list(_parts(text))
    present = {part.key: part for part in parts if isinstance(part, _Block)}
    here = {key for key in present if key != _STATE}
    out = [item.key for item in wanted if item.key not in here and digest(item.key) in before and not item.is_heading]
    items = _with_headings(wanted, {item.key for item in wanted} - set(out))
    items = [item for item in items if item.key in here or digest(item.key) not in before]
    moving = _moving(parts, {item.key: item for item in items})
    new = {item.key for item in items} - here
    kept = 0
    result: list[_Part] = []
    keys = {item.key: item for item in items}
    for part in parts:
        if isinstance(part, _Block) and part.key in keys and part.key not in moving:
            item = keys[part.key]
            is_new = digest(item.body) != part.digest
            kept += is_new and part.is_touched
            if part.is_touched or (not is_new and part.group == item.group):
                result.append(part)
            else:
                new |= {item.key} if is_new else set()
                result.append(_block(item, end))
        elif isinstance(part, _Block) and (part.key in moving or (_goes(part, keys, is_gone))):
            _take_out(result)
        else:
            result.append(part)
    _insert(result, items, end)
    _drop_empty(result, {item.key for item in wanted if item.is_heading}, keys)
    state = {digest(part.key) for part in result if isinstance(part, _Block) and part.key != _STATE}
    _set_state(result, before | state, values, end)
    return Merged("".join(_raw(part) for part in result), len(out), kept, frozenset(new))
