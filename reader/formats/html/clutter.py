"""The parts of a page that are no part of its article: share bars, lists of other articles, comments, boxes to sign up.

Told by what the page calls them, and never if they hold prose, comments excepted: what is not surely clutter stays.
"""

import re
from typing import TYPE_CHECKING

from reader.formats.html.events import Attributes
from reader.formats.html.page_map import PROSE, Element, PageMap

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_PARTS = frozenset({"aside", "footer"})
_ROLES = frozenset({"complementary", "contentinfo"})
_NAMES = frozenset(
    "ad ads advert advertisement advertising advertorial adslot breadcrumb breadcrumbs consent cookie cookies gdpr"
    " mostread newsletter outbrain paywall popup promo promotion recirc recirculation recommend recommendation"
    " recommendations recommended related share sharebar sharing shares signup social sponsor sponsored subscribe"
    " subscription taboola toolbar trending".split()
)
_APART = frozenset("footer masthead sidebar sidebars".split())
_COMMENTS = frozenset("comments comment-list comments-area comments-section commentlist disqus_thread respond".split())
_NAME = re.compile(r"[^\W_]+")
_TOP = frozenset({"html", "body", "main", "article"})
# What an author writes; software names boxes. These are clutter only if they are mostly links, or not by their name.
_WRITTEN = frozenset("p h1 h2 h3 h4 h5 h6 figure li dt dd".split())
_QUOTING = frozenset("blockquote table pre".split())
_MOST_OWN = 400
_SHORT = 40
_MOST_NAMED = 500


def clutter_of(page: PageMap, matched: frozenset[int]) -> frozenset[int]:
    """The numbers of the outermost cluttering elements.

    None holds one of the stretches `matched`, the body's own, or, comments excepted, a quotation, a table, or a place
    that a link of the page leads to, as notes below a text are; none is known by a name that something around the body
    bears, too.
    """
    weights = _Weights(page, matched)
    names = _NAMES - weights.names
    found: set[int] = set()
    for number, element in enumerate(page.elements):
        if element.tag in _TOP or number in weights.bodies or not found.isdisjoint(page.above(number)):
            continue
        if _is_comments(element) or weights.allow(number, element, names):
            found.add(number)
    return frozenset(found)


def apart(page: PageMap, whole: frozenset[int]) -> frozenset[int]:
    """The stretches in parts that HTML itself sets apart, side columns and footers, and in comments.

    The elements `whole`, those around most of the page's text, do not count.
    """
    parts = (
        number
        for number, element in enumerate(page.elements)
        if number not in whole and element.tag not in _TOP and (_is_part(element) or _is_comments(element))
    )
    return inside(page, frozenset(parts))


def named_apart(page: PageMap, matched: frozenset[int]) -> frozenset[int]:
    """The stretches in what the page calls a footer, a side column or clutter, and nothing around `matched` by that."""
    names = (_NAMES | _APART) - _Weights(page, matched).names
    return inside(page, frozenset(n for n, element in enumerate(page.elements) if _is_named(element, names)))


def inside(page: PageMap, clutter: frozenset[int]) -> frozenset[int]:
    """The stretches that stand in cluttering elements."""
    return frozenset(
        index for index, stretch in enumerate(page.stretches) if not clutter.isdisjoint(page.above(stretch.inside))
    )


def is_bare(root: "LexborNode") -> bool:
    """Whether a parsed page is text with nothing around it: no link leads away, nothing is called what clutter is."""
    if any(not (link.attributes.get("href") or "").startswith("#") for link in root.css("a[href]")):
        return False
    if root.css_first("aside, footer, form, iframe, [role]"):
        return False
    named = root.css("[class], [id]")
    clutter = _NAMES | _APART | _COMMENTS
    return len(named) <= _MOST_NAMED and not any(_names_in(node.attributes) & clutter for node in named)


class _Weights:
    """What each element holds: letters outside of links, the longest stretch of them, the body, places led to."""

    def __init__(self, page: PageMap, matched: frozenset[int]) -> None:
        self.bodies: set[int] = set()
        self._own: dict[int, int] = {}
        self._linked: dict[int, int] = {}
        self._longest: dict[int, int] = {}
        self._kept: set[int] = set()
        for index, stretch in enumerate(page.stretches):
            for number in page.above(stretch.inside):
                self._own[number] = self._own.get(number, 0) + stretch.own
                self._linked[number] = self._linked.get(number, 0) + stretch.linked
                self._longest[number] = max(self._longest.get(number, 0), stretch.own)
                if index in matched:
                    self.bodies.add(number)
        self.names = {name for number in self.bodies for name in _names_of(page.elements[number])}
        for number, element in enumerate(page.elements):
            if element.tag in _QUOTING or element.attributes.get("id") in page.inner_links:
                self._kept.update(page.above(number))

    def allow(self, number: int, element: Element, names: frozenset[str]) -> bool:
        """Whether an element is clutter by its name or kind and holds little enough."""
        if number in self._kept:
            return False
        longest = self._longest.get(number, 0)
        if element.tag in _WRITTEN and self._linked.get(number, 0) <= self._own.get(number, 0):
            return False
        if _is_named(element, names):
            return longest < PROSE and self._own.get(number, 0) <= _MOST_OWN
        return _is_part(element) and longest < _SHORT


def _is_comments(element: Element) -> bool:
    named = f"{element.attributes.get('class') or ''} {element.attributes.get('id') or ''}".lower()
    return not _COMMENTS.isdisjoint(named.split())


def _is_part(element: Element) -> bool:
    return element.tag in _PARTS or (element.attributes.get("role") or "").lower() in _ROLES


def _is_named(element: Element, names: frozenset[str]) -> bool:
    return not names.isdisjoint(_names_of(element))


def _names_of(element: Element) -> set[str]:
    """The words of an element's classes and of its identity."""
    return _names_in(element.attributes)


def _names_in(attributes: Attributes) -> set[str]:
    return set(_NAME.findall(f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()))
