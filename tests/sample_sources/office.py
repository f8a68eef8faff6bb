"""The DOCX: the engineer's note on the east bank, with what two readers of the draft did to it."""

from collections.abc import Sequence
from html import escape

from tests.sample_sources import drawing
from tests.sample_sources.archive import packed

TITLE = "Note on the east bank"
COMMENTS = (
    ("E. Hale", "2024-02-26T10:15:00Z", "Must this stand? The council reads first sentences."),
    ("S. Lund", "2024-02-27T08:40:00Z", "I should keep it. It is the only one here that nobody can ask us to explain."),
    ("E. Hale", "2024-02-27T17:05:00Z", "Who is “they”? If it is the ford, say residents."),
)
FOOTNOTES = (
    ("By hand, with a line and a boat, on 12 September 2023; the boat was borrowed.",),
    (
        "The register of 1947 has a signature against eleven sheets.",
        "I have not found the signature of anyone who received them.",
    ),
)
ENDNOTE = "Figures for prices are those of the finance officer, and are given as received."
_SPACES = 'xmlns:v="urn:schemas-microsoft-com:vml" ' + " ".join(
    f'xmlns:{name}="http://schemas.{address}"'
    for name, address in {
        "w": "openxmlformats.org/wordprocessingml/2006/main",
        "r": "openxmlformats.org/officeDocument/2006/relationships",
        "wp": "openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "openxmlformats.org/drawingml/2006/main",
        "pic": "openxmlformats.org/drawingml/2006/picture",
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "wps": "microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WHO = 'w:author="E. Hale" w:date="2024-02-26T10:20:00Z"'


def docx() -> bytes:
    """The note as a Word file."""
    return packed(
        {
            "[Content_Types].xml": _HEAD + _content_types(),
            "_rels/.rels": _relations(
                ("officeDocument", "word/document.xml"),
                ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "core.xml"),
            ),
            "core.xml": _HEAD + _CORE,
            "word/document.xml": f"{_HEAD}<w:document {_SPACES}><w:body>{''.join(_body())}</w:body></w:document>",
            "word/_rels/document.xml.rels": _relations(
                ("styles", "styles.xml"),
                ("numbering", "numbering.xml"),
                ("footnotes", "footnotes.xml"),
                ("endnotes", "endnotes.xml"),
                ("comments", "comments.xml"),
                ("image", "media/core.png"),
                ("hyperlink", "https://lenn-water.example/papers/2024-14"),
                ("header", "header1.xml"),
            ),
            "word/styles.xml": f"{_HEAD}<w:styles {_SPACES}>{_styles()}</w:styles>",
            "word/numbering.xml": f"{_HEAD}<w:numbering {_SPACES}>{_numbering()}</w:numbering>",
            "word/footnotes.xml": _notes("footnote", FOOTNOTES),
            "word/endnotes.xml": _notes("endnote", ((ENDNOTE,),)),
            "word/comments.xml": f"{_HEAD}<w:comments {_SPACES}>{_comments()}</w:comments>",
            "word/header1.xml": f"{_HEAD}<w:hdr {_SPACES}>{_p('Draft 3, not for circulation')}</w:hdr>",
            "word/media/core.png": drawing.png(480, 120, drawing.core),
        }
    )


def _run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def _p(*parts: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; a part that is not markup is a plain run."""
    runs = "".join(part if part.startswith("<w:") else _run(part) for part in parts)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def _item(level: int, numbering: int, *parts: str) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
    return _p(*parts, style="ListParagraph", properties=place)


def _remark(number: int, *runs: str) -> str:
    """Runs that a comment stands on."""
    inner = "".join(run if run.startswith("<w:") else _run(run) for run in runs)
    mark = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    return f'<w:commentRangeStart w:id="{number}"/>{inner}<w:commentRangeEnd w:id="{number}"/>{mark}'


def _added(number: int, text: str) -> str:
    return f'<w:ins w:id="{number}" {_WHO}>{_run(text)}</w:ins>'


def _removed(number: int, text: str) -> str:
    return (
        f'<w:del w:id="{number}" {_WHO}><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
    )


def _note(kind: str, number: int) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def _cell(text: str, span: int = 1, merge: str = "", style: str = "") -> str:
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += {"": "", "first": '<w:vMerge w:val="restart"/>', "rest": "<w:vMerge/>"}[merge]
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_p(text, style=style) if text else '<w:p/>'}</w:tc>"


def _row(*cells: str, header: bool = False) -> str:
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if header else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _body() -> list[str]:
    return [*_opening(), *_known(), *_table(), *_asked(), _box(), _SECTION]


def _opening() -> list[str]:
    link = f'<w:hyperlink r:id="rId7">{_run("paper 14 of 2024")}</w:hyperlink>'
    return [
        _p(TITLE, style="Title"),
        _p("For the board, with paper 14", style="Subtitle"),
        _p("1. What is asked", style="Heading1"),
        _p(
            "The board has asked whether the east bank at the Narrows will carry a dam. ",
            _remark(0, _remark(1, "We have not measured the east bank, because the east bank has not been bought.")),
            " What follows is what can be said ",
            _removed(20, "without doing so"),
            _added(21, "in the meantime"),
            ", and how much it is worth. It should be read with ",
            link,
            ".",
        ),
        _p("2. What is known", style="Heading1"),
        _p("2.1 By looking", style="Heading2"),
    ]


def _known() -> list[str]:
    bold, italic = "<w:b/>", "<w:i/>"
    return [
        _p(
            "Gallow Side is ",
            _run("limestone", bold),
            ", bedded, dipping to the river at eleven degrees. It is not ",
            _run("sound", italic),
            " limestone wherever one can see it. Between the road and the spring there are:",
        ),
        _item(0, 1, "four openings that a man could enter, of which:"),
        _item(1, 1, "two have been entered, and"),
        _item(1, 1, "one was left again by the same way;"),
        _item(0, 1, "a spring that runs brown within six hours of rain on the moor;", _note("footnote", 1)),
        _item(0, 1, "sheep, in numbers that do not agree from day to day."),
        _p("2.2 By report", style="Heading2"),
        _p(
            "Cores were taken in the winter of 1947, and drawn. ",
            _remark(2, "They say at Sallow Ford"),
            " that sheet seven showed hollows from nine feet to the foot of the hole. The sheet is not in this office.",
            _note("footnote", 2),
        ),
        _p(_picture(), properties='<w:jc w:val="center"/>'),
        _p("Plate 1. One foot of core, from memory.", style="Caption"),
        _p(
            "My grandfather, who drew it, did not say much of the work. He said: “The hill was listening, and we were "
            "making a noise.” I do not offer this as evidence.",
            style="Quote",
        ),
    ]


def _table() -> list[str]:
    grid = "".join('<w:gridCol w:w="2200"/>' for _ in range(4))
    rows = [
        _row(
            _cell("Work", merge="first"),
            _cell("Cost, in millions", span=2),
            _cell("Months", merge="first"),
            header=True,
        ),
        _row(_cell("", merge="rest"), _cell("2019"), _cell("2023"), _cell("", merge="rest"), header=True),
        _row(_cell("Thirty boreholes"), _cell("0.9"), _cell("1.2"), _cell("5")),
        _row(_cell("Levels, one winter"), _cell("0.5"), _cell("0.6"), _cell("7", merge="first")),
        _row(_cell("Dye from the sink"), _cell("not asked", span=2), _cell("", merge="rest")),
    ]
    return [
        _p("3. What it would cost to know", style="Heading1"),
        f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>",
        _p("The sums of 2019 came to 1.4 million, and those of 2023 to 1.8.", _note("endnote", 1)),
    ]


def _asked() -> list[str]:
    return [
        _p("4. What I recommend", style="Heading1"),
        _item(0, 2, "That the board ask the owners for leave to drill."),
        _item(0, 2, "That it ask before the vote of 9 May and not after."),
        _item(1, 2, "A letter would do."),
        _item(1, 2, "A visit would do better."),
        _item(
            0,
            2,
            "That the rods be rods of steel. ",
            _removed(22, "See above."),
            _added(23, "The old ones are in the chapel."),
        ),
        _p("I. Brandt, engineer"),
    ]


def _box() -> str:
    """A stamp in a text box, which Word writes twice: for itself and for programs of before 2010."""
    inside = f"<w:txbxContent>{_p('Received 1 March. Noted. J. P.')}</w:txbxContent>"
    shape = f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>'
    graphic = f'<a:graphic><a:graphicData uri="urn:shape">{shape}</a:graphicData></a:graphic>'
    anchor = f'<wp:anchor><wp:extent cx="1800000" cy="400000"/><wp:docPr id="9" name="Stamp"/>{graphic}</wp:anchor>'
    choice = f'<mc:Choice Requires="wps"><w:drawing>{anchor}</w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
    return _p(f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>")


def _picture() -> str:
    fill = '<pic:blipFill><a:blip r:embed="rId6"/></pic:blipFill>'
    names = '<pic:nvPicPr><pic:cNvPr id="1" name="core.png"/><pic:cNvPicPr/></pic:nvPicPr>'
    address = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    graphic = (
        f'<a:graphic><a:graphicData uri="{address}"><pic:pic>{names}{fill}<pic:spPr/></pic:pic>'
        "</a:graphicData></a:graphic>"
    )
    about = '<wp:docPr id="1" name="Plate 1" descr="A length of grey core in a wooden tray, with dark hollows in it"/>'
    size = '<wp:extent cx="4572000" cy="1143000"/>'
    return f"<w:r><w:drawing><wp:inline>{size}{about}{graphic}</wp:inline></w:drawing></w:r>"


_SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="rId8"/></w:sectPr>'


def _relations(*targets: tuple[str, str]) -> str:
    lines = []
    for number, (kind, target) in enumerate(targets, 1):
        address = kind if ":" in kind else f"{_OFFICE}/{kind}"
        outside = ' TargetMode="External"' if kind == "hyperlink" else ""
        lines.append(f'<Relationship Id="rId{number}" Type="{address}" Target="{target}"{outside}/>')
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {"document": "document.main", "header1": "header"} | {
        name: name for name in ("styles", "numbering", "footnotes", "endnotes", "comments")
    }
    named = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{word}.{kind}+xml"/>' for part, kind in parts.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'{named}<Override PartName="/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


_OUTLINE = '<w:outlineLvl w:val="{}"/>'
_STYLES = (
    ("Title", "Title", ""),
    ("Subtitle", "Subtitle", ""),
    ("Heading1", "heading 1", "0"),
    ("Heading2", "heading 2", "1"),
    ("ListParagraph", "List Paragraph", ""),
    ("Quote", "Quote", ""),
    ("Caption", "caption", ""),
)


def _styles() -> str:
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>'
        f"<w:pPr>{level and _OUTLINE.format(level)}</w:pPr></w:style>"
        for name, shown, level in _STYLES
    )


def _numbering() -> str:
    def levels(formats: Sequence[tuple[str, str]]) -> str:
        return "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for level, (kind, text) in enumerate(formats)
        )

    bullets, numbers = levels([("bullet", "•"), ("bullet", "–")]), levels([("decimal", "%1."), ("lowerLetter", "%2)")])
    return (
        f'<w:abstractNum w:abstractNumId="0">{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{numbers}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )


def _notes(kind: str, notes: Sequence[Sequence[str]]) -> str:
    made = "".join(
        f'<w:{kind} w:id="{number}">{"".join(_p(text) for text in paragraphs)}</w:{kind}>'
        for number, paragraphs in enumerate(notes, 1)
    )
    return f"{_HEAD}<w:{kind}s {_SPACES}>{made}</w:{kind}s>"


def _comments() -> str:
    return "".join(
        f'<w:comment w:id="{number}" w:author="{author}" w:date="{date}">{_p(text)}</w:comment>'
        for number, (author, date, text) in enumerate(COMMENTS)
    )


_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    f"<dc:title>{TITLE}</dc:title><dc:creator>Ilse Brandt</dc:creator><dc:language>en-GB</dc:language>"
    "<cp:keywords>east bank, geology</cp:keywords>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2024-02-20T09:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">2024-02-28T16:30:00Z</dcterms:modified>'
    "</cp:coreProperties>"
)
