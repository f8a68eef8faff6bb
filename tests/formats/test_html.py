import threading
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.formats.errors import FormatError
from reader.formats.html.guard import MAX_ATTRIBUTES
from reader.formats.html.reader import parse, read
from reader.model.document import BlockKind
from tests.formats.checks import attempt, check, document_of, shown, spans_of

GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


def html(source: str) -> list[tuple[str, str]]:
    return shown(document_of(source, "html"))


def test_blocks_in_order() -> None:
    source = (
        "<h1>Head</h1>Loose words<p>One <br> two<div>three<p>four</div>"
        "<blockquote><p>q</blockquote><pre>\ncode  <b>x</b>\n y\n</pre><hr>end"
    )
    assert html(source) == [
        ("heading", "Head"),
        ("paragraph", "Loose words"),
        ("paragraph", "One\ntwo"),
        ("paragraph", "three"),
        ("paragraph", "four"),
        ("quote", "q"),
        ("code", "code  x\n y"),
        ("rule", ""),
        ("paragraph", "end"),
    ]


def test_two_breaks_make_a_paragraph() -> None:
    assert html("<p>a<br><br>b<br/> <br/>c<br>") == [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]


def test_white_space_is_as_a_browser_has_it() -> None:
    assert html("<p> a\n\t b<b> c </b> d&nbsp; &nbsp;e<i> </i>f </p>") == [("paragraph", "a b c d\xa0 \xa0e f")]


def test_spans_of_elements_and_styles() -> None:
    document = document_of(
        "<p><em>e</em><span style='font-weight: 700; font-style:italic'>s</span><sup>2</sup><del>d</del>"
        "<kbd>k</kbd><mark>m</mark><small>t</small>",
        "html",
    )
    assert sorted(spans_of(document)) == sorted(
        [
            ("italic", "e"),
            ("bold", "s"),
            ("italic", "s"),
            ("superscript", "2"),
            ("strike", "d"),
            ("code", "k"),
            ("mark", "m"),
            ("small", "t"),
        ]
    )


def test_a_span_over_blocks_is_one_a_block() -> None:
    document = document_of("<b><p>one</p><p>two</p></b>", "html")
    assert spans_of(document) == [("bold", "one"), ("bold", "two")]


def test_lists_have_markers_and_depths() -> None:
    document = document_of(
        "<ol start=9 type=i><li>a<ul><li>b</li></ul><li value=20><p>c<p>d</ol><ol reversed start=2><li>x<li>y</ol>"
        "<ul><li><input type=checkbox checked> done<li><input type=checkbox> open</ul><dl><dt>t<dd>u</dl>",
        "html",
    )
    assert [(b.number, b.level, document.text[b.start : b.end]) for b in document.blocks] == [
        ("ix.", 1, "a"),
        ("•", 2, "b"),
        ("xx.", 1, "c"),
        ("", 1, "d"),
        ("2.", 1, "x"),
        ("1.", 1, "y"),
        ("☑", 1, "done"),
        ("☐", 1, "open"),
        ("", 1, "t"),
        ("", 1, "u"),
    ]


def test_table_spans_leave_their_places_free() -> None:
    document = document_of(
        "<table><caption>Costs</caption><tr><th rowspan=2>Year<th colspan=2>Million"
        "<tr><th>low<th>high<tr><td>2013<td>40<td rowspan=9><p>92</p><ul><li>x</ul></table>",
        "html",
    )
    cells = [
        (b.row, b.column, b.row_span, b.column_span, b.header, document.text[b.start : b.end])
        for b in document.blocks
        if b.kind is BlockKind.TABLE_CELL
    ]
    assert shown(document)[0] == ("paragraph", "Costs")
    assert cells == [
        (0, 0, 2, 1, True, "Year"),
        (0, 1, 1, 2, True, "Million"),
        (1, 1, 1, 1, True, "low"),
        (1, 2, 1, 1, True, "high"),
        (2, 0, 1, 1, False, "2013"),
        (2, 1, 1, 1, False, "40"),
        (2, 2, 1, 1, False, "92\n• x"),
    ]


def test_a_table_that_only_places_parts_is_not_one() -> None:
    source = "<table><tr><td><table><tr><td>menu</table><td><h1>Head</h1><p>Text</table>"
    assert html(source) == [("paragraph", "menu"), ("heading", "Head"), ("paragraph", "Text")]


def test_figures_take_their_captions() -> None:
    document = document_of(
        "<figure><img src='https://a.b/1.png' alt='one'><figcaption>First <i>caption</i></figcaption></figure>"
        "<figure><figcaption>Second</figcaption><img src='https://a.b/2.png'></figure>"
        "<figure><img src='https://a.b/3.png' alt='three'></figure>"
        "<figure><img src='https://a.b/4.png' alt='four'><figcaption></figcaption></figure>",
        "html",
    )
    assert shown(document) == [
        ("figure", "First caption"),
        ("figure", "Second"),
        ("figure", "three"),
        ("figure", "four"),
    ]
    assert len({block.asset for block in document.blocks}) == 4
    assert spans_of(document) == [("italic", "caption")]


