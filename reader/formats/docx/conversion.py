"""A Word document written again, through mammoth, as HTML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZipFile

from reader.formats.docx.names import OFFICE

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


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A part written again: its kind ("document", "footnotes"), its root, and what it refers to.

    `targets` are the ids of its relationships by address and whether it is that of a picture.
    """

    kind: str
    root: Element
    targets: Mapping[tuple[str, bool], str]


def html_of(parts: Iterable[Rewritten]) -> str:
    """What mammoth makes of the parts; the `src` of a picture is the address that its relationship has.

    Raises whatever mammoth raises for a document that it cannot read.
    """
    import mammoth

    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        package.writestr("[Content_Types].xml", tostring(Element(f"{{{_TYPES}}}Types")))
        for part in parts:
            package.writestr(f"word/{part.kind}.xml", tostring(part.root, encoding="utf-8"))
            package.writestr(f"word/_rels/{part.kind}.xml.rels", _relationships(part, package))
    # The library tells nothing of its types.
    library: Any = mammoth
    made = library.convert_to_html(
        packed,
        style_map=_STYLE_MAP,
        include_default_style_map=False,
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=library.images.img_element(_source),
    )
    return str(made.value)


def _relationships(part: Rewritten, package: ZipFile) -> bytes:
    """What a part refers to. For a picture the package gets a file that holds nothing but the picture's address."""
    root = Element(f"{{{_RELATIONSHIPS}}}Relationships")
    for (target, is_picture), name in part.targets.items():
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
