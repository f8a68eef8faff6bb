"""The HTML that pandoc makes, made ready for the reader of HTML."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.formats.dates import iso_date
from reader.formats.pandoc.source import Source
from reader.model.document import Metadata

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_TITLE_BLOCK = "header#title-block-header"
_SAID_ELSEWHERE = ("p.author", "p.date", ".abstract-title")
_NEVER = ("a.footnote-back", "section.footnotes > hr")
_NO_ALT = "image"
"""What pandoc calls a picture of which nothing is said."""
_LONGEST = 500


def metadata_of(root: "LexborNode", known: Metadata) -> Metadata:
    """What pandoc's page says of the document, where `known` says nothing."""
    heading = root.css_first(f"{_TITLE_BLOCK} > h1.title")
    subtitle = root.css_first(f"{_TITLE_BLOCK} > p.subtitle")
    authors = tuple(dict.fromkeys(_contents(root, "author")))
    html = root.css_first("html")
    language = (html.attributes.get("lang") or "") if html else ""
    return replace(
        known,
        title=known.title or (_clean(heading.text()) if heading else ""),
        subtitle=known.subtitle or (_clean(subtitle.text()) if subtitle else ""),
        authors=known.authors or tuple(author for author in authors if author.casefold() != "unknown"),
        date=known.date or next((date for said in _contents(root, "dcterms.date") if (date := iso_date(said))), ""),
        language=known.language or language,
        tags=known.tags or tuple(_split(_contents(root, "keywords"))),
    )


def tidy(root: "LexborNode", source: Source) -> None:
    """Take out of the page what is no text of the document, and give the pictures their alternative texts."""
    unwanted = [*_NEVER]
    unwanted += [f"{_TITLE_BLOCK} {part}" for part in _SAID_ELSEWHERE] if source.front else [_TITLE_BLOCK]
    for selector in unwanted:
        for node in root.css(selector):
            node.remove()
    for image in root.css("img"):
        alt = source.alts.get(image.attributes.get("src") or "")
        if alt:
            image.attrs["alt"] = alt
        elif image.attributes.get("alt") == _NO_ALT:
            image.attrs["alt"] = ""


def _contents(root: "LexborNode", name: str) -> list[str]:
    nodes = root.css(f'head > meta[name="{name}"]')
    return [text for node in nodes if (text := _clean(node.attributes.get("content") or ""))]


def _split(lists: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(word for text in lists for part in text.split(",") if (word := part.strip()))


def _clean(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
