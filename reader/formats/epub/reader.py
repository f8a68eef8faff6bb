"""EPUB -> a document."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reader.formats.epub.addresses import Addresses, Place
from reader.formats.epub.chapters import Chapters
from reader.formats.epub.container import Container, locked_sentence, open_container
from reader.formats.epub.details import details_of
from reader.formats.epub.navigation import Contents, Entry, contents_of_nav, contents_of_ncx, page_labels
from reader.formats.epub.package import Package, package_of
from reader.formats.epub.styles import Styles
from reader.formats.errors import FormatError
from reader.formats.flow import Flow
from reader.formats.html.reader import with_title
from reader.formats.html.references import with_raised
from reader.formats.images import Images
from reader.formats.request import Request
from reader.formats.xml import parse_xml
from reader.model.document import Document, OutlineEntry, PageBreak, Span, SpanKind

NAME = "epub"
VERSION = 3

VERTICAL = "This book is set in vertical lines; here they run from side to side."
FIXED = "Each page of this book is laid out like a picture; here its words and pictures follow one another."


def read(request: Request) -> Document:
    """The book in the bytes of a file. Raises `FormatError` when it is damaged, locked, empty, or no book."""
    container = open_container(request)
    addresses = Addresses(container.archive)
    data = container.archive.read(container.package)
    package = package_of(parse_xml(data, request.limits, request.name, lenient=True), container.package, addresses)
    _refuse_locked(container, package, request.name)
    metadata = details_of(package.root)
    flow = Flow(Images(None, pictures=request.pictures), language=metadata.language)
    styles = Styles(addresses.bytes_at)
    Chapters(flow, package, addresses, styles).write()
    document = with_raised(flow.builder.finish(metadata, tuple(flow.images.assets)), flow.labels)
    if not document.blocks:
        raise FormatError(
            f"“{request.name}” holds no text and no pictures: get the book again from where it came from."
        )
    contents = _contents(package, addresses, request)
    return _finished(with_title(document), contents, tuple(_notices(package, styles)))


def _refuse_locked(container: Container, package: Package, name: str) -> None:
    if any(item.path in container.locked for item in package.spine):
        raise FormatError(locked_sentence(name, container.lock))


def _contents(package: Package, addresses: Addresses, request: Request) -> Contents:
    """The navigation document's lists, and the NCX's for what that has not; nothing when both cannot be read."""
    found = Contents()
    readers = ((package.nav, contents_of_nav), (package.ncx, contents_of_ncx))
    for item, contents_of in readers:
        if item is None or item.path is None or (found.chapters and found.pages):
            continue
        try:
            root = parse_xml(addresses.archive.read(item.path), request.limits, request.name, lenient=True)
        except FormatError:
            continue
        more = contents_of(root, item.path, addresses)
        found = Contents(found.chapters or more.chapters, found.pages or more.pages)
    return found


def _finished(document: Document, contents: Contents, notices: tuple[str, ...]) -> Document:
    """The document with the book's own lists, and only with such links and targets as lead somewhere."""
    targets = document.targets
    spans = tuple(_leading(document.spans, targets))
    wanted = {span.href[1:] for span in spans if span.kind is SpanKind.LINK and span.href.startswith("#")}
    return replace(
        document,
        spans=spans,
        outline=_outline(contents.chapters, targets) or document.outline,
        pages=_pages(page_labels(contents.pages), targets) or document.pages,
        targets={name: position for name, position in targets.items() if name in wanted},
        notices=notices,
    )


def _leading(spans: Iterable[Span], targets: Mapping[str, int]) -> Iterator[Span]:
    """The spans without links to nowhere; one to a place that its file does not have leads to the file."""
    for span in spans:
        if span.kind is SpanKind.LINK and span.href.startswith("#") and span.href[1:] not in targets:
            path = span.href[1:].partition("#")[0]
            if path in targets:
                yield replace(span, href=f"#{path}")
        else:
            yield span


def _position(place: Place, targets: Mapping[str, int]) -> int | None:
    """Where in the text a place is: at least its file, when the file has no such name."""
    return targets.get(place.target, targets.get(place.path))


def _outline(chapters: tuple[Entry, ...], targets: Mapping[str, int]) -> tuple[OutlineEntry, ...]:
    """The entries that lead into the text, in its order; one that leads nowhere stands with the first below it."""
    placed: list[OutlineEntry] = []
    below: dict[int, int] = {}
    for entry in reversed(chapters):
        position = _position(entry.place, targets) if entry.place else None
        if position is None:
            position = below.get(entry.level + 1)
        below = {level: found for level, found in below.items() if level <= entry.level}
        if position is not None:
            below[entry.level] = position
            placed.append(OutlineEntry(entry.title, entry.level, position))
    placed.reverse()
    return tuple(sorted(placed, key=lambda entry: entry.position))


def _pages(labels: list[tuple[str, Place]], targets: Mapping[str, int]) -> tuple[PageBreak, ...]:
    """The printed pages in the order of the text; none whose place the book does not have."""
    found = [PageBreak(label, targets[place.target]) for label, place in labels if label and place.target in targets]
    return tuple(sorted(found, key=lambda page: page.position))


def _notices(package: Package, styles: Styles) -> Iterator[str]:
    if styles.is_vertical:
        yield VERTICAL
    if package.is_fixed:
        yield FIXED
    if package.missing:
        parts = (
            "1 part that this book lists is"
            if package.missing == 1
            else f"{package.missing} parts that this book lists are"
        )
        yield f"{parts} not in its file."
