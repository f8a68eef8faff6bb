"""What a filter that finds nothing may have meant: words and tags of the library that are spelt nearly so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from reader.model.filters import Condition, Filter, Key, Part, Words
from reader.services.filtering import index_tokens
from reader.store import filtering, tags
from reader.store.database import Store

_SHORTEST = 4
"""Letters that a word must have: a shorter one is like too many others."""
_LIKE = 0.7
"""How like, from 0 to 1, a word must be to be the one that was meant."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A filter with words that are there, and a sentence about what was taken for what."""

    wanted: Filter
    said: str


def meant(store: Store, wanted: Filter, vocabulary: Callable[[], Mapping[str, int]]) -> Meant | None:
    """The filter with each word and tag that is nowhere replaced by the one most like it; None when there is none.

    `vocabulary` gives the words of the index, and how many annotations have each.
    """
    parts: list[Part] = []
    told: list[str] = []
    for part in wanted.parts:
        other = part
        if not part.negated and isinstance(part, Words):
            if token := _missing(store, part):
                found = _nearest(token, vocabulary())
                other = replace(part, text=found) if found else part
        elif not part.negated and isinstance(part, Condition) and part.key is Key.TAG:
            other = _tag(store, part)
        parts.append(other)
        if other != part:
            told.append(f"“{_text(part)}” was taken for “{_text(other)}”")
    if not told:
        return None
    return Meant(Filter(tuple(parts)), f"Nothing meets that exactly: {', '.join(told)}.")


def _text(part: Part) -> str:
    return part.text if isinstance(part, Words) else part.value


def _missing(store: Store, part: Words) -> str:
    """The word as the index would hold it, where it is nowhere in the library; else empty."""
    tokens = [token for run in index_tokens(part) for token in run]
    if len(tokens) != 1 or len(tokens[0]) < _SHORTEST or tokens[0].isdigit():
        return ""
    there = filtering.is_there(store, tokens, not part.whole) or filtering.titled(store, tokens, not part.whole)
    return "" if there else tokens[0]


def _tag(store: Store, part: Condition) -> Condition:
    if tags.nested(store, part.value):
        return part
    names = dict(filtering.tag_names(store).values())
    # A tag that nobody has is known where others are nested in it.
    for key, name in list(names.items()):
        pieces = zip(key.split("/")[:-1], name.split("/")[:-1], strict=False)
        over_key, over_name = "", ""
        for piece_key, piece_name in pieces:
            over_key, over_name = f"{over_key}{piece_key}", f"{over_name}{piece_name}"
            names.setdefault(over_key, over_name)
            over_key, over_name = f"{over_key}/", f"{over_name}/"
    found = _nearest(tags.key_of(tags.clean_name(part.value)), dict.fromkeys(names, 1))
    return replace(part, value=names[found]) if found else part


def _nearest(text: str, choices: Mapping[str, int]) -> str:
    """The choice most like the text, where one is like it, of equal ones that with the higher number.

    Two letters in the wrong order are one slip.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(text, list(choices), scorer=OSA.normalized_similarity, score_cutoff=_LIKE, limit=20)
    return max(found, key=lambda one: (one[1], choices[one[0]]))[0] if found else ""
