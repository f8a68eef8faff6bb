"""What stands where on a page: its elements, and the stretches of text between their borders."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.formats.html.events import Attributes, is_hidden, is_left_out

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

PROSE = 90
"""From so many letters outside of links on, a stretch counts as a paragraph of somebody's text."""
DENSE = 3
"""A sign for a word or a syllable, in Chinese, Japanese or Korean, counts for so many letters."""

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr q rb rt ruby s"
    " samp small span strike strong sub sup time tt u var wbr".split()
)
_NO_LETTERS = re.compile(r"[\W_]+")
_DENSE = re.compile(
    "[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


def letters_of(text: str) -> str:
    """Letters and digits alone, in small letters: what stays of a text however it is laid out."""
    return _NO_LETTERS.sub("", text.casefold())


def weight_of(letters: str) -> int:
    """How many letters of an alphabet `letters` are worth."""
    return len(letters) + (DENSE - 1) * (0 if letters.isascii() else len(_DENSE.findall(letters)))


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the page; `parent` is its number, -1 at the top, and `depth` how many are above it."""

    node: "LexborNode"
    tag: str
    attributes: Attributes
    parent: int
    depth: int


@dataclass(slots=True)
class Stretch:
    """Text in the element `inside`, up to the next border of a block.

    `own` is what its letters outside of links weigh, `linked` what those in links do.
    """

    inside: int
    letters: str = ""
    own: int = 0
    linked: int = 0

    @property
    def is_prose(self) -> bool:
        return self.own >= PROSE


@dataclass(slots=True)
class PageMap:
    """The elements that a reader sees, each after the one it stands in, and the text, in reading order.

    `inner_links` are the names that links of the page lead to within it.
    """

    elements: list[Element] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    inner_links: set[str] = field(default_factory=set)

    def above(self, element: int) -> Iterator[int]:
        """An element and those that it stands in, from the innermost."""
        while element >= 0:
            yield element
            element = self.elements[element].parent

    def holds(self, outer: int, inner: int) -> bool:
        """Whether the element `inner` is `outer` or stands in it."""
        while inner > outer:
            inner = self.elements[inner].parent
        return inner == outer

    def common(self, one: int, other: int) -> int:
        """The innermost element that holds both; -1 for none."""
        while one != other:
            if one > other:
                one = self.elements[one].parent
            else:
                other = self.elements[other].parent
        return one


def page_map(root: "LexborNode", *, forms: bool) -> PageMap:
    """The map of a parsed page, menus and everything unseen left out; `forms` keeps what stands in forms."""
    found = PageMap()
    writing = _Writing(found)
    above: list[tuple[LexborNode, str]] = []
    node = root.first_child
    while node is not None or above:
        if node is None:
            node, tag = above.pop()
            writing.leave(tag)
        elif node.is_text_node:
            writing.text(node.text_content or "")
        elif node.is_element_node and not is_left_out(tag := node.tag or "", navigation=False, forms=forms):
            attributes = node.attributes
            if not is_hidden(attributes, navigation=False):
                writing.enter(node, tag, attributes)
                above.append((node, tag))
                node = node.first_child
                continue
        node = node.next
    return found


@dataclass(slots=True)
class _Writing:
    """Fills a map on the way through the page. Only block elements are in it: links are counted, others passed."""

    found: PageMap
    _open: list[int] = field(default_factory=lambda: [-1])
    _links: int = 0
    _stretch: Stretch | None = None

    def enter(self, node: "LexborNode", tag: str, attributes: Attributes) -> None:
        if tag in _INLINE:
            if tag == "a":
                self._link(attributes)
            return
        self._stretch = None
        if tag == "br":
            return
        parent = self._open[-1]
        self.found.elements.append(Element(node, tag, attributes, parent, len(self._open) - 1))
        self._open.append(len(self.found.elements) - 1)

    def _link(self, attributes: Attributes) -> None:
        self._links += 1
        target = attributes.get("href") or ""
        if target.startswith("#"):
            self.found.inner_links.add(target[1:])

    def leave(self, tag: str) -> None:
        if tag in _INLINE:
            self._links -= tag == "a"
            return
        self._stretch = None
        if tag != "br":
            self._open.pop()

    def text(self, written: str) -> None:
        letters = letters_of(written)
        if not letters:
            return
        if self._stretch is None:
            self._stretch = Stretch(self._open[-1])
            self.found.stretches.append(self._stretch)
        self._stretch.letters += letters
        if self._links:
            self._stretch.linked += weight_of(letters)
        else:
            self._stretch.own += weight_of(letters)
