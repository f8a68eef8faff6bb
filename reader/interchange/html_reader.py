"""What a report that this program wrote says of its marks, to be held against the texts of now; it is not imported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.interchange.foreign import not_one
from reader.interchange.given import Given
from reader.interchange.records import Parsed
from reader.interchange.table import OFFSET_UNIT
from reader.interchange.written import Section, parsed

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_OURS = re.compile(rb'<section id="d-[^>]* data-annotations="[0-9]+" data-offset-unit="')
_DIGITS = re.compile(r"\d{1,12}")
_OF_DOCUMENT, _LINK = "d-", "#d-"


def recognises(given: Given) -> bool:
    """Whether it is such a report, saved by a browser or not."""
    return b"<html" in given.head.lower() and _OURS.search(given.data) is not None


def read(given: Given) -> Parsed:
    """The quotes of it and where they stood. `InterchangeError` when this program did not write it."""
    from selectolax.lexbor import LexborHTMLParser

    if not recognises(given):
        raise not_one("the reports that Passage writes")
    tree = LexborHTMLParser(given.data)
    sections = [_section(node) for node in tree.css("main > section[id^=d-]")]
    here = {section.uid for section in sections}
    told = [(link.attributes.get("href") or "", link.text(strip=True)) for link in tree.css("nav ol a")]
    gone = [title for address, title in told if address.startswith(_LINK) and address[len(_LINK) :] not in here]
    return parsed("html", sections, gone)


def _section(node: LexborNode) -> Section:
    title = node.css_first("h2")
    marks: list[tuple[str, str]] = []
    starts: dict[str, int] = {}
    for article in node.css("article[id]"):
        uid, words = article.attributes["id"] or "", article.css("blockquote > mark, blockquote > p > mark")
        marks.append((uid, " ".join(paragraph.text() for paragraph in words)))
        if (start := _number(article, "data-start")) is not None:
            starts[uid] = start
    return Section(
        (node.attributes["id"] or "").removeprefix(_OF_DOCUMENT),
        title.text(strip=True) if title else "",
        node.attributes.get("data-text-sha256") or "",
        _number(node, "data-annotations"),
        tuple(marks),
        starts if node.attributes.get("data-offset-unit") == OFFSET_UNIT else {},
    )


def _number(node: LexborNode, name: str) -> int | None:
    said = node.attributes.get(name) or ""
    return int(said) if _DIGITS.fullmatch(said) else None
