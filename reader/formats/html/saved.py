"""Saved web pages: with a folder of files or in one file, the article alone or the whole page.

Which of the two is read where the request leaves it open: the article, when the page says that it is one (linked data,
Open Graph, schema.org, or a single `<article>`) and `find_article` is sure of it; in any doubt the whole page.
Of a page that is nothing but its article, or bare of all that could surround one, no view is told: there is no other.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.formats.html.article import FEWEST_LETTERS, Article, find_article
from reader.formats.html.clutter import is_bare
from reader.formats.html.companion import Companion
from reader.formats.html.encoding import codec_of, encoding_of
from reader.formats.html.linked_data import describes_article
from reader.formats.html.metadata import declares_article, metadata_of
from reader.formats.html.mhtml import Package, is_package, open_package
from reader.formats.html.page_map import letters_of, weight_of
from reader.formats.html.reader import NAME, VERSION, document_in, forms_hold_the_text, limited, parse_limited
from reader.formats.images import Images
from reader.formats.links import site_of
from reader.formats.request import ARTICLE, PAGE, Reading, Request
from reader.model.document import Metadata
from reader.text.normalise import normalise

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def read(request: Request) -> Reading:
    """The document in a saved page, and whether it is its article or all of it. Raises `FormatError`.

    Who asks for the article of a page in which none is found gets the page. The view is empty where both are one.
    """
    package = open_package(request.data, request.name, request.limits) if is_package(request.data) else None
    page = limited(_decoded(request, package))
    root = parse_limited(page)
    metadata = metadata_of(root, page)
    companion = Companion(request.folder, request.name)
    fetch = package.fetch if package else companion.fetch
    if package:
        _keep_pictures(root, package)
        metadata = _completed(metadata, package)
    images = Images(request.folder, fetch, request.pictures)
    forms = forms_hold_the_text(root)
    article = _article(root, page, metadata.title, request.view, forms=forms)
    view = PAGE
    is_one = article is None and not _says_article(root) and is_bare(root)
    if article and not article.is_less:
        view = ""
    elif article and (article.is_sure or request.view):
        keep_only(article)
        view = ARTICLE
    document = document_in(root, metadata, images, request.name, forms=forms)
    return Reading(document, NAME, VERSION, "" if is_one or _is_short(document.text) else view)


def keep_only(article: Article) -> None:
    """Take out of the page's tree all that is not the article's; what the elements above say of it stays."""
    for node in article.clutter:
        node.decompose()
    node = article.body
    while (parent := node.parent) is not None:
        child = parent.first_child
        while child is not None:
            following = child.next
            if child.mem_id != node.mem_id and child.tag != "head":
                child.decompose()
            child = following
        node = parent


def _article(root: "LexborNode", page: str, title: str, view: str, *, forms: bool) -> Article | None:
    """The article, if it is asked for or the page says that it is one."""
    if view == PAGE or (not view and not _says_article(root)):
        return None
    return find_article(root, page, title, forms=forms)


def _is_short(text: str) -> bool:
    return len(text) < 2 * FEWEST_LETTERS and weight_of(letters_of(text)) < FEWEST_LETTERS


def _says_article(root: "LexborNode") -> bool:
    return declares_article(root) or describes_article(root) or len(root.css("article")) == 1


def _decoded(request: Request, package: Package | None) -> str:
    if package is None:
        return normalise(request.data.decode(encoding_of(request.data), "replace"))
    return normalise(package.page.decode(codec_of(package.charset) or encoding_of(package.page), "replace"))


def _completed(metadata: Metadata, package: Package) -> Metadata:
    """What a page says of itself, and where it is silent what its package says."""
    url = metadata.url or package.address
    return replace(metadata, url=url, title=metadata.title or package.subject, source=metadata.source or site_of(url))


def _keep_pictures(root: "LexborNode", package: Package) -> None:
    """Let pictures that came with the page count as its own: those without words for them seem decoration from afar."""
    for node in root.css('img[alt=""]'):
        if package.holds(node.attributes.get("src") or ""):
            del node.attrs["alt"]
