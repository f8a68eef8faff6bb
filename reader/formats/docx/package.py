"""The parts of a Word document and how they refer to each other."""

import posixpath
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reader.formats.archive import Archive, open_archive
from reader.formats.docx.names import OFFICE, W, make_transitional
from reader.formats.errors import FormatError
from reader.formats.request import Request
from reader.formats.xml import parse_xml

_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


class Relationship(NamedTuple):
    """What a part refers to: `target` is a part's name, or an address outside."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document and, by their ids, the relationships that it uses."""

    name: str
    root: Element
    relationships: dict[str, Relationship] = field(default_factory=dict[str, Relationship])


class Package:
    """A Word document's parts. Raises `FormatError` when the file is none."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.archive: Archive = open_archive(request)
        roots = self._relationships_of("")
        main = self._target(roots, "officeDocument") or self.archive.find("word/document.xml")
        if main is None:
            raise FormatError(f"“{request.name}” is no Word document: the part that holds the text is not in it.")
        self.main = self._part(main)
        if self.main.root.tag != W + "document":
            raise FormatError(
                f"“{request.name}” is an Office file, but no Word document: export it as PDF or text and add that."
            )
        core = next((r.target for r in roots.values() if r.kind == _CORE), "docProps/core.xml")
        self.core = self._xml(core, lenient=True)

    def part(self, kind: str) -> Part | None:
        """The part of a kind such as "footnotes" that belongs to the main part, or None."""
        name = self._target(self.main.relationships, kind) or self.archive.find(f"word/{kind}.xml")
        return self._part(name) if name else None

    def supplement(self, kind: str) -> Element | None:
        """The root of a part without which the text can still be read, such as "styles"; None when there is none."""
        name = self._target(self.main.relationships, kind) or self.archive.find(f"word/{kind}.xml")
        return self._xml(name, lenient=True) if name else None

    def _part(self, name: str) -> Part:
        root = self._xml(name)
        if root is None:
            raise FormatError(f"“{self._request.name}” is damaged: the part that holds the text is missing.")
        return Part(name, root, self._relationships_of(name))

    def _xml(self, name: str, *, lenient: bool = False) -> Element | None:
        found = self.archive.find(name)
        if found is None:
            return None
        try:
            root = parse_xml(self.archive.read(found), self._request.limits, self._request.name, lenient=lenient)
        except FormatError:
            if lenient:
                return None
            raise
        if root.tag.startswith("{http://purl.oclc.org/"):
            make_transitional(root)
        return root

    def _relationships_of(self, name: str) -> dict[str, Relationship]:
        """By id, what a part (empty: the package) refers to."""
        folder, _, file = name.rpartition("/")
        root = self._xml(posixpath.join(folder, "_rels", f"{file}.rels"), lenient=True)
        found: dict[str, Relationship] = {}
        for each in root if root is not None else ():
            target = each.get("Target") or ""
            external = (each.get("TargetMode") or "").lower() == "external"
            if not external:
                target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = (each.get("Type") or "").replace(_STRICT_OFFICE, OFFICE)
            found[each.get("Id") or ""] = Relationship(kind, target, external)
        return found

    def _target(self, relationships: dict[str, Relationship], kind: str) -> str | None:
        """The part in the archive that a relationship of a kind leads to."""
        for each in relationships.values():
            if each.kind == OFFICE + kind and not each.external and (found := self.archive.find(each.target)):
                return found
        return None
