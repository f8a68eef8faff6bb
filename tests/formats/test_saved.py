"""Saved pages: the article alone or the whole page, and never an article with a paragraph missing."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.formats.html import article
from reader.formats.registry import iter_files, parse, read
from reader.formats.request import Reading, Request
from reader.model.document import BlockKind, Document
from reader.resources import samples
from tests.formats.checks import check, shown, spans_of
from tests.formats.saved_pages import (
    COMMENTS,
    FOOTER,
    HEAD,
    LETTER,
    MENU,
    RELATED,
    SHARE,
    blog,
    front_page,
    newspaper,
    old_page,
    paragraph,
    paragraphs,
    sentence,
    wrapped,
)

PNG = (samples() / "images" / "lenn-summer-levels.png").read_bytes()


def saved(source: str | bytes, view: str = "", folder: Path | None = None, name: str = "rain.html") -> Reading:
    data = source.encode() if isinstance(source, str) else source
    reading = parse(Request(data, name, folder, view), "html")
    check(reading.document)
    return reading


def lines(document: Document) -> list[str]:
    return [text for _, text in shown(document)]


def is_part_of(some: list[str], whole: list[str]) -> bool:
    """Whether `some` stand in `whole` in the same order."""
    rest = iter(whole)
    return all(line in rest for line in some)


def test_a_weblogs_article_without_what_stands_around_it() -> None:
    body = paragraphs(6)
    reading = saved(blog(wrapped(body)))
    assert reading.view == "article"
    assert lines(reading.document) == ["The ladder", "By Nessa Thorne", *body]
    assert reading.document.metadata.title == "The ladder"
    assert reading.document.metadata.source == "Valley Times"


def test_a_newspapers_article_in_several_boxes() -> None:
    body = paragraphs(9)
    reading = saved(newspaper([wrapped(body[:2]), wrapped(body[2:5]), wrapped(body[5:])]))
    assert reading.view == "article"
    assert lines(reading.document) == ["The ladder", "What was left behind, and why", *body]


def test_the_whole_page_is_there_when_asked_for() -> None:
    page = saved(blog(wrapped(paragraphs(6))), "page")
    assert page.view == "page"
    found = lines(page.document)
    for words in ("Facebook", "Related articles", "2 comments", paragraph(90), "Archive"):
        assert words in found
    assert is_part_of(lines(saved(blog(wrapped(paragraphs(6)))).document), found)


def test_an_old_page_says_nothing_so_all_of_it_is_read() -> None:
    body = paragraphs(6)
    assert saved(old_page(body)).view == "page"
    asked = saved(old_page(body), "article")
    assert asked.view == "article"
    assert "Home" not in asked.document.text
    assert all(text in asked.document.text for text in body)


def test_in_doubt_the_whole_page() -> None:
    stray = f"<div class=page><div class=left>{wrapped(paragraphs(6))}</div><div class=right>{wrapped([paragraph(50)])}"
    # A paragraph that no name or element sets apart, and that trafilatura may leave out: it must not be lost.
    reading = saved(f"{HEAD}{stray}</div></div></body></html>")
    assert paragraph(50) in reading.document.text
    assert saved(f"{HEAD}<p>Only a few words.</p></body></html>").view == ""
    reading = saved(front_page())
    assert all(paragraph(number) in reading.document.text for number in range(8))


def take_for_body(monkeypatch: pytest.MonkeyPatch, texts: list[str]) -> None:
    """Let these be the words that are found to be the body's."""

    def words(page: str) -> str:
        return " ".join(texts)

    monkeypatch.setattr(article, "_body_words", words)


def test_a_paragraph_outside_that_nobody_knows_is_not_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    take_for_body(monkeypatch, paragraphs(6))
    story, stray = wrapped(paragraphs(6)), f"<p>{paragraph(50)}</p>"
    source = f"{HEAD}<div><div class=story>{story}</div>{MENU}<div class={{}}>{stray}</div></div></body></html>"
    assert saved(source.format("more")).view == "page"
    assert saved(source.format("sidebar")).view == "article"
    asked = saved(source.format("more"), "article")
    assert (asked.view, paragraph(50) in asked.document.text) == ("article", False)


def test_an_article_is_sure_when_it_is_most_of_the_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    known = paragraphs(5)
    take_for_body(monkeypatch, known)
    for others, view in ((2, "article"), (6, "page")):
        body = wrapped([known[0], *paragraphs(others, 20), *known[1:]])
        reading = saved(blog(body))
        assert reading.view == view
        assert all(text in reading.document.text for text in paragraphs(others, 20))


