"""What a page is, from its first tag to its last: starts with their attributes, text, and ends, in reading order."""

import re
from collections.abc import Mapping

Attributes = Mapping[str, str | None]
Event = str | tuple[str, Attributes] | None
"""Text; or an element's name and attributes where it begins; or None where the one begun last ends."""

# Never text: programs, controls, frames, players, drawings, and what only a program shows.
SKIPPED = frozenset(
    "annotation annotation-xml applet area audio base basefont bgsound button canvas datalist dialog embed frame"
    " frameset head iframe keygen link map menuitem meta meter noembed noframes noscript object optgroup option output"
    " param plaintext progress rp script select source style svg template textarea title track video".split()
)
_NAVIGATION = frozenset({"nav", "menu"})
_SKIPPED_ROLES = frozenset({"navigation", "search", "menu", "menubar", "toolbar", "tablist", "dialog", "alertdialog"})
_HIDDEN_CLASSES = frozenset({"sr-only", "visually-hidden", "screen-reader-text", "mw-editsection", "mw-jump-link"})
# So many events, and so many characters, may be in what is looked through for a few words.
_FEW = 60
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def is_left_out(tag: str, *, navigation: bool, forms: bool) -> bool:
    """Whether an element is passed over whatever it says: `navigation` and `forms` keep menus and forms."""
    return tag in SKIPPED or (tag in _NAVIGATION and not navigation) or (tag == "form" and not forms)


def is_hidden(attributes: Attributes, *, navigation: bool) -> bool:
    """Whether the page does not show an element."""
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


def rest_of_element(events: list[Event], at: int) -> int:
    """Where the element ends whose start stands before `at`: the place of its end among the events."""
    depth = 1
    for place in range(at, len(events)):
        event = events[place]
        if event is None:
            depth -= 1
            if not depth:
                return place
        elif event.__class__ is tuple:
            depth += 1
    return len(events)


def words_of(events: list[Event]) -> str:
    """The text in a stretch of events, white space runs as one space."""
    return " ".join("".join(event for event in events if isinstance(event, str)).split())


def short_words(events: list[Event], at: int) -> tuple[str, int]:
    """The text of an element begun before `at` and the place of its end; ("", 0) when it is long."""
    words, depth = "", 1
    for place in range(at, min(len(events), at + _FEW)):
        event = events[place]
        if event is None:
            depth -= 1
            if not depth:
                return " ".join(words.split()), place
        elif isinstance(event, str):
            words += event
            if len(words) > _FEW:
                break
        else:
            depth += 1
    return "", 0
