"""The plainest paragraphs, which are most of a book: read in one go, for speed.

A paragraph is plain when it holds nothing but words, line ends, links, and elements that give a meaning to words. All
others, and all that stand in lists, quotations, notes or tables, are left to the slower and wiser way.
"""

from reader.formats.builder import one_line
from reader.formats.flow import Flow
from reader.formats.html.events import Attributes, Event
from reader.formats.html.inline import INLINE
from reader.formats.html.notes import bare_label, is_reference
from reader.model.document import SpanKind

_TAGS = frozenset({"p", "div"})
_LINK_ATTRIBUTES = frozenset({"href", "class", "epub:type", "role", "title"})
_BREAKS = ("", " ", "\n")

_Open = tuple[SpanKind | None, int, str, int]


def may_be_plain(tag: str, attributes: Attributes, flow: Flow) -> bool:
    """Whether a paragraph that begins here can be read in one go."""
    if tag not in _TAGS or flow.builder.is_inside or not flow.structure.is_plain:
        return False
    return not attributes or (_has_only_class(attributes) and not flow.styles)


def _has_only_class(attributes: Attributes) -> bool:
    """Whether an element has no attribute but classes, none of which is one for notes."""
    return len(attributes) == 1 and "note" not in (attributes.get("class") or "note")


def read_line(events: list[Event], at: int, flow: Flow) -> int:
    """Write the paragraph whose start tag stands before `at`, if it is plain: what comes after it, else 0."""
    pieces: list[str] = []
    spans: list[tuple[SpanKind, int, int, str]] = []
    above: list[_Open] = []
    last, size = "", 0
    while True:
        event = events[at]
        at += 1
        if event is None:
            if not above:
                break
            kind, begin, href, _ = above.pop()
            if kind is not None and begin < size:
                spans.append((kind, begin, size, href))
        elif isinstance(event, str):
            if "\n" in event or "  " in event or "\t" in event or "\r" in event or "\f" in event or "\0" in event:
                event = one_line(event)
            if event[:1] == " " and last in _BREAKS:
                event = event[1:]
            if event:
                pieces.append(event)
                size += len(event)
                last = event[-1]
        else:
            opened = _inline(event[0], event[1], size, flow)
            if opened is None or len(above) > 8:
                return 0
            above.append(opened)
            if opened[3]:
                _know_reference(events, at, opened[2], flow)
    flow.builder.line(pieces, spans)
    return at


def _inline(tag: str, attributes: Attributes, size: int, flow: Flow) -> _Open | None:
    """What an element in the line means from here on; None when it is none of the plainest."""
    if not attributes or (_has_only_class(attributes) and not flow.styles):
        kind = INLINE.get(tag)
        return (kind, size, "", 0) if kind is not None or tag == "span" else None
    if tag == "a" and _LINK_ATTRIBUTES.issuperset(attributes):
        href = flow.link(attributes.get("href") or "")
        return (SpanKind.LINK if href else None), size, href, int(is_reference(attributes))
    return None


def _know_reference(events: list[Event], at: int, href: str, flow: Flow) -> None:
    """The label of a reference to a note, when that is all that stands in it."""
    depth, words = 1, ""
    while depth:
        event = events[at]
        at += 1
        if isinstance(event, str):
            words += event
        else:
            depth += -1 if event is None else 1
    if href.startswith("#"):
        flow.labels.setdefault(href[1:], bare_label(words))
