"""The container of a book: where its package is, and whether it is locked."""

from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from reader.formats.archive import Archive, open_archive
from reader.formats.epub.elements import children, first, local
from reader.formats.errors import FormatError
from reader.formats.request import Request
from reader.formats.xml import parse_xml

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PACKAGE_TYPE = "application/oebps-package+xml"
# Fonts are only scrambled by these, and fonts are not read.
_FONT_METHODS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_MAKERS = (
    ("META-INF/license.lcpl", "Readium LCP"),
    ("META-INF/sinf.xml", "Apple FairPlay"),
    ("META-INF/rights.xml", "Adobe ADEPT or its like"),
)
_OTHERS = (
    ("word/document.xml", "a Word document", ".docx"),
    ("content.xml", "an OpenDocument file", ".odt"),
    ("xl/workbook.xml", "an Excel workbook", ".xlsx"),
)


@dataclass(frozen=True, slots=True)
class Container:
    """A book's files, the name of its package among them, and the names of those that are locked."""

    archive: Archive
    package: str
    locked: frozenset[str]
    lock: str = ""


def open_container(request: Request) -> Container:
    """The container in the bytes of a book. Raises `FormatError` when it is damaged or no book."""
    if not request.data:
        raise FormatError(f"“{request.name}” is empty: get the book again from where it came from.")
    archive = open_archive(request)
    found = archive.find(_CONTAINER)
    if found is None:
        raise FormatError(_no_book(request.name, archive))
    root = parse_xml(archive.read(found), request.limits, request.name, lenient=True)
    package = _package(archive, root)
    if package is None:
        raise FormatError(
            f"“{request.name}” does not say where its book is, or that part is missing: get it again from where it "
            "came from."
        )
    locked = _locked(archive, request)
    return Container(archive, package, locked, _maker(archive) if locked else "")


def _no_book(name: str, archive: Archive) -> str:
    for path, what, suffix in _OTHERS:
        if archive.find(path):
            return f"“{name}” is {what} and no EPUB: give its name the end {suffix} and add it again."
    return (
        f"“{name}” is no EPUB, for the part that names its package (META-INF/container.xml) is missing: get the book "
        "again from where it came from."
    )


def _package(archive: Archive, root: Element) -> str | None:
    """The first package that the container names; others are further renditions of the same book."""
    files = [each for each in root.iter() if local(each) == "rootfile"]
    files.sort(key=lambda each: (each.get("media-type") or "").strip().lower() != _PACKAGE_TYPE)
    for file in files:
        if found := archive.find((file.get("full-path") or "").strip() or "?"):
            return found
    return None


def _locked(archive: Archive, request: Request) -> frozenset[str]:
    """The files that are encrypted in earnest."""
    found = archive.find(_ENCRYPTION)
    if found is None:
        return frozenset()
    root = parse_xml(archive.read(found), request.limits, request.name, lenient=True)
    locked: set[str] = set()
    for data in (each for each in root.iter() if local(each) == "encrypteddata"):
        method = next(children(data, "encryptionmethod"), None)
        if method is not None and (method.get("Algorithm") or "").strip() in _FONT_METHODS:
            continue
        reference = first(data, "cipherreference")
        path = unquote(reference.get("URI") or "") if reference is not None else ""
        if path and (name := archive.find(path)):
            locked.add(name)
    return frozenset(locked)


def _maker(archive: Archive) -> str:
    return next((maker for path, maker in _MAKERS if archive.find(path)), "")


def locked_sentence(name: str, maker: str) -> str:
    """What to say of a book whose text is locked."""
    by = f" ({maker})" if maker else ""
    return (
        f"“{name}” is locked by its seller’s copy protection{by}: read it with the seller’s own program, or get it "
        "without the lock."
    )
