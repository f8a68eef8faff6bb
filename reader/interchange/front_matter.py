"""The head of a Markdown file: lines of YAML, of which some are ours and the others stay as they are."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reader.interchange.managed import digest

Value = str | int | tuple[str, ...]

_HEAD = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"(?:\"(?P<quoted>[^\"\n]+)\"|(?P<plain>[^\s\"'#\-\[{][^:\n]*?))[ ]*:(?=\s|\Z)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NOT_PRINTED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Merged:
    """A head that was brought up to date, and what of it is ours: the digest of each value by its key."""

    text: str
    written: Mapping[str, str]


def split(text: str) -> tuple[str, str]:
    """The lines between the marks of the head, and the text after it; no head where there is none."""
    found = _HEAD.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def value(text: str, key: str) -> str:
    """What a key of the head of a text says, as one line; empty when it is not there."""
    return next((_meaning(entry) for name, entry in _entries(split(text)[0]) if name == key), "")


def merge(head: str, wanted: Mapping[str, Value], written: Mapping[str, str], end: str = "\n") -> Merged:
    """The lines of a head with the wanted values.

    `written` are the digests of what was written before: a value that was changed since is the user's and stays, one
    that was taken out stays out. Keys that are not ours are left as they are. `end` is what ends a line.
    """
    lines: list[str] = []
    ours = dict(written)
    present: set[str] = set()
    for key, entry in _entries(head):
        is_new = key not in present
        present.add(key)
        is_ours = is_new and written.get(key) == digest(_meaning(entry))
        if is_ours and key not in wanted:
            del ours[key]
            continue
        if is_ours and key in wanted and digest(_canonical(wanted[key])) != written[key]:
            entry = _entry(key, wanted[key], end)
            ours[key] = digest(_canonical(wanted[key]))
        lines.append(entry if entry.endswith("\n") else entry + end)
    for key, wish in wanted.items():
        if key not in present and key not in written:
            lines.append(_entry(key, wish, end))
            ours[key] = digest(_canonical(wish))
    return Merged("".join(lines), ours)


def _entries(head: str) -> Iterator[tuple[str, str]]:
    """Each key with its lines; what stands before the first has an empty key."""
    key, lines = "", list[str]()
    for line in head.splitlines(keepends=True):
        found = _KEY.match(line)
        if found:
            if lines:
                yield key, "".join(lines)
            key, lines = found["quoted"] or found["plain"], []
        lines.append(line)
    if lines:
        yield key, "".join(lines)


def _entry(key: str, wish: Value, end: str) -> str:
    if isinstance(wish, str | int):
        return f"{key}: {_scalar(wish)}{end}"
    return f"{key}:{end}" + "".join(f"  - {_scalar(one)}{end}" for one in wish)


def _scalar(text: str | int) -> str:
    """A YAML scalar: a date or a number as it is, anything else in quotes, as JSON has it and YAML too."""
    if isinstance(text, int) or _DATE.fullmatch(text):
        return str(text)
    return _NOT_PRINTED.sub(lambda sign: f"\\u{ord(sign.group()):04x}", json.dumps(text, ensure_ascii=False))


def _canonical(wish: Value) -> str:
    return "\n".join(wish) if isinstance(wish, tuple) else str(wish)


def _meaning(entry: str) -> str:
    """What an entry says however it is written: other programs write lists and quotes their own way."""
    first, *rest = entry.splitlines()
    found = _KEY.match(first)
    said = first[found.end() :].strip() if found else first
    if said.startswith("[") and said.endswith("]"):
        return "\n".join(_flow(said))
    items = [line.strip() for line in rest if line.strip() and not line.lstrip().startswith("#")]
    if not said and items and all(item[:2] in ("- ", "-") for item in items):
        return "\n".join(_plain(item[1:].strip()) for item in items)
    return "\n".join((_plain(said), *items)) if items else _plain(said)


def _flow(said: str) -> list[str]:
    try:
        return [str(one) for one in json.loads(said)]
    except (ValueError, RecursionError):
        return [_plain(one.strip()) for one in said[1:-1].split(",") if one.strip()]


def _plain(said: str) -> str:
    if said[:1] == '"' and said[-1:] == '"' and len(said) > 1:
        try:
            return str(json.loads(said))
        except ValueError:
            return said
    if said[:1] == "'" and said[-1:] == "'" and len(said) > 1:
        return said[1:-1].replace("''", "'")
    return said
