"""Notes that nothing calls so: the text refers to them by a label, and they begin with it and lead back there."""

import re

from reader.formats.builder import Builder
from reader.formats.flow import Flow, Reference
from reader.formats.html.events import Attributes, Event, short_words
from reader.formats.html.notes import bare_label
from reader.model.document import SpanKind

NOTES = frozenset({"p", "div", "li", "dl", "aside", "blockquote"})
"""The elements that may be such notes."""

_LONGEST_LABEL = 12
# So far the beginning and the end of a note are looked for, and so often is one place taken for a note: whatever a
# page holds, that costs little.
_OPENING = 24
_LONGEST = 5_000
_TRIES = 8
_LABEL = re.compile(r"[*∗†‡§¶#]{1,4}|\d{1,4}|[ivxlc]{1,7}|[a-z]", re.I)
_SIGNS = re.compile(r"[*∗†‡§¶]")
_LEADING = re.compile(r"[\s\[(←↑^]*([*∗†‡§¶#]{1,4}|[^\W_]{1,7})(?!\w)")
_WAYS_BACK = "mw-cite-backlink"
_NEVER = frozenset("h1 h2 h3 h4 h5 h6 section article table tr td hr figure nav".split())


def refer(flow: Flow, href: str, events: list[Event], at: int) -> None:
    """Remember a link into the document, begun before `at`, if it refers to something as to a note.

    It stands after words of its block, is nothing but a label, and is raised, bracketed, a sign, or part of the word.
    """
    builder = flow.builder
    if not href.startswith("#") or href == "#" or href[1:] in flow.references:
        return
    words, end = short_words(events, at)
    label = bare_label(words)
    if not end or not _LABEL.fullmatch(label) or not builder.has_letters:
        return
    raised = any(event[0] == "sup" for event in events[at:end] if isinstance(event, tuple))
    if raised or _SIGNS.match(label) or words != label or _stands_out(builder):
        flow.references[href[1:]] = Reference(label, builder.start, builder.position)


def note_label(flow: Flow, attributes: Attributes, events: list[Event], at: int, marker: str = "") -> str:
    """The label of the note that the element begun before `at` is; empty when it is none, or that is not sure.

    `marker` is that of an item of a list: it does for the words with which the note begins.
    """
    if isinstance(events[at], str) and events[at + 1] is None:
        return ""  # words alone lead nowhere
    name = flow.scope + (attributes.get("id") or "")
    if not marker or name not in flow.references or flow.references[name].label != marker:
        name = _named(flow, attributes, events, at)
    reference = flow.references.get(name)
    if reference is None:
        return ""
    flow.tried[name] = flow.tried.get(name, 0) + 1
    if flow.tried[name] > _TRIES:
        return ""
    return reference.label if _leads_back(flow, name, reference, events, at) else ""


def is_list_of_ways_back(attributes: Attributes) -> bool:
    """Whether an element of a note only has links back, as the software of encyclopedias writes them: "^ a b"."""
    return _WAYS_BACK in (attributes.get("class") or "")


def _named(flow: Flow, attributes: Attributes, events: list[Event], at: int) -> str:
    """The name under which the text refers to an element that begins with the label; empty for any other."""
    names = [flow.scope + (attributes.get("id") or ""), *flow.builder.waiting[-_TRIES:]]
    words, depth = "", 1
    for event in events[at : at + _OPENING]:
        if event is None:
            depth -= 1
            if not depth:
                break
        elif isinstance(event, str):
            words += event.lstrip()[: 2 * _LONGEST_LABEL] if not words else event[: 2 * _LONGEST_LABEL]
            leading = _LEADING.match(words)
            said = leading[1].casefold() if leading else ""
            for name in names:
                if said and name in flow.references and flow.references[name].label.casefold() == said:
                    return name
            if len(words) > (leading.end() if leading else _LONGEST_LABEL):
                break  # it begins with another word
        else:
            depth += 1
            names.append(_name(flow, *event))
    return ""


def _leads_back(flow: Flow, name: str, reference: Reference, events: list[Event], at: int) -> bool:
    """Whether an element is one note, no more, and has a link to the block that refers to it."""
    is_back, depth = False, 1
    for place in range(at, min(len(events), at + _LONGEST)):
        event = events[place]
        if event is None:
            depth -= 1
            if not depth:
                return is_back
        elif isinstance(event, tuple):
            depth += 1
            tag, attributes = event
            other = _name(flow, tag, attributes)
            if tag in _NEVER or (other != name and other in flow.references):
                return False
            is_back = is_back or (tag == "a" and reference.start <= _goal(flow, attributes) <= reference.end)
    return False


def _name(flow: Flow, tag: str, attributes: Attributes) -> str:
    return flow.scope + (attributes.get("id") or (attributes.get("name") if tag == "a" else None) or "")


def _goal(flow: Flow, attributes: Attributes) -> int:
    """The position to which a link leads, if that is in the text before it; otherwise -1."""
    target = flow.link(attributes.get("href") or "")
    return flow.builder.targets.get(target[1:], -1) if target.startswith("#") else -1


def _stands_out(builder: Builder) -> bool:
    """Whether what comes is raised, or follows its word without a space."""
    return builder.is_open(SpanKind.SUPERSCRIPT) or builder.is_after_word
