"""The article on a page: the element that holds it, and what in that element is no part of it.

Trafilatura says which words are the body's; the page's own elements around these words are then read like any other,
so that no link, picture or word is lost in between. In doubt an element belongs to the article.
"""

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.formats.html.clutter import apart, clutter_of, inside, named_apart
from reader.formats.html.page_map import PageMap, Stretch, letters_of, page_map, weight_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_CHARACTERS = 5_000_000
MOST_TAGS = 30_000
"""Pages of more are not searched for an article: the search takes a time that grows with the square of the tags."""

FEWEST_LETTERS = 200
"""A page of less holds no article that could be told from the rest."""

# They change no word, and searching through thousands of them takes minutes.
_INLINE = re.compile(
    r"</?(?:abbr|b|big|code|em|font|i|kbd|mark|s|small|span|strong|sub|sup|time|u|wbr)(?:\s[^<>]*)?>", re.I
)
_PIECE = 12
_MATCHED = 0.6
_SURE = 0.6
_MOST_HEADER = 600
_PARTIAL = frozenset("blockquote caption dd dl dt figure li ol p pre table tbody tfoot thead tr ul".split())
_CELLS = frozenset({"td", "th"})
_TITLES = frozenset({"h1", "h2"})


@dataclass(frozen=True, slots=True)
class Article:
    """The element that holds an article and the elements in it that do not belong to it.

    `is_sure`: at least 60 % of the prose was found to be the article's, and no other paragraph is left out but
    those in comments, side columns and footers. `is_less`: the page holds words that the article does not.
    """

    body: "LexborNode"
    clutter: "tuple[LexborNode, ...]"
    is_sure: bool
    is_less: bool


def find_article(root: "LexborNode", page: str, title: str, *, forms: bool) -> Article | None:
    """The article of a parsed page whose source is `page`, or None when there is none to be found.

    `title` is what the page says its article is called. The tree is left as it is.
    """
    if len(page) > MOST_CHARACTERS:
        return None
    plain = _INLINE.sub("", page)
    if plain.count("<") > MOST_TAGS:
        return None
    words = letters_of(_body_words(plain))
    if weight_of(words) < FEWEST_LETTERS:
        return None
    found = page_map(root, forms=forms)
    matched = _matched(found, words)
    if not matched:
        return None
    away = apart(found, _around(found, matched))
    # What is said in comments and footers may well be prose; only if there is no other it can be the article.
    matched = matched - away or matched
    clutter = clutter_of(found, matched)
    cluttered = inside(found, clutter)
    body = _body(found, matched, cluttered, letters_of(title))
    if body < 0:
        return None
    within = [number for number in clutter if found.holds(body, number)]
    return Article(
        found.elements[body].node,
        tuple(found.elements[number].node for number in within),
        _is_sure(found, body, matched, cluttered | away | named_apart(found, matched)),
        bool(within) or any(not found.holds(body, stretch.inside) for stretch in found.stretches),
    )


def _body_words(page: str) -> str:
    """The words that trafilatura takes for the body; empty when it finds none or the page is too much for it."""
    import trafilatura

    log = logging.getLogger("trafilatura")
    level = log.level
    # It reports each page without an article as a warning.
    log.setLevel(logging.CRITICAL + 1)
    try:
        found = trafilatura.bare_extraction(page, include_comments=False, include_tables=True)
    except Exception:
        # Whatever a strange page does to it, the page is still to be read.
        return ""
    finally:
        log.setLevel(level)
    text = getattr(found, "text", None)
    return text if isinstance(text, str) else ""


def _matched(page: PageMap, words: str) -> frozenset[int]:
    """The stretches whose letters stand in `words`, for the most part: those of prose, if they are most of `words`.

    A text may consist of short lines: of talk, of verse, of articles of a law. Then these count as well.
    """
    pieces = {words[at : at + _PIECE] for at in range(len(words) - _PIECE + 1)}
    found = frozenset(index for index, stretch in enumerate(page.stretches) if _stands_in(stretch, pieces))
    prose = frozenset(index for index in found if page.stretches[index].is_prose)
    weight = sum(page.stretches[index].own for index in prose)
    return prose if weight >= _MATCHED * weight_of(words) else found


def _stands_in(stretch: Stretch, pieces: set[str]) -> bool:
    own = [stretch.letters[at : at + _PIECE] for at in range(0, len(stretch.letters) - _PIECE + 1, _PIECE)]
    told = stretch.is_prose or stretch.own > stretch.linked
    return told and sum(piece in pieces for piece in own) >= max(1, _MATCHED * len(own))


def _around(page: PageMap, matched: frozenset[int]) -> frozenset[int]:
    """The elements that hold more than half of what was matched."""
    weights: dict[int, int] = {}
    for index in matched:
        for number in page.above(page.stretches[index].inside):
            weights[number] = weights.get(number, 0) + page.stretches[index].own
    half = sum(page.stretches[index].own for index in matched) / 2
    return frozenset(number for number, weight in weights.items() if weight > half)


def _body(page: PageMap, matched: frozenset[int], cluttered: frozenset[int], title: str) -> int:
    """The element that holds all of the body, with the title and the beginning if these stand close above."""
    body = page.stretches[min(matched)].inside
    for index in matched:
        body = page.common(body, page.stretches[index].inside)
    while body >= 0 and _is_partial(page, body, matched):
        body = page.elements[body].parent
    article = next((n for n in page.above(body) if page.elements[n].tag == "article"), -1)
    if article >= 0:
        body = article
    titled = _title_element(page, min(matched), title)
    if body >= 0 and titled >= 0 and not page.holds(body, titled):
        wider = page.common(body, titled)
        added = [
            stretch
            for index, stretch in enumerate(page.stretches)
            if index not in cluttered and page.holds(wider, stretch.inside) and not page.holds(body, stretch.inside)
        ]
        if wider >= 0 and sum(len(stretch.letters) for stretch in added) <= _MOST_HEADER + len(title):
            return wider
    return body


def _is_partial(page: PageMap, body: int, matched: frozenset[int]) -> bool:
    """Whether what stands beside an element may belong to the same text: a cell must hold several paragraphs."""
    tag = page.elements[body].tag
    return tag in _PARTIAL or (tag in _CELLS and len(matched) < 2)


def _title_element(page: PageMap, first: int, title: str) -> int:
    """The heading above the stretch `first` that is the article's title; -1 for none."""
    for index in range(first, -1, -1):
        stretch = page.stretches[index]
        if page.elements[stretch.inside].tag in _TITLES and stretch.letters and stretch.letters in (title, title[:500]):
            return stretch.inside
    return -1


def _is_sure(page: PageMap, body: int, matched: frozenset[int], passed: frozenset[int]) -> bool:
    """Whether most prose of the page is the body's, and no paragraph is left out but those `passed`.

    Of a text of short lines nobody can be sure that all of it was found.
    """
    if not all(page.stretches[index].is_prose for index in matched):
        return False
    prose = own = 0
    for index, stretch in enumerate(page.stretches):
        if not stretch.is_prose or (index in passed and index not in matched):
            continue
        prose += stretch.own
        if index in matched:
            own += stretch.own
        elif not page.holds(body, stretch.inside):
            return False
    return own >= _SURE * prose
