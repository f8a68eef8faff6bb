"""Projects taken apart by other means than the program's own, and projects such as other programs write."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from reader.interchange.outgoing import Outgoing
from reader.interchange.qdpx_writer import pieces

Element = Any

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[2] / "resources/schema/refi-qda-project.xsd"))
NAMES = {"q": "urn:QDA-XML:project:1.0"}


@dataclass(frozen=True)
class Opened:
    """A project as lxml and zipfile see it: the root of its XML, and its other files by their names."""

    root: Element
    files: dict[str, bytes]

    def all(self, path: str, where: Element | None = None) -> list[Any]:
        """What an XPath finds, with the standard's elements under `q:`."""
        found: list[Any] = (self.root if where is None else where).xpath(path, namespaces=NAMES)
        return found

    def texts(self) -> dict[str, str]:
        """The text of each source, by the guid of the source."""
        sources = self.all("//q:TextSource[@plainTextPath]")
        return {one.get("guid"): self._text(one.get("plainTextPath")) for one in sources}

    def _text(self, path: str) -> str:
        assert path.startswith("internal://")
        return self.files["Sources/" + path.removeprefix("internal://")].decode("utf-8")

    def quotes(self) -> dict[str, str]:
        """What stands at the positions of each selection, by its guid."""
        texts = self.texts()
        found: dict[str, str] = {}
        for one in self.all("//q:PlainTextSelection"):
            start, end = int(one.get("startPosition")), int(one.get("endPosition"))
            found[one.get("guid")] = texts[one.getparent().get("guid")][start:end]
        return found


def opened(data: bytes) -> Opened:
    """A project of ours, which must be valid."""
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(files.pop("project.qde"))
    SCHEMA.assertValid(root)
    told = set(root.xpath("//@guid"))
    assert set(root.xpath("//@targetGUID")) <= told
    return Opened(root, files)


def written(outgoing: Outgoing) -> bytes:
    return b"".join(pieces(outgoing))


def project(inner: str, files: dict[str, bytes] | None = None, *, name: str = "project.qde") -> bytes:
    """A project with these elements in it, in an archive with these files."""
    xml = f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{NAMES["q"]}" name="p">{inner}</Project>'
    return archive({name: xml.encode(), **(files or {})})


def archive(files: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return file.getvalue()
