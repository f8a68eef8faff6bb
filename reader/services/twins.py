"""Tags that may be one: written in another form, in the plural, or with a slip."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from reader.model.codebook import Twins
from reader.model.library import Tag
from reader.text.folding import fold

_BETWEEN = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_ONE_SLIP, _TWO_SLIPS = 5, 10
"""Letters from which on names that differ in so many may be one: short words are too much alike."""


def near_twins(tags: Sequence[Tag]) -> list[Twins]:
    """Pairs of tags that may be one, the likest first; a tag and one nested in it are none."""
    found = [*_same_form(tags), *_slips(tags)]
    return sorted(found, key=lambda pair: (-pair.likeness, pair.kept, pair.other))


def _same_form(tags: Sequence[Tag]) -> Iterator[Twins]:
    forms: dict[str, list[Tag]] = {}
    for tag in tags:
        forms.setdefault("/".join(map(_form, tag.name.split("/"))), []).append(tag)
    for alike in forms.values():
        for one, other in combinations(alike, 2):
            yield _pair(one, other, 1.0)


def _slips(tags: Sequence[Tag]) -> Iterator[Twins]:
    """Those that stand under the same tag, and differ in a letter or two, but not in their figures."""
    from rapidfuzz.distance import OSA

    levels: dict[tuple[str, ...], list[tuple[str, Tag]]] = {}
    for tag in tags:
        over, _, leaf = tag.name.rpartition("/")
        figures = _DIGITS.findall(fold(leaf))
        levels.setdefault((fold(over), *figures), []).append((_form(leaf), tag))
    for beside in levels.values():
        beside.sort(key=lambda named: len(named[0]))
        for at, (form, tag) in enumerate(beside):
            allowed = (len(form) >= _ONE_SLIP) + (len(form) >= _TWO_SLIPS)
            for other_form, other in beside[at + 1 :]:
                if len(other_form) - len(form) > allowed:
                    break
                if form != other_form and OSA.distance(form, other_form, score_cutoff=allowed) <= allowed:
                    yield _pair(tag, other, OSA.normalized_similarity(form, other_form))


def _form(name: str) -> str:
    """A name without what is between its words, and in the singular as far as its letters tell."""
    bare = _BETWEEN.sub("", fold(name)) or name
    if len(bare) > 4 and bare.endswith("ies"):
        return bare[:-3] + "y"
    return bare[:-1] if len(bare) > 3 and bare.endswith("s") and not bare.endswith("ss") else bare


def _pair(one: Tag, other: Tag, likeness: float) -> Twins:
    """The one used more often is kept, of equals the first by name."""
    kept, gone = sorted((one, other), key=lambda tag: (-tag.uses, tag.name))
    return Twins(kept.name, gone.name, likeness)
