"""Words taken from a file by another way than the program's: unzip, and strip the tags.

It shares no code with the readers and knows nothing of their libraries, so that what both find is there.
"""

import html.parser
import io
import itertools
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from reader.model.document import BlockKind, Document, SpanKind

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u "
    "var wbr mi mn mo mtext".split()
)
UNSEEN = frozenset("script style head template title iframe object rt rp".split())
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


@dataclass(frozen=True, slots=True)
class Extract:
    """The words that a reader must have, and those that it may have besides (what stands for a picture)."""

    text: str
    optional: str = ""


class _Strip(html.parser.HTMLParser):
    """Text between tags; what is hidden is left out, numbers of printed pages are kept apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.alternatives: list[str] = []
        self._apart: list[str] | None = None
        self._depth = 0
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        named = dict(attrs)
        if self._tag == tag:
            self._depth += 1
        elif not self._tag and tag not in VOID:
            page = "pagebreak" in f"{named.get('epub:type')} {named.get('role')}"
            if page or name in UNSEEN or "hidden" in named:
                self._tag, self._depth = tag, 1
                self._apart = self.alternatives if page else []
        if name not in INLINE:
            self.parts.append(" ")
        self.alternatives += [named[name] or "" for name in ("alt", "alttext", "title") if named.get(name)]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._tag == tag:
            self._depth -= 1
            if not self._depth:
                self._tag, self._apart = "", None
        if tag.rpartition(":")[2] not in INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        (self.parts if self._apart is None else self._apart).append(data)


def of_html(data: bytes) -> Extract:
    """The words of a page, those of its pictures' alternatives as optional."""
    strip = _Strip()
    strip.feed(data.decode("utf-8-sig", "replace"))
    strip.close()
    return Extract("".join(strip.parts), " ".join(strip.alternatives))


def of_epub(data: bytes) -> Extract:
    """The words of the documents in the spine, in its order. Raises whatever a broken file makes it raise."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        container = ElementTree.fromstring(archive.read("META-INF/container.xml"))
        (rootfile, *_) = (element for element in container.iter() if _local(element.tag) == "rootfile")
        address = rootfile.attrib["full-path"]
        package = ElementTree.fromstring(archive.read(address))
        items = {e.attrib["id"]: e.attrib for e in package.iter() if _local(e.tag) == "item"}
        order = [e.attrib["idref"] for e in package.iter() if _local(e.tag) == "itemref"]
        found = [of_html(archive.read(_place(address, _readable(items, name)))) for name in order]
    return Extract(" ".join(one.text for one in found), " ".join(one.optional for one in found))


def _readable(items: dict[str, dict[str, str]], name: str) -> str:
    """The address of a spine item, or of what it names to be read in its place."""
    item = items[name]
    while "html" not in item["media-type"] and item.get("fallback"):
        item = items[item["fallback"]]
    return item["href"]


def _place(package: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(href)))


def of_docx(data: bytes) -> Extract:
    """The words of the body, then of the notes; removed text and what is only a picture's description left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if re.fullmatch(r"word/(document|footnotes|endnotes)\d*\.xml", n)]
        roots = [ElementTree.fromstring(archive.read(name)) for name in sorted(names)]
    described = [e.attrib.get("descr", "") for root in roots for e in root.iter() if _local(e.tag) == "docPr"]
    return Extract("".join(part for root in roots for part in _word_parts(root)), " ".join(described))


def _word_parts(element: ElementTree.Element) -> Iterator[str]:
    name = _local(element.tag)
    if name in ("del", "moveFrom", "delText", "instrText", "Fallback", "pict"):
        return
    if name in ("footnote", "endnote") and any(_local(key) == "type" for key in element.attrib):
        return
    if name == "t":
        yield element.text or ""
    elif name in ("p", "br", "tab", "cr", "tc", "footnoteReference", "endnoteReference"):
        yield " "
    for child in element:
        yield from _word_parts(child)
    if name == "p":
        yield " "


