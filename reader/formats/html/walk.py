"""Goes through a parsed page without recursion, past everything that is no text for a reader."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Never text: programs, controls, frames, players, drawings, and what only a program shows.
SKIPPED = frozenset(
    "annotation annotation-xml applet area audio base basefont bgsound button canvas datalist dialog embed frame"
    " frameset head iframe keygen link map menuitem meta meter noembed noframes noscript object optgroup option output"
    " param plaintext progress rp script select source style svg template textarea title track video".split()
)
_NAVIGATION = frozenset({"nav", "menu"})
_SKIPPED_ROLES = frozenset({"navigation", "search", "menu", "menubar", "toolbar", "tablist", "dialog", "alertdialog"})
_HIDDEN_CLASSES = frozenset({"sr-only", "visually-hidden", "screen-reader-text", "mw-editsection", "mw-jump-link"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)

Attributes = dict[str, str | None]
_NO_ATTRIBUTES: Attributes = {}


class Step(Enum):
    ENTER = auto()
    LEAVE = auto()
    TEXT = auto()


def steps(root: "LexborNode", *, navigation: bool, forms: bool) -> Iterator[tuple[Step, str, "LexborNode", Attributes]]:
    """What happens on the way through the tree under `root`, in reading order: (step, tag, node, attributes).

    `navigation` and `forms` keep menus and the text in forms, which are passed over otherwise.
    """
    above: list[tuple[LexborNode, str, Attributes]] = []
    node = root.first_child
    while node is not None or above:
        if node is None:
            node, tag, attributes = above.pop()
            yield Step.LEAVE, tag, node, attributes
            node = node.next
            continue
        tag = node.tag or ""
        if node.is_text_node:
            yield Step.TEXT, "", node, _NO_ATTRIBUTES
        elif node.is_element_node and not _is_left_out(tag, navigation=navigation, forms=forms):
            attributes = node.attributes
            if not _is_hidden(attributes, navigation=navigation):
                yield Step.ENTER, tag, node, attributes
                above.append((node, tag, attributes))
                node = node.first_child
                continue
        node = node.next


def _is_left_out(tag: str, *, navigation: bool, forms: bool) -> bool:
    return tag in SKIPPED or (tag in _NAVIGATION and not navigation) or (tag == "form" and not forms)


def _is_hidden(attributes: Attributes, *, navigation: bool) -> bool:
    if not attributes:
        return False
    if "hidden" in attributes or (attributes.get("aria-hidden") or "").lower() == "true":
        return True
    if not navigation and (attributes.get("role") or "").lower() in _SKIPPED_ROLES:
        return True
    style, classes = attributes.get("style"), attributes.get("class")
    if style and _HIDDEN_STYLE.search(style):
        return True
    return bool(classes) and not _HIDDEN_CLASSES.isdisjoint(classes.split())


def visible_text(node: "LexborNode") -> str:
    """The words under an element that a reader sees, white space as it is written."""
    found = [
        inner.text_content or "" for step, _, inner, _ in steps(node, navigation=True, forms=False) if step is Step.TEXT
    ]
    return "".join(found)
