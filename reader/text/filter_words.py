"""Filters as a person writes them: `tag:cost category:figure since:2026-01 no:note -tag:draft "price of land" water`.

A word in quotes, or several, must be there as they are; a word without may go on. A value with spaces stands in quotes;
a quotation mark within quotes is doubled.
"""

import re
from datetime import date

from reader.model.annotation import AnchorState, Color, Style
from reader.model.errors import ReaderError
from reader.model.filters import Condition, Filter, Key, Part, Words

FILLED = ("note", "tag", "quote")
"""What `has:` and `no:` ask for."""

_TOKEN = re.compile(
    r'(?P<minus>-?)(?:(?P<key>[A-Za-z]+):)?(?:"(?P<quoted>(?:[^"]|"")*)(?:"|$)|“(?P<curly>[^”]*)(?:”|$)|(?P<bare>\S*))'
)
_SPACE = re.compile(r"\s+")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_ALLOWED: dict[Key, tuple[str, ...]] = {
    Key.COLOR: tuple(Color),
    Key.STATE: tuple(AnchorState),
    Key.STYLE: tuple(Style),
    Key.HAS: FILLED,
    Key.NO: FILLED,
}
_INSTEAD = {Key.HAS: "no", Key.NO: "has", Key.SINCE: "until", Key.UNTIL: "since"}


class FilterError(ReaderError):
    """The words are no filter; the sentence says what is allowed."""


def parse(text: str) -> Filter:
    """The filter that the words say. Raises FilterError for a key or a value that there is not."""
    parts: list[Part] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        match = _TOKEN.match(text, at)
        # The pattern takes at least the one character that is no space.
        assert match
        at = match.end()
        part = _part(match)
        if part is not None and part not in parts:
            parts.append(part)
    return Filter(tuple(parts))


def written(wanted: Filter) -> str:
    """The words that say the filter: `parse` gives the same again."""
    return " ".join(map(written_part, wanted.parts))


def written_part(part: Part) -> str:
    """The words that say one part of a filter."""
    minus = "-" if part.negated else ""
    if isinstance(part, Words):
        return minus + (_quoted(part.text) if part.whole else part.text)
    needs_quotes = _SPACE.search(part.value) or part.value[0] in '"“'
    return f"{minus}{part.key}:{_quoted(part.value) if needs_quotes else part.value}"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _part(match: re.Match[str]) -> Part | None:
    minus, key, quoted, curly, bare = match.group("minus", "key", "quoted", "curly", "bare")
    value = quoted.replace('""', '"') if quoted is not None else curly if curly is not None else bare
    if key is not None:
        return _condition(key, value.strip(), negated=bool(minus))
    whole = bare is None
    if not value.strip():
        return None
    return Words(value.strip() if whole else value, whole, bool(minus))


def _condition(name: str, value: str, *, negated: bool) -> Condition:
    try:
        key = Key(name.lower())
    except ValueError:
        raise FilterError(
            f"There is no filter “{name}:”; there are {_listed(tuple(Key))}, and words that hold a colon go in quotes."
        ) from None
    if negated and key in _INSTEAD:
        raise FilterError(f"“-{key}:” does not go; write {_INSTEAD[key]}: instead.")
    if not value:
        raise FilterError(f"“{key}:” needs a value; write it right after the colon, such as {_example(key)}.")
    if key in _ALLOWED:
        value = value.lower()
        if value not in _ALLOWED[key]:
            raise FilterError(f"“{key}:{value}” does not go; after {key}: comes {_listed(_ALLOWED[key], 'or')}.")
    if key in (Key.SINCE, Key.UNTIL) and not is_date(value):
        raise FilterError(f"“{key}:{value}” is no date; write a year, a month or a day, such as {key}:2026-01-31.")
    return Condition(key, value, negated)


def _example(key: Key) -> str:
    if key in _ALLOWED:
        return f"{key}:{_ALLOWED[key][0]}"
    examples = {Key.TAG: "cost", Key.CATEGORY: "claim", Key.SINCE: "2026-01", Key.UNTIL: "2026-01"}
    return f"{key}:{examples.get(key, 'report')}"


def _listed(names: tuple[str, ...], word: str = "and") -> str:
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def is_date(text: str) -> bool:
    """Whether it is a year, a month or a day that there is, such as 2026-01-31."""
    match = _DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