@pytest.mark.parametrize("view", ["", "article"])
def test_a_page_that_is_nothing_but_its_article_has_no_other_view(view: str) -> None:
    page = f"{HEAD}<article><h1>The ladder</h1>{wrapped(paragraphs(5))}</article></body></html>"
    reading = saved(page, view)
    assert reading.view == ""
    assert reading.document.text == saved(page, "page").document.text


def test_an_article_is_not_searched_where_there_is_none() -> None:
    reading = saved("<p>Two words</p>", "article")
    assert (reading.view, reading.document.text) == ("", "Two words")


def test_notes_below_the_text_stay() -> None:
    note = "<footer class=related><ol><li id=n1>Sheet seven, verso.</li></ol></footer>"
    body = wrapped(paragraphs(5)) + "<p>It is on the back<a href='#n1'>1</a>.</p>" + note
    reading = saved(blog(body))
    assert reading.view == "article"
    assert "Sheet seven, verso." in reading.document.text


def test_short_things_between_the_paragraphs_stay() -> None:
    long = paragraphs(6)
    inner = [
        "<h2>The ford</h2>",
        "<p>No.</p>",
        "<ul><li>a kettle<li>a bin</ul>",
        "<table><tr><th>Year<th>Cost<tr><td>2013<td>40</table>",
        "<aside class=pullquote><p>It was on the back of the sheet, and nobody turned it.</p></aside>",
        "<p class=related>He had said so.</p>",
    ]
    body = "".join(f"<p>{text}</p>{short}" for text, short in zip(long, inner, strict=True))
    reading = saved(blog(body.replace("class=related", "class=text")))
    assert reading.view == "article"
    found = reading.document.text
    for words in ("The ford", "\nNo.\n", "a kettle", "a bin", "2013", "40", "nobody turned it.", "He had said so."):
        assert words in found


PIECES = st.one_of(
    st.integers(100, 400).map(lambda n: f"<p>{paragraph(n)}</p>"),
    st.integers(100, 400).map(lambda n: f"<div>{paragraph(n, 5)}</div>"),
    st.integers(100, 400).map(lambda n: f"<section><h2>{sentence(n)}</h2><div><p>{paragraph(n)}</p></div></section>"),
    st.integers(100, 400).map(lambda n: f"<p>{sentence(n)[:20].strip()}.</p>"),
    st.integers(100, 400).map(lambda n: f"<blockquote><p>{sentence(n)}</p></blockquote>"),
    st.integers(100, 400).map(lambda n: f"<ul><li>{sentence(n)}<li><a href=/x>{sentence(n + 1)}</a></ul>"),
    st.integers(100, 400).map(lambda n: f"<div>{paragraph(n)}<br><br>{paragraph(n + 1)}</div>"),
    st.integers(100, 400).map(lambda n: f"<table><tr><th>{sentence(n)}<tr><td>{paragraph(n)}</table>"),
    st.integers(100, 400).map(lambda n: f"<p>{paragraph(n)} <a href=/y>{sentence(n + 7)}</a></p>"),
)
CLUTTER = st.sampled_from(["", "", "", RELATED, SHARE, LETTER])


def words_of(piece: str) -> list[str]:
    return lines(saved(piece, "page").document)


@settings(max_examples=60, deadline=None)
@example(pieces=[("<p>x.</p>", RELATED)] * 3, paper=True)
@given(st.lists(st.tuples(PIECES, CLUTTER), min_size=3, max_size=12), st.booleans())
def test_no_piece_of_the_body_is_ever_lost(pieces: list[tuple[str, str]], paper: bool) -> None:
    bodies = [piece + clutter for piece, clutter in pieces]
    half = len(bodies) // 2
    source = newspaper(["".join(bodies[:half]), "".join(bodies[half:])]) if paper else blog("".join(bodies))
    whole = lines(saved(source, "page").document)
    found = saved(source)
    assert is_part_of([line for piece, _ in pieces for line in words_of(piece)], lines(found.document))
    assert is_part_of(lines(found.document), whole)


@given(st.text(st.sampled_from("<>/= \"'pdivartcleh1abc&;#"), max_size=200), st.sampled_from(["", "page", "article"]))
@settings(max_examples=60, deadline=None)
def test_strange_pages_are_read_all_the_same(inside: str, view: str) -> None:
    body = paragraphs(3)
    reading = saved(f"{HEAD}<article>{wrapped(body)}<div>{inside}</div></article></body></html>", view)
    assert body[0][:40] in reading.document.text


@pytest.mark.parametrize(("html", "body"), [("<html lang=fa>", "<body dir=rtl>"), ("<html lang=fa dir=RTL>", "<body>")])
def test_directions_and_languages_above_the_article_hold_for_it(html: str, body: str) -> None:
    source = blog(wrapped(paragraphs(5)))
    reading = saved(source.replace("<html lang=en>", html).replace("<body>", body))
    assert reading.view == "article"
    assert reading.document.metadata.language == "fa"
    assert {block.direction for block in reading.document.blocks} == {"rtl"}


