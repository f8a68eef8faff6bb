"""Notes that nothing calls so: the text refers to them by a label, and they begin with it and lead back there."""

import re

from reader.formats.builder import Builder
from reader.formats.flow import Flow, Reference
from reader.formats.html.events import Attributes, Event
from reader.formats.html.notes import bare_label
from reader.model.document import SpanKind

NOTES = frozenset({"p", "div", "li", "dl", "aside", "blockquote"})
"""The elements that may be such notes."""

_LONGEST_LABEL = 12
_MOST_EVENTS = 5_000
_LABEL = re.compile(r"[*∗†‡§¶#]{1,4}|\d{1,4}|[ivxlc]{1,7}|[a-z]", re.I)
_SIGNS = re.compile(r"[*∗†‡§¶]")
_LEADING = re.compile(r"[\s\[(←↑^]*([*∗†‡§¶#]{1,4}|[^\W_]{1,7})(?!\w)")
_NEVER = frozenset("h1 h2 h3 h4 h5 h6 section article table tr td hr figure nav".split())


def refer(flow: Flow, href: str, events: list[Event], at: int) -> None:
    """Remember a link into the document, begun before `at`, if it refers to something as to a note.

    It stands after words of its block, is nothing but a label, and is raised, bracketed, a sign, or part of the word.
    """
    builder = flow.builder
    if not href.startswith("#") or href[1:] in flow.references or not builder.has_letters:
        return
    words, raised = _short_words(events, at)
    label = bare_label(words)
    if not _LABEL.fullmatch(label):
        return
    if raised or _SIGNS.match(label) or words.strip() != label or _stands_out(builder):
        flow.references[href[1:]] = Reference(label, builder.start, builder.position)


def note_label(flow: Flow, attributes: Attributes, events: list[Event], at: int) -> str:
    """The label of the note that the element begun before `at` is; empty when it is none, or that is not sure."""
    known = flow.references
    names = [flow.scope + (attributes.get("id") or ""), *flow.builder.waiting]
    head, found, is_back, depth = "", "", False, 1
    for place in range(at, min(len(events), at + _MOST_EVENTS)):
        event = events[place]
        if event is None:
            depth -= 1
            if not depth:
                return known[found].label if found and is_back else ""
        elif isinstance(event, str):
            head += event if len(head) < _LONGEST_LABEL else ""
            if not found and len(head.strip(" \t\n[(")) > 1:
                found = next((name for name in names if name in known and _begins(head, known[name].label)), "")
                if not found and len(head.strip()) >= _LONGEST_LABEL:
                    return ""
        else:
            depth += 1
            tag, said = event
            name = flow.scope + (said.get("id") or (said.get("name") if tag == "a" else None) or "")
            if tag in _NEVER or (found and name != found and name in known):
                return ""
            names.append(name)
            found = found or next((n for n in names if n in known and _begins(head, known[n].label)), "")
            is_back = is_back or (tag == "a" and _leads_back(flow, said, names))
    return ""


def _leads_back(flow: Flow, attributes: Attributes, names: list[str]) -> bool:
    """Whether a link leads to where the text refers to one of the names."""
    target = flow.link(attributes.get("href") or "")
    place = flow.builder.targets.get(target[1:], -1) if target.startswith("#") else -1
    referring = (flow.references[name] for name in names if name in flow.references)
    return any(reference.start <= place <= reference.end for reference in referring)


def _begins(words: str, label: str) -> bool:
    leading = _LEADING.match(words)
    return leading is not None and leading[1].casefold() == label.casefold()


def _short_words(events: list[Event], at: int) -> tuple[str, bool]:
    """The words of a link, empty if they are many, and whether something in it raises them."""
    words, raised, depth = "", False, 1
    for place in range(at, len(events)):
        event = events[place]
        if event is None:
            depth -= 1
            if not depth:
                break
        elif isinstance(event, str):
            words += event
            if len(words) > _LONGEST_LABEL:
                return "", False
        else:
            depth += 1
            raised = raised or event[0] == "sup"
    return words, raised


def _stands_out(builder: Builder) -> bool:
    """Whether what comes is raised, or follows its word without a space."""
    return builder.is_open(SpanKind.SUPERSCRIPT) or builder.is_after_word
