"""The EPUB: a walker's book of the valley, its chapters kept as files beside this one."""

import re
from pathlib import Path

from tests.sample_sources import drawing
from tests.sample_sources.archive import packed

CHAPTERS = Path(__file__).with_name("walk")
UID = "urn:uuid:7d0f6d0e-4f0e-5c57-9d53-2a6f0b1c4e19"
TITLE = "Up the Lenn on foot"
SUBTITLE = "Nine miles from the mill to the moor, with some account of what the water does"
ISBN = "9780000000002"

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en-GB" lang="en-GB">
<head><meta charset="utf-8"/><title>{title}</title><link rel="stylesheet" href="../style.css"/></head>
<body>
{body}</body>
</html>
"""
_STYLE = "body { margin: 5%; line-height: 1.5 }\n.cover img { width: 100% }\n.subtitle { font-style: italic }\n"
_HEADING = re.compile(r'<h([123]) id="([^"]+)">(.*?)</h\1>')
_BREAK = re.compile(r'id="page-([^"]+)"')


def epub() -> bytes:
    """The book as EPUB 3, with an NCX for readers of EPUB 2; the buses are outside the line of reading."""
    chapters = {path.name: path.read_text("utf-8") for path in sorted(CHAPTERS.glob("*.xhtml"))}
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": _package(list(chapters)),
        "EPUB/nav.xhtml": _PAGE.format(title="Contents", body=_nav(chapters)),
        "EPUB/toc.ncx": _ncx(chapters),
        "EPUB/style.css": _STYLE,
    }
    for name, body in chapters.items():
        parts[f"EPUB/text/{name}"] = _PAGE.format(title=TITLE, body=body)
    parts["EPUB/images/cover.png"] = drawing.png(300, 450, drawing.cover)
    parts["EPUB/images/staff.png"] = drawing.png(280, 360, drawing.staff)
    parts["EPUB/images/section.svg"] = drawing.SECTION
    return packed(parts, stored=("mimetype",))


_METADATA = f"""<dc:identifier id="uid">{UID}</dc:identifier>
<dc:identifier id="isbn">urn:isbn:{ISBN}</dc:identifier>
<dc:title id="title">{TITLE}</dc:title><meta refines="#title" property="title-type">main</meta>
<dc:title id="subtitle">{SUBTITLE}</dc:title><meta refines="#subtitle" property="title-type">subtitle</meta>
<dc:creator id="author">Dafydd Pryce</dc:creator>
<meta refines="#author" property="role" scheme="marc:relators">aut</meta>
<dc:contributor id="artist">Aoi Tanabe</dc:contributor>
<meta refines="#artist" property="role" scheme="marc:relators">ill</meta>
<dc:publisher>The Chapel Press, Sallow Ford</dc:publisher>
<dc:date>2022-05-01</dc:date>
<dc:language>en-GB</dc:language>
<dc:subject>walking</dc:subject>
<meta property="dcterms:modified">2024-04-02T12:00:00Z</meta>
<meta name="cover" content="cover-image"/>"""


def _package(names: list[str]) -> str:
    items = "\n".join(f'<item id="{_id(n)}" href="text/{n}" media-type="application/xhtml+xml"/>' for n in names)
    order = "\n".join(f'<itemref idref="{_id(n)}"{_linear(n)}/>' for n in names)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="uid" xml:lang="en-GB">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{_METADATA}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="style" href="style.css" media-type="text/css"/>
<item id="cover-image" href="images/cover.png" media-type="image/png" properties="cover-image"/>
<item id="staff" href="images/staff.png" media-type="image/png"/>
<item id="section" href="images/section.svg" media-type="image/svg+xml"/>
{items}
</manifest>
<spine toc="ncx">
{order}
</spine>
</package>
"""


def _id(name: str) -> str:
    return "chapter-" + name.removesuffix(".xhtml")


def _linear(name: str) -> str:
    return ' linear="no"' if name.startswith("07") else ""


def _headings(chapters: dict[str, str]) -> list[tuple[int, str, str]]:
    """(level, address, title) of each heading of the book, in order."""
    return [
        (int(level), f"text/{name}#{anchor}", title)
        for name, body in chapters.items()
        for level, anchor, title in _HEADING.findall(body)
    ]


def _nav(chapters: dict[str, str]) -> str:
    lines = ['<nav epub:type="toc" id="toc"><h1>Contents</h1>']
    depth = 0
    for level, address, title in _headings(chapters):
        lines.append("<ol><li>" * (level - depth) if level > depth else "</li></ol>" * (depth - level) + "</li><li>")
        lines.append(f'<a href="{address}">{title}</a>')
        depth = level
    lines.append("</li></ol>" * depth + '</nav>\n<nav epub:type="page-list" hidden="hidden"><ol>')
    for name, body in chapters.items():
        lines += [f'<li><a href="text/{name}#page-{page}">{page}</a></li>' for page in _BREAK.findall(body)]
    return "\n".join(lines) + "\n</ol></nav>\n"


def _ncx(chapters: dict[str, str]) -> str:
    points, depth = [], 0
    for number, (level, address, title) in enumerate(_headings(chapters), 1):
        points.append("</navPoint>" * (depth - level + 1))
        label = f"<navLabel><text>{title}</text></navLabel>"
        points.append(f'<navPoint id="n{number}" playOrder="{number}">{label}<content src="{address}"/>')
        depth = level
    points.append("</navPoint>" * depth)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="{UID}"/></head>
<docTitle><text>{TITLE}</text></docTitle>
<navMap>
{"".join(points)}
</navMap>
</ncx>
"""
