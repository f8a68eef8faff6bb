"""What a page says of itself: title, authors, date, site, language, address."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.formats.dates import iso_date
from reader.formats.html.linked_data import linked_metadata
from reader.formats.html.walk import visible_text
from reader.formats.links import site_of, web_address
from reader.model.document import Metadata

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title", "title")
_AUTHORS = ("citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author")
_DATES = (
    "article:published_time",
    "citation_publication_date",
    "citation_date",
    "datepublished",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "date",
    "pubdate",
    "parsely-pub-date",
)
_DATED = ", ".join(
    ['[itemprop="datePublished"]', "time[pubdate]"]
    + [f"{place} time[datetime]" for place in ("article", "header", '[class*="byline"]')]
)
_SITES = ("og:site_name", "citation_journal_title", "application-name", "dc.publisher", "publisher")
_ARTICLE_TYPES = frozenset({"article", "blog", "news", "newsarticle", "blogposting"})
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_SEPARATOR = re.compile(r"\s+[|–—·•»«:/-]+\s+|\s*[|»]\s*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_BY = re.compile(r"by[:\s]+", re.I)
_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?: (?:[A-ZÀ-Þ][\w.’'-]*|de|la|van|von|der|al|bin)){0,5}"
_BYLINE = re.compile(
    rf"(?:By|Von|Por|Par)[:\s]+({_NAME}(?:(?:, | and | & |, and ){_NAME}){{0,5}})(?=\s*(?:[,|·•–—(/]|$|\d))"
)
_LONGEST = 500
_MAX_AUTHORS = 50


@dataclass(slots=True)
class _Page:
    """The declarations of a page, each name in small letters with its values in order."""

    metas: dict[str, list[str]] = field(default_factory=dict)

    def first(self, names: tuple[str, ...]) -> str:
        return next((value for name in names for value in self.metas.get(name, ())), "")

    def all(self, names: tuple[str, ...]) -> list[str]:
        return next((self.metas[name] for name in names if name in self.metas), list[str]())


def metadata_of(root: "LexborNode", page: str) -> Metadata:
    """The metadata of a parsed page whose source is `page`; an empty title when the page names none.

    What the article's own data (JSON-LD) says wins over the tags for other programs, those over the markup.
    """
    declared = _declarations(root)
    linked = linked_metadata(root)
    url = _address(root, page, declared)
    source = declared.first(_SITES) or linked.source or site_of(url)
    return Metadata(
        title=_title(root, linked.title or declared.first(_TITLES), source),
        authors=linked.authors or _authors(root, declared),
        source=source,
        date=linked.date or _date(root, declared),
        language=_language(root, declared) or linked.language,
        url=url,
    )


def declares_article(root: "LexborNode") -> bool:
    """Whether a page says by its markup that it is an article."""
    declared = _declarations(root)
    if "article:published_time" in declared.metas or "citation_title" in declared.metas:
        return True
    if any(value.lower() in _ARTICLE_TYPES for value in declared.metas.get("og:type", ())):
        return True
    marked = root.css_first('[itemprop~="articleBody"], [itemtype*="schema.org/"][itemtype$="Article"]')
    return marked is not None or root.css_first('[itemtype$="schema.org/BlogPosting"]') is not None


def _declarations(root: "LexborNode") -> _Page:
    page = _Page()
    for node in root.css("meta"):
        attributes = node.attributes
        value = clean(attributes.get("content") or "")
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        name = name or attributes.get("http-equiv") or ""
        if name and value:
            page.metas.setdefault(name.strip().lower(), []).append(value)
    return page


def clean(value: str) -> str:
    """A value on one line, of sensible length."""
    return " ".join(value[: _LONGEST * 4].split())[:_LONGEST]


def _title(root: "LexborNode", declared: str, source: str) -> str:
    """The declared title, else the page's `<title>` without the site's name, unless its first heading is in it."""
    if declared:
        return without_site(declared, source)
    node = root.css_first("head > title") or root.css_first("title")
    titled = clean(node.text()) if node else ""
    heading = root.css_first("h1")
    headed = clean(visible_text(heading)) if heading else ""
    if headed and (headed.casefold() in titled.casefold() or len(root.css("h1")) == 1):
        return headed
    return without_site(titled, source)


def without_site(title: str, source: str) -> str:
    """A title such as "Rain at last | Harlow Courier" without its last part, when that is the site's name."""
    parts = _SEPARATOR.split(title)
    if source and len(parts) > 1:
        for edge, rest in ((parts[-1], title[: -len(parts[-1])]), (parts[0], title[len(parts[0]) :])):
            if edge.casefold() == source.casefold():
                return _SEPARATOR.sub("", rest, count=1) if edge is parts[0] else _trimmed(rest)
    return title


def _trimmed(rest: str) -> str:
    return re.sub(r"[\s|–—·•»«:/-]+$", "", rest)


def _authors(root: "LexborNode", declared: _Page) -> tuple[str, ...]:
    written = [value for value in declared.all(_AUTHORS) if not web_address(value)]
    if not written:
        nodes = root.css('[itemprop~="author"], [rel~="author"], .byline .author, .p-author, .author-name')
        written = [clean(visible_text(node)) for node in nodes[:_MAX_AUTHORS]] or _byline(root)
    names = [_BY.sub("", name, count=1) if _BY.match(name) else name for name in written]
    return tuple(dict.fromkeys(name for name in names if name and len(name) < 100))[:_MAX_AUTHORS]


def _byline(root: "LexborNode") -> list[str]:
    """The names in a line such as "By Ada Lee and John Roe, 4 May", when the page calls it a byline."""
    for node in root.css('[class*="byline"], [class*="Byline"]')[:_MAX_AUTHORS]:
        if match := _BYLINE.match(clean(visible_text(node))):
            return re.split(r", and | and | & |, ", match[1])
    return []


def _date(root: "LexborNode", declared: _Page) -> str:
    for name in _DATES:
        for value in declared.metas.get(name, ()):
            if date := iso_date(value):
                return date
    for node in root.css(_DATED):
        attributes = node.attributes
        if date := iso_date(attributes.get("datetime") or attributes.get("content") or visible_text(node)):
            return date
    return ""


def _language(root: "LexborNode", declared: _Page) -> str:
    attributes = root.attributes
    for value in (
        attributes.get("lang"),
        attributes.get("xml:lang"),
        declared.first(("content-language", "dc.language", "dcterms.language", "og:locale")),
    ):
        written = (value or "").split(",")[0].strip()
        if _LANGUAGE.fullmatch(written):
            return written.replace("_", "-")
    return ""


def _address(root: "LexborNode", page: str, declared: _Page) -> str:
    node = root.css_first('link[rel~="canonical"]')
    for value in (node.attributes.get("href") if node else "", declared.first(("og:url",))):
        if address := web_address(value or ""):
            return address
    saved = _SAVED_FROM.search(page, 0, 4000)
    return web_address(saved[1]) if saved else ""
