"""JSON-LD: what an article says of itself in the words of schema.org."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from reader.formats.dates import iso_date
from reader.model.document import Metadata

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_ARTICLES = (
    "article",
    "newsarticle",
    "opinionnewsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "blogposting",
    "scholarlyarticle",
    "techarticle",
    "report",
    "review",
    "book",
    "creativework",
    "webpage",
)
_OF_ANY_SORT = _ARTICLES.index("book")
_MAX_BYTES = 1024 * 1024
_MAX_OBJECTS = 2000
_MAX_AUTHORS = 50


def describes_article(root: "LexborNode") -> bool:
    """Whether the page's JSON-LD describes an article."""
    return any(_rank(item) < _OF_ANY_SORT for item in _described(root))


def linked_metadata(root: "LexborNode") -> Metadata:
    """Title, authors, date, source and language of the first article that the page's JSON-LD describes."""
    objects = list(_described(root))
    ranked = sorted((o for o in objects if _rank(o) < len(_ARTICLES)), key=_rank)
    if not ranked:
        return Metadata()
    article = ranked[0]
    # A web page's name is the site's wording of its title; an article's headline is its own.
    title = _text(article.get("headline")) or (_text(article.get("name")) if _rank(article) < 12 else "")
    return Metadata(
        title=title,
        authors=_names(article.get("author")),
        source=next(iter(_names(article.get("publisher"))), ""),
        date=iso_date(_text(article.get("datePublished"))),
        language=_text(article.get("inLanguage"))[:20],
    )


def _described(root: "LexborNode") -> Iterator[dict[str, Any]]:
    for node in root.css('script[type="application/ld+json"]'):
        yield from _objects(node.text())


def _objects(written: str) -> Iterator[dict[str, Any]]:
    """Every object of a JSON text, outermost first; nothing of a malformed one."""
    if len(written) > _MAX_BYTES:
        return
    try:
        pending: list[Any] = [json.loads(written)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MAX_OBJECTS):
        if not pending:
            return
        value = pending.pop(0)
        if isinstance(value, dict):
            item = cast("dict[str, Any]", value)
            yield item
            pending.extend(v for k, v in item.items() if k in ("@graph", "mainEntity", "mainEntityOfPage"))
        elif isinstance(value, list):
            pending.extend(cast("list[Any]", value))


def _rank(item: dict[str, Any]) -> int:
    """How near to an article the item's type is: 0 is nearest."""
    kinds = item.get("@type")
    names = _listed(kinds)
    known = [_ARTICLES.index(n.lower()) for n in names if isinstance(n, str) and n.lower() in _ARTICLES]
    return min(known, default=len(_ARTICLES))


def _text(value: object) -> str:
    return " ".join(value[:2000].split())[:500] if isinstance(value, str) else ""


def _listed(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else [value]


def _name(item: object) -> object:
    return cast("dict[str, object]", item).get("name") if isinstance(item, dict) else item


def _names(value: object) -> tuple[str, ...]:
    """The names of one or several persons or organisations, written as objects or plainly."""
    names = [_text(_name(item)) for item in _listed(value)[:_MAX_AUTHORS]]
    return tuple(dict.fromkeys(name for name in names if name and "://" not in name))
