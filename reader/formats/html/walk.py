"""Goes through a parsed page without recursion, past everything that is no text for a reader."""

from typing import TYPE_CHECKING

from reader.formats.html.events import Attributes, Event, is_hidden, is_left_out

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["Attributes", "events_of", "visible_text"]

_NO_ATTRIBUTES: Attributes = {}


def events_of(root: "LexborNode", *, navigation: bool, forms: bool) -> list[Event]:
    """What stands under `root`, itself not, in reading order.

    `navigation` and `forms` keep menus and the text in forms, which are passed over otherwise.
    """
    events: list[Event] = []
    above: list[LexborNode] = []
    node = root.first_child
    while node is not None or above:
        if node is None:
            events.append(None)
            node = above.pop().next
            continue
        if node.is_text_node:
            events.append(node.text_content or "")
        elif node.is_element_node:
            tag = node.tag or ""
            if not is_left_out(tag, navigation=navigation, forms=forms):
                attributes = node.attributes or _NO_ATTRIBUTES
                if not is_hidden(attributes, navigation=navigation):
                    events.append((tag, attributes))
                    above.append(node)
                    node = node.first_child
                    continue
        node = node.next
    return events


def visible_text(node: "LexborNode") -> str:
    """The words under an element that a reader sees, white space as it is written."""
    events = events_of(node, navigation=True, forms=False)
    return "".join(event for event in events if isinstance(event, str))
