"""Books as a whole: order, links, contents, pages, pictures."""

from reader.formats.epub.reader import FIXED, VERTICAL
from tests.formats.epub.books import GIF, METADATA, Book, book_of, links, nav, page, texts


def outline(book: Book) -> list[tuple[int, str, str]]:
    document = book.read()
    return [(e.level, e.title, document.text[e.position :].partition("\n")[0]) for e in document.outline]


def test_parts_in_the_order_of_the_spine_and_those_aside_at_the_end() -> None:
    parts: dict[str, str | bytes] = {f"{name}.xhtml": page(f"<p>{name}</p>") for name in ("d", "a", "c", "b")}
    document = Book(parts, spine=["b.xhtml|no", "d.xhtml", "c.xhtml", "d.xhtml", "a.xhtml"]).read()
    assert document.text == "d\nc\na\nb"


def test_a_cover_page_stands_first_even_aside() -> None:
    parts: dict[str, str | bytes] = {
        "cover.xhtml": page("<svg xmlns:xlink='x' viewBox='0 0 1 1'><image xlink:href='c.gif' width='1'/></svg>"),
        "a.xhtml": page("<p>Text</p>"),
        "c.gif": GIF,
    }
    guide = '<guide><reference type="cover" href="cover.xhtml" title="Cover"/></guide>'
    document = Book(parts, spine=["cover.xhtml|no", "a.xhtml"], guide=guide).read()
    assert texts(document) == [("figure", "", ""), ("paragraph", "", "Text")]
    assert document.assets[0].data == GIF
    assert document.blocks[0].asset == document.assets[0].name


def test_links_across_chapters_with_the_same_names_inside() -> None:
    document = book_of(
        "<h1 id='top'>One</h1><p><a href='c2.xhtml#top'>two</a> <a href='#top'>one</a> <a href='c2.xhtml'>file</a>"
        " <a href='c2.xhtml#never'>lost name</a> <a href='#never'>nowhere</a> <a href='never.xhtml'>no file</a>"
        " <a href='https://a.example/x'>out</a> <a href='javascript:x()'>script</a></p>",
        "<p>Start</p><h1 id='top'>Two</h1><p id='ä b'>B</p><p><a href='./../OPS/C2.xhtml#%C3%A4%20b'>mild</a></p>",
    )
    assert links(document) == [
        ("two", "Two"),
        ("one", "One"),
        ("file", "Start"),
        ("lost name", "Start"),
        ("nowhere", "One"),
        ("out", "https://a.example/x"),
        ("mild", "B"),
    ]
    names = ("c1.xhtml", "c1.xhtml#top", "c2.xhtml", "c2.xhtml#top", "c2.xhtml#ä b")
    assert set(document.targets) == {f"OPS/{name}" for name in names}


def test_what_is_linked_but_in_no_order_comes_at_the_end() -> None:
    parts: dict[str, str | bytes] = {
        "a.xhtml": page("<p><a href='more.xhtml#m'>more</a></p>"),
        "more.xhtml": page("<p>Beside</p><p id='m'>More</p>"),
        "never.xhtml": page("<p>Never linked</p>"),
    }
    document = Book(parts, spine=["a.xhtml"]).read()
    assert document.text == "more\nBeside\nMore"
    assert links(document) == [("more", "More")]


def test_contents_nested_with_places_inside_chapters() -> None:
    toc = (
        "<li><span>Part <b>one</b></span><ol><li><a href='c1.xhtml'>First</a><ol hidden=''><li><a href='c1.xhtml#s'>"
        "Section</a></li></ol></li></ol></li><li><a href='c2.xhtml#none'>Second</a></li>"
        "<li><a href='gone.xhtml'>Gone</a></li>"
    )
    parts: dict[str, str | bytes] = {
        "c1.xhtml": page("<h1>I</h1><p>x</p><h2 id='s'>Inside</h2>"),
        "c2.xhtml": page("<h1>II</h1>"),
        "nav.xhtml": nav(toc),
    }
    assert outline(Book(parts, attributes={"nav.xhtml": 'properties="nav"'})) == [
        (1, "Part one", "I"),
        (2, "First", "I"),
        (3, "Section", "Inside"),
        (1, "Second", "II"),
    ]


NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>First </text></navLabel>'
    '<content src="c1.xhtml"/><navPoint><navLabel><text>Inside</text></navLabel><content src="c1.xhtml#s"/></navPoint>'
    "</navPoint></navMap><pageList><pageTarget value='7'><navLabel><text>7</text></navLabel>"
    "<content src='c1.xhtml#s'/></pageTarget></pageList></ncx>"
)


def test_contents_of_an_old_book() -> None:
    parts: dict[str, str | bytes] = {"c1.xhtml": page("<p>x</p><p id='s'>y</p>"), "toc.ncx": NCX}
    book = Book(parts, spine_attributes='toc="toc.ncx"')
    assert outline(book) == [(1, "First", "x"), (2, "Inside", "y")]
    assert [(p.label, p.position) for p in book.read().pages] == [("7", 2)]


def test_contents_that_cannot_be_read_leave_the_headings() -> None:
    parts: dict[str, str | bytes] = {"c1.xhtml": page("<h1>Head</h1>"), "toc.ncx": "\0\0", "nav.xhtml": ""}
    assert outline(Book(parts, spine=["c1.xhtml"])) == [(1, "Head", "Head")]