def test_comments_stay_away_even_when_they_are_long() -> None:
    source = blog(wrapped(paragraphs(6))).replace(COMMENTS, COMMENTS * 6)
    reading = saved(source)
    assert (reading.view, paragraph(90) in reading.document.text) == ("article", False)


def test_names_that_the_page_gives_to_its_body_mean_nothing() -> None:
    body = "".join(f"<div class='promo related'><p>{text}</p></div>" for text in paragraphs(6))
    reading = saved(blog(body + "<div class='promo'><p>It rained.</p></div>"))
    assert "It rained." in reading.document.text
    assert all(text in reading.document.text for text in paragraphs(6))


def page_with_folder(place: Path, folder: str, source: str) -> Path:
    (place / folder).mkdir()
    (place / folder / "level.png").write_bytes(PNG)
    (place / folder / "advert.html").write_text("<p>An advertisement.</p>")
    page = place / "rain.html"
    page.write_text(blog(f"<p><img src='{source}' alt='The level'></p>" + wrapped(paragraphs(5))))
    return page


@pytest.mark.parametrize(
    ("folder", "source"),
    [
        ("rain_files", "./rain_files/level.png"),
        ("rain.files", "rain.files/level.png"),
        ("rain-Dateien", "rain-Dateien/level.png"),
        ("rain_files", "rain_files\\level.png"),
        ("rain_files", "An%20older%20name_files/level.png"),
    ],
)
def test_pictures_come_from_the_folder_beside_the_page(tmp_path: Path, folder: str, source: str) -> None:
    result = read(page_with_folder(tmp_path, folder, source))
    check(result.document)
    assert [asset.data for asset in result.document.assets] == [PNG]
    assert result.view == "article"


def test_the_folder_of_a_page_is_no_folder_of_documents(tmp_path: Path) -> None:
    page = page_with_folder(tmp_path, "rain_files", "rain_files/level.png")
    (tmp_path / "notes_files").mkdir()
    (tmp_path / "notes_files" / "own.txt").write_text("A note")
    assert [path.name for path in iter_files([tmp_path])] == [page.name, "own.txt"]


def test_pictures_of_a_former_reading_when_the_folder_is_gone() -> None:
    source = blog("<p><img src='./rain_files/level.png' alt='The level'></p>" + wrapped(paragraphs(5)))
    request = Request(source.encode(), "rain.html", None, pictures={"./rain_files/level.png": PNG})
    (asset,) = parse(request, "html").document.assets
    assert (asset.data, asset.source) == (PNG, "./rain_files/level.png")


def test_nothing_is_read_from_outside_the_pages_folder(tmp_path: Path) -> None:
    (tmp_path / "level.png").write_bytes(PNG)
    (tmp_path / "inner").mkdir()
    for source in (
        "../level.png",
        str(tmp_path / "level.png"),
        "..\\level.png",
        "x/../../level.png",
        "file:///level.png",
    ):
        document = saved(f"<p>Text<img src='{source}' alt='no'>", folder=tmp_path / "inner").document
        assert not any(asset.data for asset in document.assets)


def test_the_sample_has_its_article_and_its_page() -> None:
    path = samples() / "nobody-cut-a-ribbon.html"
    alone, page = (saved(path.read_bytes(), view, path.parent, path.name) for view in ("", "page"))
    assert (alone.view, page.view) == ("article", "page")
    text = alone.document.text
    assert text.startswith("Nobody cut a ribbon\nWhat the town of Asmere did")
    assert text.endswith("Source » Asmere Water, annual return for 2019")
    for gone in ("Heifer", "Subscribe", "Share this", "Bowser", "tomg", "©"):
        assert gone not in text
        assert gone in page.document.text
    assert alone.document.metadata.authors == ("Joan Ellery",)
    assert ("link", "Joan Ellery") in spans_of(alone.document)
    assert [block.kind for block in alone.document.blocks].count(BlockKind.FIGURE) == 1
    assert [bool(asset.data) for asset in alone.document.assets] == [True]
    assert is_part_of(lines(alone.document), lines(page.document))


