"""The cover of a book, for when no page of it shows the picture."""

import posixpath
from urllib.parse import quote
from xml.etree.ElementTree import Element

from reader.formats.archive import Archive
from reader.formats.epub.elements import attribute, first, local
from reader.formats.epub.package import Item, Package
from reader.formats.images import media_type

_PROPERTY = "cover-image"
_NAME = "cover"
_PICTURES = (b"<img", b"<image", b":image", b"<svg", b"<object")


def unshown_cover(package: Package, archive: Archive) -> Item | None:
    """The picture that the package calls its cover, unless a page of the reading order shows it or another one."""
    cover = _declared(package)
    if cover is None or not cover.path:
        return None
    name = posixpath.basename(cover.path)
    names = {written.encode() for written in (name, quote(name), name.replace("&", "&amp;"))}
    for item in package.spine:
        if item.path == cover.path:
            return None
        page = archive.read(item.path) if item.path and item.is_page else b""
        if any(each in page for each in names) or (_calls_itself_cover(page) and any(p in page for p in _PICTURES)):
            return None
    return cover if media_type(archive.read(cover.path)) else None


def _declared(package: Package) -> Item | None:
    """The picture that is the cover: as the third version of the format says it, else as the second does."""
    pictures = [item for item in package.items.values() if item.is_image]
    named = next((item for item in pictures if _PROPERTY in item.properties), None)
    if named is not None:
        return named
    wanted = _content_of_meta(first(package.root, "metadata"))
    return next(
        (item for item in pictures if wanted and (item.id == wanted or (item.path or "").endswith(wanted))), None
    )


def _content_of_meta(metadata: Element | None) -> str:
    """What `<meta name="cover" content="..."/>` says: an item's id, by mistake often its address."""
    for element in metadata.iter() if metadata is not None else ():
        if local(element) == "meta" and attribute(element, "name").lower() == _NAME:
            return attribute(element, "content")
    return ""


def _calls_itself_cover(page: bytes) -> bool:
    return b'epub:type="cover"' in page or b"epub:type='cover'" in page