def test_images_local_remote_small_and_decorative(tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_bytes(GIF)
    data = (
        b"<p>Text <img src=a.gif alt='local'> more <img src='smile.png' width=16 height=16 alt=':)'> words"
        b"<img src='https://t.example/p.gif' width=1 height=1><img src='//t.example/x.png' alt=''>"
        b"<img src='../secret.gif' alt='above'>"
        b"<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src='https://x.example/lazy.png' alt='lazy'>"
    )
    document = read(data, "x.html", tmp_path)
    check(document)
    assert shown(document) == [
        ("paragraph", "Text"),
        ("figure", "local"),
        ("paragraph", "more :) words"),
        ("figure", "above"),
        ("figure", "lazy"),
    ]
    assert [asset.data for asset in document.assets] == [GIF, b"", b""]


def test_links_inside_and_outside() -> None:
    document = document_of(
        "<link rel=canonical href='https://a.example/dir/page.html'><p id=top>x <a href='#end'>in</a>"
        " <a href='https://a.example/dir/page.html#end'>here</a> <a href='next.html'>next</a>"
        " <a href='java&#10;script:evil()'>js</a> <a href='mailto:a@b.example'>mail</a>"
        "<p><a name=end></a>End<p id=unused>.",
        "html",
    )
    assert [span.href for span in document.spans] == [
        "#end",
        "#end",
        "https://a.example/dir/next.html",
        "mailto:a@b.example",
    ]
    assert dict(document.targets) == {"end": document.text.index("End")}


def test_what_only_programs_and_readers_of_forms_need_is_gone() -> None:
    source = (
        "<head><style>evil</style></head><nav>evil</nav><p>good</p><script>evil</script><form>evil<input value=evil>"
        "<select><option>evil</select><textarea>evil</textarea></form><iframe src=evil>evil</iframe>"
        "<noscript>evil</noscript>"
        "<template>evil</template><object data=evil>evil</object><svg><text>evil</text></svg><p hidden>evil</p>"
        "<p style='display:none'>evil</p><button onclick=evil>evil</button><video src=evil>evil</video><!-- evil -->"
        "<p onclick='evil()'>also good</p><embed src=evil><canvas>evil</canvas>"
        "<math><mi>x</mi><annotation>evil</annotation></math>"
    )
    document = document_of(source, "html")
    assert shown(document) == [("paragraph", "good"), ("paragraph", "also good"), ("paragraph", "x")]
    assert "evil" not in repr(document)


def test_a_form_round_the_whole_article_is_not_in_the_way() -> None:
    paragraphs = "".join(f"<p>Paragraph {i} of an article that is long enough to be one.</p>" for i in range(20))
    document = document_of(f"<body><form>{paragraphs}<input value=x></form><p>foot</p>", "html")
    assert len(document.blocks) == 21


def test_a_page_that_is_only_a_menu_is_shown() -> None:
    assert html("<nav><a href='https://a.b/'>One</a></nav>") == [("paragraph", "One")]


def test_footnote_section() -> None:
    document = document_of(
        "<p>a<a href='#fn1'><sup>1</sup></a></p><section role=doc-endnotes><ol><li id=fn1>note<p>more</ol></section>",
        "html",
    )
    assert [(b.kind.value, b.number) for b in document.blocks] == [
        ("paragraph", ""),
        ("footnote", "1"),
        ("footnote", ""),
    ]
    assert document.text[document.targets["fn1"] :] == "note\nmore"


def test_page_without_text_is_refused() -> None:
    with pytest.raises(FormatError, match="holds no text"):
        document_of("<html><body><div id=root></div><script>app()</script>", "html")


def test_xhtml_with_self_closed_elements() -> None:
    source = (
        "<?xml version='1.0' encoding='utf-8'?><html><head><script src='x'/><title/></head>"
        "<body><a id='a'/><p>One</p><p/><p>Two <i/>three</p></body></html>"
    )
    document = document_of(source, "html")
    assert shown(document) == [("paragraph", "One"), ("paragraph", "Two three")]
    assert document.spans == ()


def test_ruby_and_quotations() -> None:
    assert html("<p><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby> <q>so</q>") == [
        ("paragraph", "漢字(かんじ) “so”")
    ]


def test_declaration_of_human_rights_in_twelve_languages(shared: Path) -> None:
    pages = sorted((shared / "corpus" / "html" / "udhr").glob("*.html"))
    if not pages:
        pytest.skip("the shared pages are not beside this checkout")
    for path in pages:
        document = read(path.read_bytes(), path.name, path.parent)
        check(document)
        assert "\ufffd" not in document.text, path.name
        assert document.metadata.language
        assert document.metadata.title == document.outline[0].title
        assert len([e for e in document.outline if e.level > 1]) >= 30, path.name
        assert len(document.blocks) > 80


@pytest.mark.parametrize(
    "tag",
    [
        "<div>",
        "<b>",
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>",
        "<span>",
        "<a href=x>",
        "<div><object></div></object>",
    ],
)
def test_deep_nesting_does_not_overflow_the_stack(tag: str) -> None:
    found: list[tuple[str, str]] = []
    thread = threading.Thread(target=lambda: found.extend(html(tag * 100_000 + "text")))
    thread.start()
    thread.join()
    assert "".join(text for _, text in found).strip() == "text"


def test_formatting_that_is_never_closed_does_not_multiply() -> None:
    source = "".join(f"<font size={i}>" for i in range(5000)) + "<p>x" * 5000
    assert len(html(source)) == 5000


def attributes(count: int) -> str:
    return " ".join(f"a{number}='{number}'" for number in range(count))


@pytest.mark.parametrize("tag", ["p", "br", "svg", "script", "x-y"])
def test_absurd_attributes_are_left_out(tag: str) -> None:
    root = parse(
        f"<p id=a>Before<{tag} id=b {attributes(200_000)} class='c>d'>x</{tag} {attributes(200_000)}><p id=c>After"
    )
    found = root.css_first(f"{tag}#b")
    assert found
    assert len(found.attributes) == MAX_ATTRIBUTES
    last = root.css_first("#c")
    assert last
    assert last.text() == "After"


def test_attributes_of_a_page_itself_do_not_pile_up() -> None:
    root = parse("".join(f"<body a{number}=1><html b{number}=1>" for number in range(100_000)) + "<p>x")
    body = root.css_first("body")
    assert body
    assert body.text() == "x"
    assert 1 <= len(body.attributes) <= 20
    assert 1 <= len(root.attributes) <= 20


def test_long_values_go_but_those_that_are_pictures() -> None:
    picture = "data:image/png;base64," + "A" * 1_000_000
    said = "long words " * 100_000
    root = parse(f"<p title='{said}' id=p dir=ltr>x<img alt=a src={picture}><img id=i alt=\"{said}\" src='{picture}'>")
    first, *images = [*root.css("p"), *root.css("img")]
    assert first.attributes == {"id": "p", "dir": "ltr"}
    assert [image.attributes for image in images] == [{"alt": "a", "src": picture}, {"id": "i", "src": picture}]


def test_an_attribute_said_again_is_the_first() -> None:
    source = "<p lang=de " + "lang=fr id=x " * 100_000 + ">Wasser <i " + "title " * 100_000 + ">x</i></p>"
    assert html(source) == [("paragraph", "Wasser x")]
    root = parse(source)
    found = root.css_first("p")
    assert found
    assert found.attributes == {"lang": "de", "id": "x"}


@pytest.mark.parametrize("blank", [" ", " a", "a= ", "='", "/"])
def test_a_tag_full_of_nothing_ends(blank: str) -> None:
    written = f"Before<p {blank * 300_000}"
    for source in (written, f"<?xml version='1.0'?>{written}>x</p><p>y"):
        assert html(source)[0] == ("paragraph", "Before")


_PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<a href='#x'>", "<a href='http://y/'>", "</a>",
        "<ul>", "<ol start=5>", "<li>", "</li>", "</ul>", "<table>", "<tr>", "<td>",
        "<td rowspan=3 colspan=2>", "<th>", "</table>", "<caption>", "<br>", "<hr>", "<pre>", "</pre>",
        "<blockquote>", "</blockquote>", "<figure>", "<figcaption>", "</figcaption>", "</figure>",
        "<img src=x alt='y z'>", "<img>", "<h1>", "<h3>", "</h1>", "<script>", "</script>", "<form>", "<nav>",
        "<svg>", "</svg>", "<section class=footnotes>", "<i style='font-weight:bold'>", "</i>", "<dl><dt>",
        "<dd>", "<q>", "</q>", "<rt>", "<!--", "-->", "text", " ", "\n", "&nbsp;", "&#13;", "&#0;", "😀", "سد",
        "<p id=x>", "<input type=checkbox>", "<title>", "<math>", "word<sup><a id=r href='#n'>1</a></sup>", "</sup>",
        "<p id=n><a href='#r'>1</a> ", "<div id=n>1 ", "<a href='#r'>↩</a>", "<h2>word<a href='#n'>",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_markup_keeps_the_promises(source: str) -> None:
    attempt(source, "html")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_or_one_sentence(data: bytes) -> None:
    attempt(data, "html")


_HIDERS = st.sampled_from(["script", "style", "form", "iframe", "object", "select", "textarea", "noscript", "template"])
# What makes the parser read a later tag as text, or move it elsewhere.
_OPEN_ENDED = ("<!--", "<svg>", "<table>", "<script>", "<title>", "<form>", "<math>")
_CLOSED_PIECES = _PIECES.filter(lambda piece: piece not in _OPEN_ENDED)


@example("form", "<h1>A heading")
@given(_HIDERS, st.lists(_CLOSED_PIECES, max_size=8).map("".join))
def test_nothing_of_a_hidden_element_survives(tag: str, before: str) -> None:
    document = attempt(f"<body>{before}<{tag} src='https://hostile.example/'>zyxquill</{tag}>", "html")
    assert "hostile" not in repr(document)
    assert "zyxquill" not in repr(document)
