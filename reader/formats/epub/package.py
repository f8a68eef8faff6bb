"""The package of a book (OPF 2 and 3): its files, their reading order, and where its contents are listed."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reader.formats.epub.addresses import Addresses
from reader.formats.epub.elements import attribute, children, first, local

XHTML = frozenset(
    {"application/xhtml+xml", "text/html", "application/html", "text/x-oeb1-document", "application/x-dtbook+xml"}
)
_MAYBE = frozenset({"application/xml", "text/xml"})
SVG = "image/svg+xml"
_NCX = "application/x-dtbncx+xml"
_PAGE_ENDS = (".xhtml", ".html", ".htm", ".xht")


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book: `path` is its name in the archive, None when it is not there."""

    id: str
    path: str | None
    media_type: str
    properties: frozenset[str]
    fallback: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it is a page of text."""
        return self.media_type in XHTML or ((self.path or "").lower().endswith(_PAGE_ENDS) and not self.is_image)

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Package:
    """What the package says.

    `spine` is the reading order: what the book reads on through, then what stands aside (`linear="no"`). `missing`
    counts the parts of the order that are not in the archive.
    """

    root: Element
    items: dict[str, Item]
    spine: tuple[Item, ...]
    missing: int
    nav: Item | None
    ncx: Item | None
    is_fixed: bool


def package_of(root: Element, path: str, addresses: Addresses) -> Package:
    """The package in the element over it; `path` is its name in the archive."""
    items = _items(root, path, addresses)
    spine = first(root, "spine")
    order, missing = _order(root, spine, items, path, addresses)
    nav = next((item for item in items.values() if "nav" in item.properties and item.path), None)
    toc = items.get(attribute(spine, "toc")) if spine is not None else None
    ncx = toc if toc is not None and toc.path else _ncx(items)
    return Package(root, items, order, missing, nav, ncx, _is_fixed(root))


def _items(root: Element, path: str, addresses: Addresses) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for element in children(first(root, "manifest"), "item"):
        href = attribute(element, "href")
        item = Item(
            attribute(element, "id"),
            addresses.file(path, href) if href else None,
            attribute(element, "media-type").lower().partition(";")[0],
            frozenset(attribute(element, "properties").lower().split()),
            attribute(element, "fallback"),
        )
        items.setdefault(item.id, item)
    return items


def _order(
    root: Element, spine: Element | None, items: dict[str, Item], path: str, addresses: Addresses
) -> tuple[tuple[Item, ...], int]:
    """The parts of the book as they are read, each once, and how many are missing."""
    covers = _covers(root, path, addresses)
    linear: list[Item] = []
    aside: list[Item] = []
    missing = 0
    for reference in children(spine, "itemref"):
        item = items.get(attribute(reference, "idref"))
        shown = _shown(item, items) if item else None
        if shown is None:
            missing += item is None or item.path is None
            continue
        if item and item.path and shown.path:
            addresses.stand_ins[item.path] = shown.path
        is_aside = attribute(reference, "linear").lower() == "no" and not (shown.path in covers and not linear)
        (aside if is_aside else linear).append(shown)
    order = dict.fromkeys(linear + aside)
    if not order:
        order = dict.fromkeys(item for item in items.values() if item.is_page and item.path and not _is_nav(item))
    return tuple(order), missing


def _covers(root: Element, path: str, addresses: Addresses) -> set[str | None]:
    """The pages that the book's guide calls its cover: they stand first even when they are left out of the order."""
    references = (each for each in root.iter() if local(each) == "reference")
    return {addresses.file(path, attribute(r, "href")) for r in references if attribute(r, "type").lower() == "cover"}


def _shown(item: Item, items: dict[str, Item]) -> Item | None:
    """The item itself or the first of its fallbacks that is a page or a picture; None when there is none.

    XML that does not say more is a page if the book calls for it to be read.
    """
    seen: set[str] = set()
    picture = None
    current: Item | None = item
    while current is not None and current.id not in seen:
        if current.path and current.is_page:
            return current
        if current.path and current.is_image and picture is None:
            picture = current
        seen.add(current.id)
        current = items.get(current.fallback)
    return picture or (item if item.path and item.media_type in _MAYBE else None)


def _is_nav(item: Item) -> bool:
    return "nav" in item.properties


def _ncx(items: dict[str, Item]) -> Item | None:
    """The table of contents of the second version, by its type, or else by its name."""
    here = [item for item in items.values() if item.path]
    typed = next((item for item in here if item.media_type == _NCX), None)
    return typed or next((item for item in here if (item.path or "").lower().endswith(".ncx")), None)


def _is_fixed(root: Element) -> bool:
    """Whether each page of the book is laid out as one picture."""
    for meta in (each for each in root.iter() if local(each) == "meta"):
        named = meta.get("property") or meta.get("name") or ""
        value = ((meta.text or "") + (meta.get("content") or "")).strip().lower()
        if (named.strip(), value) in (("rendition:layout", "pre-paginated"), ("fixed-layout", "true")):
            return True
    return False
