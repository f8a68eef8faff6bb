"""Where the chapters and the printed pages of a book begin, as its navigation document or its NCX lists them."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reader.formats.epub.addresses import Addresses, Place
from reader.formats.epub.elements import children, first, local, text_of
from reader.formats.html.notes import page_name

_TYPE = "{http://www.idpf.org/2007/ops}type"
_DEEPEST = 60
_LEFT_OUT = frozenset({"ol", "li", "script", "style"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: `level` 1.., and the place that it leads to, None when it is only a heading over others."""

    title: str
    level: int
    place: Place | None


@dataclass(frozen=True, slots=True)
class Contents:
    """The lists of a book, each in its own order."""

    chapters: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()


def contents_of_nav(root: Element, path: str, addresses: Addresses) -> Contents:
    """The lists in a navigation document (EPUB 3); `path` is its name in the archive."""
    lists: dict[str, Element] = {}
    navs = [each for each in root.iter() if local(each) == "nav"]
    for nav in navs:
        for kind in (nav.get(_TYPE) or nav.get("epub:type") or nav.get("role") or "").lower().split():
            lists.setdefault(kind.removeprefix("doc-"), nav)
    toc = lists.get("toc")
    if toc is None and len(navs) == 1 and not lists:
        toc = navs[0]
    return Contents(
        tuple(_nav_entries(first(toc, "ol"), path, addresses)),
        tuple(_nav_entries(first(_page_list(lists), "ol"), path, addresses)),
    )


def _page_list(lists: dict[str, Element]) -> Element | None:
    named = lists.get("page-list")
    return named if named is not None else lists.get("pagelist")


def _nav_entries(top: Element | None, path: str, addresses: Addresses) -> list[Entry]:
    """The items of a list and of the lists in it, without recursion."""
    entries: list[Entry] = []
    waiting = [(item, 1) for item in reversed(list(children(top, "li")))]
    while waiting:
        item, level = waiting.pop()
        link = _own_link(item)
        inner = next(children(item, "ol"), None)
        title = _label(link) if link is not None else _own_text(item)
        href = (link.get("href") or "") if link is not None else ""
        place = addresses.place(path, href) if href else None
        if title:
            entries.append(Entry(title, level, place))
        deeper = min(level + bool(title), _DEEPEST)
        # An item whose end is forgotten holds the next one.
        waiting += [(each, level) for each in reversed(list(children(item, "li")))]
        waiting += [(each, deeper) for each in reversed(list(children(inner, "li")))]
    return entries


def _own_link(item: Element) -> Element | None:
    """The link of an item, which is none of those in the list in it."""
    links = (first(child, "a") for child in item if local(child) not in _LEFT_OUT)
    return next((link for link in links if link is not None), None)


def _label(link: Element) -> str:
    """What a link says, or what is said of the picture in it."""
    pictures = " ".join(each.get("alt") or "" for each in link.iter() if local(each) == "img")
    return text_of(link) or " ".join((pictures or link.get("title") or "").split())


def _own_text(item: Element) -> str:
    """The words of an item without those of the list in it."""
    parts = [item.text or ""]
    for child in item:
        if local(child) not in _LEFT_OUT:
            parts.append(text_of(child))
        parts.append(child.tail or "")
    return " ".join(" ".join(parts).split())


def contents_of_ncx(root: Element, path: str, addresses: Addresses) -> Contents:
    """The lists in an NCX (EPUB 2)."""
    chapters: list[Entry] = []
    waiting = [(point, 1) for point in reversed(list(children(first(root, "navmap"), "navpoint")))]
    while waiting:
        point, level = waiting.pop()
        entry = _ncx_entry(point, level, path, addresses)
        if entry.title:
            chapters.append(entry)
        deeper = min(level + bool(entry.title), _DEEPEST)
        waiting += [(each, deeper) for each in reversed(list(children(point, "navpoint")))]
    pages = [_ncx_entry(page, 1, path, addresses) for page in children(first(root, "pagelist"), "pagetarget")]
    return Contents(tuple(chapters), tuple(pages))


def _ncx_entry(point: Element, level: int, path: str, addresses: Addresses) -> Entry:
    label = next(children(point, "navlabel"), None)
    content = next(children(point, "content"), None)
    src = (content.get("src") or "") if content is not None else ""
    title = text_of(label) or (point.get("value") or "")
    return Entry(title, level, addresses.place(path, src) if src else None)


def page_labels(pages: tuple[Entry, ...]) -> list[tuple[str, Place]]:
    """The printed pages and where they begin."""
    return [(page_name(page.title), page.place) for page in pages if page.place is not None]