def of_odt(data: bytes) -> Extract:
    """The words of the text, notes where they stand; comments, removed text and descriptions left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    described = [e.text or "" for e in root.iter() if _local(e.tag) in ("title", "desc")]
    return Extract("".join(_odf_parts(root)), " ".join(described))


def _odf_parts(element: ElementTree.Element) -> Iterator[str]:
    name = _local(element.tag)
    if name in ("annotation", "tracked-changes", "title", "desc", "note-citation"):
        return
    yield "" if name in ("span", "a") else " "
    yield element.text or ""
    for child in element:
        yield from _odf_parts(child)
        yield child.tail or ""
    yield "" if name in ("span", "a") else " "


def of_fb2(data: bytes) -> Extract:
    """The words of the bodies."""
    root = ElementTree.fromstring(data)
    bodies = [element for element in root if _local(element.tag) == "body"]
    return Extract(" ".join(" ".join(body.itertext()) for body in bodies))


_RTF = re.compile(r"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]+)(-?\d+)? ?|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S)
_RTF_UNSEEN = frozenset("fonttbl colortbl stylesheet info pict header footer headerl headerr footerl footerr object "
                        "generator listtable listoverridetable themedata datastore".split())  # fmt: skip
_RTF_SPACES = frozenset("par line tab cell row page sect".split())
_RTF_SIGNS = {"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "endash": "–", "emdash": "—"}


def of_rtf(data: bytes) -> Extract:
    """The words of a rich text file in the Western code page."""
    out: list[str] = []
    hidden = [False]
    skip = 0
    for match in _RTF.finditer(data.decode("latin-1")):
        code, word, number, sign, brace, text = match.groups()
        if brace == "{":
            hidden.append(hidden[-1])
        elif brace:
            hidden.pop()
        elif word in _RTF_UNSEEN or sign == "*":
            hidden[-1] = True
        elif not hidden[-1]:
            out.append(_rtf_shown(code, word, number, sign, text, skip))
            skip = 1 if word == "u" else 0
    return Extract("".join(out))


def _rtf_shown(
    code: str | None, word: str | None, number: str | None, sign: str | None, text: str | None, skip: int
) -> str:
    if code:
        return "" if skip else bytes([int(code, 16)]).decode("cp1252", "replace")
    if word == "u" and number:
        return chr(int(number) % 65536)
    if word:
        return " " if word in _RTF_SPACES else _RTF_SIGNS.get(word, "")
    if sign:
        return {"~": " ", "_": "-"}.get(sign, sign if sign in "\\{}" else "")
    return (text or "")[skip:]


EXTRACTORS: dict[str, Callable[[bytes], Extract]] = {
    ".epub": of_epub,
    ".docx": of_docx,
    ".odt": of_odt,
    ".rtf": of_rtf,
    ".fb2": of_fb2,
    ".html": of_html,
    ".txt": lambda data: Extract(data.decode("utf-8-sig", "replace")),
}


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def without_references(document: Document) -> str:
    """A document's text with a space for each raised number of a note, which an office file does not hold as text."""
    notes = {block.start for block in document.blocks if block.kind is BlockKind.FOOTNOTE}
    text = list(document.text)
    for span in document.spans:
        if span.kind is SpanKind.LINK and document.targets.get(span.href[1:]) in notes:
            text[span.start : span.end] = " " * (span.end - span.start)
    return "".join(text)


_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text in small letters; soft hyphens and marks of direction are no part of one."""
    return _WORD.findall(re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text).lower())


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a reading agrees with an extract: the share of words, and those that one of them alone has."""

    share: float
    lost: Counter[str]
    added: Counter[str]
    order: float

    def told(self) -> str:
        few = [
            f"{sign}{word}×{n}"
            for sign, side in (("-", self.lost), ("+", self.added))
            for word, n in side.most_common(12)
        ]
        return f"{self.share:.2%}, order {self.order:.2%}: {' '.join(few)}"


OFFICE = frozenset((".docx", ".odt", ".rtf", ".fb2"))


def compared(document: Document, path: Path) -> Agreement:
    """How far the reading of a file agrees with its extract."""
    text = without_references(document) if path.suffix in OFFICE else document.text
    return agreement(text, EXTRACTORS[path.suffix](path.read_bytes()))


def agreement(read: str, extract: Extract) -> Agreement:
    """Compare the words of a reading with those of an extract, and the pairs that follow one another."""
    ours, theirs = words(read), words(extract.text)
    mine, other = Counter(ours), Counter(theirs)
    lost = other - mine
    added = (mine - other) - Counter(words(extract.optional))
    total = max(len(ours), len(theirs), 1)
    pairs, wanted = Counter(itertools.pairwise(ours)), Counter(itertools.pairwise(theirs))
    kept = (pairs & wanted).total() / max(wanted.total(), 1)
    return Agreement(1 - (lost.total() + added.total()) / total, lost, added, kept if wanted else 1.0)