def test_a_table_of_contents_in_the_order_is_read_without_the_lists_for_programs() -> None:
    more = (
        "<nav epub:type='landmarks'><ol><li>evil</li></ol></nav><nav epub:type='page-list'><ol><li>evil</li></ol></nav>"
    )
    parts: dict[str, str | bytes] = {
        "nav.xhtml": nav("<li><a href='c1.xhtml'>First</a></li>", more),
        "c1.xhtml": page("<p>x</p>"),
    }
    book = Book(parts, spine=["nav.xhtml", "c1.xhtml"], attributes={"nav.xhtml": 'properties="nav"'})
    assert texts(book.read()) == [("heading", "", "Contents"), ("list_item", "1.", "First"), ("paragraph", "", "x")]


def test_printed_pages_by_the_list_or_by_their_marks() -> None:
    body = (
        "<p>a<span epub:type='pagebreak' id='p1' title='Page xii.'/>b <span role='doc-pagebreak' id='p2'>13</span>c</p>"
        "<div epub:type='pagebreak' aria-label='p. 14'></div><p>d</p>"
    )
    document = book_of(body)
    assert document.text == "ab c\nd"
    assert [(p.label, p.position) for p in document.pages] == [("xii", 1), ("13", 3), ("14", 5)]
    pages = "<nav epub:type='page-list'><ol><li><a href='c1.xhtml#p2'>xiii</a></li></ol></nav>"
    parts: dict[str, str | bytes] = {"c1.xhtml": page(body), "nav.xhtml": nav("", pages)}
    document = Book(parts, attributes={"nav.xhtml": 'properties="nav"'}).read()
    assert [(p.label, p.position) for p in document.pages] == [("xiii", 3)]


def test_pictures_from_the_book_only() -> None:
    parts: dict[str, str | bytes] = {
        "c1.xhtml": page(
            "<figure><img src='../OPS/a%20b.gif' alt='inside'/></figure><img src='https://a.example/x.gif' alt='out'/>"
            "<object data='a b.gif' type='image/gif'>instead</object>"
            "<object data='x.bin' type='x/y'><p>words</p></object>"
        ),
        "a b.gif": GIF,
    }
    document = Book(parts).read()
    assert texts(document) == [
        ("figure", "", "inside"),
        ("figure", "", "out"),
        ("figure", "", ""),
        ("paragraph", "", "words"),
    ]
    assert [bool(asset.data) for asset in document.assets] == [True, False, True]


def test_pages_that_are_pictures_and_parts_of_other_kinds() -> None:
    drawing = "<svg xmlns='http://www.w3.org/2000/svg'><title>A map</title><path d='M0 0'/></svg>"
    parts: dict[str, str | bytes] = {
        "map.svg": drawing,
        "plate.gif": GIF,
        "data.json": "{}",
        "instead.xhtml": page("<p>Instead</p>"),
        "lost.json": "{}",
    }
    book = Book(
        parts,
        spine=["map.svg", "plate.gif", "data.json", "lost.json"],
        attributes={"data.json": 'fallback="instead.xhtml"', "lost.json": 'fallback="lost.json"'},
    )
    document = book.read()
    assert texts(document) == [("figure", "", "A map"), ("figure", "", ""), ("paragraph", "", "Instead")]
    assert [asset.media_type for asset in document.assets] == ["image/svg+xml", "image/gif"]


def test_what_book_and_reader_differ_in_is_said() -> None:
    vertical = "<style>.v { -epub-writing-mode: vertical-rl }</style>"
    parts: dict[str, str | bytes] = {"c1.xhtml": page("<p>x</p>", head=vertical, body_attributes="class='v'")}
    assert Book(parts).read().notices == (VERTICAL,)
    unused: dict[str, str | bytes] = {"c1.xhtml": page("<p>x</p>", head=vertical)}
    assert Book(unused).read().notices == ()
    fixed = METADATA + '<meta property="rendition:layout">pre-paginated</meta>'
    assert Book(unused, metadata=fixed).read().notices == (FIXED,)
    assert Book(unused, spine=["c1.xhtml", "c9.xhtml"]).read().notices == (
        "1 part that this book lists is not in its file.",
    )


def test_classes_mean_what_the_style_sheets_say() -> None:
    css = "/* x */ .it, p.strong { font-style: italic } @media print { span.b { font-weight: bold; } } h1.it{color:red}"
    parts: dict[str, str | bytes] = {
        "c1.xhtml": page("<p><span class='x it'>i</span> <span class='b'>b</span></p><div class='strong'>d</div>"
                         "<p class='strong'>p</p>", head="<link rel='stylesheet' type='text/css' href='s.css'/>"),
        "c2.xhtml": page("<p><span class='it'>no</span></p>"),
        "s.css": css,
    }  # fmt: skip
    document = Book(parts).read()
    assert [(s.kind.value, document.text[s.start : s.end]) for s in document.spans] == [
        ("italic", "i"),
        ("bold", "b"),
        ("italic", "p"),
    ]


def test_languages_and_directions() -> None:
    document = book_of(
        "<p xml:lang='en-GB'>home <i xml:lang='la'>salve <span lang='en'>hello</span> vale</i></p>"
        "<div dir='rtl' xml:lang='ar'><p>سلام <span dir='ltr'>x</span></p><p dir='auto'>y</p></div><p>z</p>"
    )
    spoken = [(s.href, document.text[s.start : s.end]) for s in document.spans if s.kind == "language"]
    assert spoken == [("la", "salve "), ("la", " vale"), ("ar", "سلام x"), ("ar", "y")]
    assert [b.direction for b in document.blocks] == ["", "rtl", "", ""]