def test_a_page_of_endless_parts_is_read_whole() -> None:
    source = f"{HEAD}<article>{wrapped(paragraphs(6))}{'<p>x</p>' * 16_000}</article><p>below</p></body></html>"
    reading = saved(source)
    assert reading.view == "page"
    assert reading.document.text.endswith("x\nbelow")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Nessa Thorne", ("Nessa Thorne",)),
        ("By Ada Lee and M. Okafor, <time datetime=2024-04-02>2 April</time>", ("Ada Lee", "M. Okafor")),
        (
            "By Jean-Luc O’Neil, Ada van der Berg and Wyn Harker · 3 min",
            ("Jean-Luc O’Neil", "Ada van der Berg", "Wyn Harker"),
        ),
        ("Von Ilse Brandt | Harlow", ("Ilse Brandt",)),
        ("By the way, it rained", ()),
        ("By Jane Thwaite published on Monday", ()),
        ("Nessa Thorne", ()),
    ],
)
def test_a_byline_names_the_authors(line: str, authors: tuple[str, ...]) -> None:
    metadata = saved(f"<h1>Rain</h1><p class='article-byline'>{line}</p>{wrapped(paragraphs(2))}").document.metadata
    assert metadata.authors == authors
    assert metadata.date == ("2024-04-02" if "<time" in line else "")


@pytest.mark.parametrize(
    "written",
    [
        "<p class=promo>He had said so.</p>",
        "<h2 class=related>The ford</h2>",
        "<div class=social><blockquote class=tweet><p>It rained. <a href=/t>4 May</a></p></blockquote></div>",
        "<div class=sponsored><table><tr><th>Year<th>Cost<tr><td>2013<td>40</table></div>",
        "<figure class=promo><img src='https://x.example/1.png'><figcaption>The ladder</figcaption></figure>",
        "<aside><p>It was on the back of the sheet, and nobody turned it over.</p></aside>",
    ],
)
def test_what_an_author_writes_stays_whatever_it_is_called(written: str) -> None:
    body = wrapped(paragraphs(3)) + written + wrapped(paragraphs(3, 3))
    reading = saved(blog(body))
    assert reading.view == "article"
    assert is_part_of(words_of(written), lines(reading.document))


def in_chinese(number: int) -> str:
    """A paragraph of Chinese, of about sixty signs, that no other number has."""
    signs = [chr(0x4E00 + (number * 997 + i * 131) % 5000) for i in range(55)]
    return f"{''.join(signs[:30])},{''.join(signs[30:])}。"


def test_an_article_in_chinese_is_told_by_its_signs() -> None:
    body = [in_chinese(number) for number in range(12)]
    reading = saved(blog(wrapped(body)))
    assert reading.view == "article"
    assert lines(reading.document) == ["The ladder", "By Nessa Thorne", *body]


def test_an_article_of_short_lines_and_one_long_one_is_not_that_one() -> None:
    short = [sentence(number) for number in range(30)]
    page = f"{HEAD}{MENU}<div><header><h2>Preamble</h2><p>{paragraph(70)}</p></header>" + "".join(
        f"<article><h2>Article {number}</h2><p>{line}</p></article>" for number, line in enumerate(short)
    )
    asked = saved(page + f"</div>{FOOTER}</body></html>", "article")
    found = lines(asked.document)
    assert is_part_of(["Preamble", paragraph(70), *short], found)
    assert asked.view == "article"
    assert not any("All rights reserved" in line for line in found)
    assert saved(page + f"</div>{FOOTER}</body></html>").view == "page", "nobody can be sure that all of it was found"


@pytest.mark.parametrize("name", ["cmn_hans", "jpn", "kor", "tha", "eng"])
def test_the_declaration_loses_nothing_as_an_article(shared: Path, name: str) -> None:
    file = shared / "corpus/html/udhr" / f"{name}.html"
    if not file.exists():
        pytest.skip("the corpus is not beside this checkout")
    article, page = (saved(file.read_bytes(), view) for view in ("article", "page"))
    assert (article.view, page.view, article.document.text) == ("", "", page.document.text)


@pytest.mark.parametrize(
    ("around", "view"),
    [
        ("<p id=start class=first>", ""),
        ("<a href='#n'>1</a><p id=n>", ""),
        ("<a href='/news'>News</a>", "page"),
        ("<footer>All rights reserved</footer>", "page"),
        ("<div class=newsletter>Write to us</div>", "page"),
        ("<div id=comments>Who says so?</div>", "page"),
        ("<div role=banner>Welcome</div>", "page"),
    ],
)
def test_a_bare_text_has_no_views(around: str, view: str) -> None:
    assert saved(f"<h1>The ladder</h1>{around}{wrapped(paragraphs(6))}").view == view


@pytest.mark.parametrize("view", ["", "page", "article"])
def test_a_clipping_of_a_few_words_has_no_views(view: str) -> None:
    assert saved(f"<h2>A clipped head</h2><p>{sentence(1)}</p><p>Share this article</p>", view).view == ""
    longer = f"<p>{paragraph(1)} {paragraph(2)}</p><p><a href='/share'>Share this article</a></p>"
    assert saved(longer, "page").view == "page"
