"""Word documents made for the tests, part by part."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from reader.formats.registry import parse
from reader.formats.request import Request
from reader.model.document import Document
from tests.formats.checks import check, text_of

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6364f8cf500f00030601806a347d6b0000000049454e44ae426082"
)


def paragraph(text: str, style: str = "", *, extra: str = "") -> str:
    """A paragraph of one run; `extra` are properties besides the style."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{extra}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, number: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(text, extra=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def footnotes(*texts: str) -> str:
    notes = "".join(f'<w:footnote w:id="{i}">{paragraph(text)}</w:footnote>' for i, text in enumerate(texts, 1))
    return f'<w:footnote w:id="-1" w:type="separator">{paragraph("line")}</w:footnote>{notes}'


def blocks(document: Document) -> list[tuple[str, int, str, str]]:
    """(kind, level, number, text) of each block."""
    return [(b.kind.value, b.level, b.number, text_of(document, b)) for b in document.blocks]


def relationships(**targets: str) -> str:
    """Relationships by id; a target with a scheme is outside, "kind|target" is one of that kind."""
    written = ""
    for name, target in targets.items():
        kind, bar, path = target.rpartition("|")
        mode = ' TargetMode="External"' if "://" in path else ""
        written += f'<Relationship Id="{name}" Type="{OFFICE}{kind if bar else "hyperlink"}" Target="{path}"{mode}/>'
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{written}</Relationships>'
    )


def packed(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file of this body. `parts` by name: "styles" for what is in the root of word/styles.xml, else files."""
    files: dict[str, str | bytes] = {
        "_rels/.rels": relationships(rId1="officeDocument|word/document.xml"),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, content in (parts or {}).items():
        if "." in name:
            files[name] = content
        else:
            files[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{content}</w:{name}>"
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def read(body: str, parts: Mapping[str, str | bytes] | None = None) -> Document:
    """The document in a Word file of this body, checked."""
    document = parse(Request(packed(body, parts), "a.docx"), "docx").document
    check(document)
    return document
