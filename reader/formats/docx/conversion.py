"""A Word document written again, through mammoth, as HTML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZipFile

from reader.formats.docx.names import OFFICE, R, W, made, value

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STYLE_MAP = "\n".join(
    (
        *(f"p.Heading{level} => h{level}:fresh" for level in range(1, 7)),
        "p.Title => h1:fresh",
        "p.Subtitle => p:fresh",
        "p.Quote => blockquote > p:fresh",
        "p.Code => pre:separator('\\n')",
        "r.Code => code",
        "u => u",
        "strike => s",
        "highlight => mark",
        "br[type='page'] => br",
        "br[type='column'] => br",
    )
)
# For each element mammoth makes some twenty objects; so many elements at once keep them to a few megabytes.
_SLICE = 10_000


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A part written again: its kind ("document", "footnotes"), what it holds, and what it refers to.

    `targets` are the ids of its relationships by address and whether it is that of a picture.
    """

    kind: str
    content: Sequence[Element]
    targets: Mapping[tuple[str, bool], str]


def html_of(document: Rewritten, notes: Sequence[Rewritten]) -> Iterator[str]:
    """What mammoth makes of the document, piece by piece; the notes of a piece come in a list at its end.

    The `src` of a picture is the address that its relationship has. Raises whatever mammoth raises for a document
    that it cannot read.
    """
    by_id = [{note.get(W + "id"): note for note in part.content} for part in notes]
    for blocks in _slices(document.content):
        parts = [Rewritten("document", [made("body", None, blocks)], document.targets)]
        for part, known in zip(notes, by_id, strict=True):
            tag = f"{W}{part.kind.removesuffix('s')}Reference"
            wanted = {reference.get(W + "id") for block in blocks for reference in block.iter(tag)}
            parts.append(Rewritten(part.kind, [known[id] for id in wanted if id in known], part.targets))
        yield _converted(parts)


def _slices(blocks: Sequence[Element]) -> Iterator[Sequence[Element]]:
    """The blocks, a few at a time; lines of code stay together."""
    start = size = 0
    for index, block in enumerate(blocks):
        style = value(block.find(W + "pPr"), "pStyle")
        if size > _SLICE and style != "Code":
            yield blocks[start:index]
            start, size = index, 0
        size += sum(1 for _ in block.iter())
    yield blocks[start:]


def _converted(parts: Sequence[Rewritten]) -> str:
    import mammoth

    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        package.writestr("[Content_Types].xml", tostring(Element(f"{{{_TYPES}}}Types")))
        for part in parts:
            root = made(part.kind, None, part.content)
            used = {id for element in root.iter() for name, id in element.items() if name.startswith(R)}
            package.writestr(f"word/{part.kind}.xml", tostring(root, encoding="utf-8"))
            package.writestr(f"word/_rels/{part.kind}.xml.rels", _relationships(part, used, package))
    # The library tells nothing of its types.
    library: Any = mammoth
    made_of_it = library.convert_to_html(
        packed,
        style_map=_STYLE_MAP,
        include_default_style_map=False,
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=library.images.img_element(_source),
    )
    return str(made_of_it.value)


def _relationships(part: Rewritten, used: set[str], package: ZipFile) -> bytes:
    """What a part refers to. For a picture the package gets a file that holds nothing but the picture's address."""
    root = Element(f"{{{_RELATIONSHIPS}}}Relationships")
    for (target, is_picture), name in part.targets.items():
        if name not in used:
            continue
        attributes = {"Id": name, "Type": OFFICE + ("image" if is_picture else "hyperlink"), "Target": target}
        if is_picture:
            attributes["Target"] = f"media/{part.kind}-{name}"
            package.writestr(f"word/{attributes['Target']}", target)
        else:
            attributes["TargetMode"] = "External"
        SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", attributes)
    return tostring(root, encoding="utf-8")


def _source(image: Any) -> dict[str, str]:
    with image.open() as file:
        return {"src": file.read().decode("utf-8")}
