"""What a W3C annotation says: its bodies, in whatever shape another program wrote them, as a note and tags."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, cast

from reader.interchange import checks
from reader.interchange.checks import Malformed

DEEPEST = 8
"""How deep bodies and selectors may be nested in each other; nobody writes more than three."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_SETS = frozenset({"Choice", "List", "Composite", "Independents"})

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A note in Markdown, and tags in order."""

    note: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """The words of one body, and whether they are a tag."""

    words: str
    is_tag: bool


def said(record: Json) -> Said:
    """The note and the tags of an annotation. `Malformed` when a body is something that no body can be."""
    purposes = names(record.get("motivation"))
    parts = list(_parts(record.get("body"), "tagging" in purposes and "commenting" not in purposes, "body", 0))
    if "bodyValue" in record:
        parts.append(_Part(checks.text(record, "bodyValue"), False))
    notes = [part.words for part in parts if not part.is_tag and part.words.strip()]
    tags = [" ".join(part.words.split()) for part in parts if part.is_tag]
    return Said("\n\n".join(notes), tuple(dict.fromkeys(filter(None, tags))))


def names(value: Any) -> tuple[str, ...]:
    """One name or several, without what stands before the last colon ("oa:tagging" is "tagging")."""
    return tuple(one.rpartition(":")[2] for one in many(value) if isinstance(one, str))


def many(value: Any) -> list[Any]:
    """What may stand alone or in a list, as a list; nothing is none."""
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def mapping(value: Any) -> Json:
    """`value` as an object; an empty one when it is something else."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def iri_of(value: Json) -> str:
    """The IRI of an object; empty when it has none."""
    return checks.text(value, "id") or checks.text(value, "@id")


def _parts(value: Any, tagging: bool, place: str, depth: int) -> Iterator[_Part]:
    if depth > DEEPEST:
        raise Malformed(place, "is nested too deep")
    for one in many(value):
        if isinstance(one, str):
            words = checks.clean(one, place)
            yield _Part(words if tagging or not _IRI.fullmatch(words) else f"<{words}>", tagging)
        else:
            yield from _part(checks.record(one, place), tagging, place, depth)


def _part(body: Json, tagging: bool, place: str, depth: int) -> Iterator[_Part]:
    purposes = names(body.get("purpose"))
    tagging = "tagging" in purposes if purposes else tagging
    kinds = names(body.get("type", body.get("@type")))
    for key in ("value", "chars"):
        if key in body:
            is_html = "text/html" in many(body.get("format"))
            for words in dict.fromkeys(_values(body[key], key)):
                yield _Part(_plain(words) if is_html else words, tagging)
            return
    if "source" in body:
        yield from _parts(body["source"], tagging, f"{place}.source", depth + 1)
    elif "items" in body or _SETS.intersection(kinds):
        members = many(body.get("items"))
        yield from _parts(members[:1] if "Choice" in kinds else members, tagging, f"{place}.items", depth + 1)
    elif tagging:
        yield _Part(_label(body) or iri_of(body).rstrip("/#").rpartition("/")[2].rpartition("#")[2], True)
    elif iri := iri_of(body):
        yield _Part(f"[{label}]({iri})" if (label := _label(body)) else f"<{iri}>", False)


def _label(body: Json) -> str:
    return next((found for key in ("label", "name", "title") if isinstance(found := body.get(key), str)), "")


def _values(value: Any, key: str) -> Iterator[str]:
    """The words of a body: a text as it should be, several, or those of each language."""
    for one in many(value):
        held = mapping(one)
        if "@value" in held:
            yield checks.text(held, "@value")
        elif held:
            yield from (checks.clean(words, key) for found in held.values() for words in many(found))
        else:
            yield checks.clean(one, key)


def _plain(words: str) -> str:
    plain = _Plain()
    plain.feed(words)
    plain.close()
    return "".join(plain.pieces).strip()


class _Plain(HTMLParser):
    """The words of a piece of HTML; what a browser would run or load is not among them."""

    _UNSAID = frozenset({"script", "style"})
    _BREAKS = frozenset({"br", "p", "div", "li", "blockquote", "tr"})

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._silent += tag in self._UNSAID
        if tag in self._BREAKS and self.pieces:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(self._silent - (tag in self._UNSAID), 0)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)
