"""Documents read again from the library's own copy."""

import shutil
from pathlib import Path

import pytest

from reader.formats.versions import READER_VERSIONS
from reader.model.annotation import AnchorState
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.resources import samples
from reader.services.library import Library
from reader.text.masks import hidden_ranges
from tests.store.helpers import TEXT, add_text, dump, open_library, write_file

STORY = " ".join(
    f"In year {1900 + n} the valley had {n} farms, and the water stood {n * 3} metres high." for n in range(60)
)
PAGE = f"""<!doctype html><html><head><title>The valley | Daily News</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="Daily News"></head><body>
<nav><ul><li><a href="/a">Home</a></li><li><a href="/b">Sports pages</a></li></ul></nav>
<div class="banner"><p>Today in this paper.</p></div>
<main><article><h1>The valley</h1><p>{STORY[:1500]}</p><p>{STORY[1500:3000]}</p><p>{STORY[3000:]}</p></article></main>
<footer><p>All rights reserved by nobody.</p></footer></body></html>"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)


def add_file(library: Library, path: Path) -> str:
    (result,) = library.adding.add([path])
    assert result.document, result
    return result.document.uid


def make_old(library: Library, before: str = "") -> None:
    """Let the texts be those of an older reader, which put `before` in front of the text."""
    with library.store.transaction() as connection:
        connection.execute("UPDATE text_version SET reader_version = 0")
        connection.execute("UPDATE text_part SET text = ? || text WHERE start_position = 0", (before,))


def test_what_the_present_reader_made_is_not_read_again(library: Library) -> None:
    uid = add_text(library)
    before = dump(library.store)
    assert not library.versions.outdated(uid)
    assert not library.documents.open(uid).outdated
    assert library.versions.read_again(uid).status == "known"
    assert dump(library.store) == before
    assert library.versions.views(uid) == ()


def test_a_newer_reader_takes_marks_and_masks_along(library: Library, tmp_path: Path) -> None:
    uid = add_file(library, write_file(tmp_path, "letter.txt", "\ufeff" + TEXT))
    make_old(library, "# ")
    assert library.versions.outdated(uid)
    opened = library.documents.open(uid)
    assert opened.outdated
    text = opened.document.text
    at = text.index("Nobody")
    library.annotate.highlight(uid, text, at, at + 6)
    library.masks.hide(uid, text, [(at + 7, at + 12)])
    before, old = dump(library.store), library.documents.text_version(uid)
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    result = library.versions.read_again(uid)
    assert (result.status, result.reason) == ("changed", "0 exact, 1 moved, 0 lost")
    (change,) = heard
    assert (change.label, change.masks, change.undoable) == ("Read again", (), True)
    assert [found.uid for found in change.documents_updated] == [uid]
    (mark,) = change.annotations_updated
    assert mark.anchor
    assert (mark.anchor.start, mark.state) == (at - 2, AnchorState.MOVED)
    now = library.documents.open(uid)
    assert (now.document.text, now.outdated) == (TEXT, False)
    assert hidden_ranges(now.masks) == ((at + 5, at + 10),)
    undone = library.history.undo()
    assert undone
    assert (undone.masks, [found.uid for found in undone.documents_updated]) == ((), [uid])
    assert dump(library.store) == before
    assert library.documents.text_version(uid) == old
    # What was read once is there: going forward again parses nothing, and makes no further version.
    library.versions.read_again(uid)
    assert library.documents.text_version(uid) == now.text_version
    assert library.documents.open(uid).document.text == TEXT


def test_another_text_is_told_even_if_it_is_as_long(library: Library, tmp_path: Path) -> None:
    uid = add_file(library, write_file(tmp_path, "letter.txt", "\ufeff" + TEXT))
    make_old(library)
    library.versions.read_again(uid)
    undone = library.history.undo()
    assert undone
    assert [found.uid for found in undone.documents_updated] == [uid]
    assert not undone.masks


def test_a_file_that_is_as_it_was_before_is_not_shown_as_an_older_reader_read_it(
    library: Library, tmp_path: Path
) -> None:
    path = write_file(tmp_path, "letter.txt", "\ufeff" + TEXT)
    uid = add_file(library, path)
    make_old(library, "# ")
    text = library.documents.open(uid).document.text
    at = text.index("Nobody")
    library.annotate.highlight(uid, text, at, at + 6)
    for content in ("Another letter. " + TEXT, "\ufeff" + TEXT):
        write_file(tmp_path, "letter.txt", content)
        (result,) = library.adding.add([path])
        assert result.status == "changed"
    opened = library.documents.open(uid)
    assert (opened.document.text, opened.outdated) == (TEXT, False)
    assert opened.annotations[0].anchor
    assert opened.annotations[0].anchor.start == at - 2


def test_details_that_nobody_edited_are_those_of_the_new_reading(library: Library, tmp_path: Path) -> None:
    uid = add_file(library, write_file(tmp_path, "a.md", "---\ntitle: The dam\nauthor: Ada Lee\n---\nText of it.\n"))
    make_old(library)
    with library.store.transaction() as connection:
        connection.execute("UPDATE document SET authors = ''")
    result = library.versions.read_again(uid)
    assert result.document
    assert (result.document.title, result.document.metadata.authors) == ("The dam", ("Ada Lee",))


def test_a_large_file_is_read_from_the_copy_when_the_original_is_gone(library: Library, tmp_path: Path) -> None:
    text = "Nobody asked the residents of the valley. " * 4000
    path = write_file(tmp_path, "long.txt", text)
    uid = add_file(library, path)
    path.unlink()
    make_old(library)
    told: list[tuple[int, int]] = []
    result = library.versions.read_again(uid, progress=lambda done, total: told.append((done, total)))
    assert result.status == "changed"
    assert told == [(0, len(text)), (len(text), len(text))]


def test_a_copy_that_is_damaged_is_not_read(library: Library, tmp_path: Path) -> None:
    uid = add_file(library, write_file(tmp_path, "long.txt", "Nobody asked the residents. " * 4000))
    make_old(library)
    (copy,) = tmp_path.glob("*.files/*/*")
    copy.write_bytes(copy.read_bytes()[:-1] + b"?")
    before = dump(library.store)
    result = library.versions.read_again(uid)
    assert result.status == "failed"
    assert "missing or damaged; add the file again" in result.reason
    assert dump(library.store) == before


@pytest.mark.parametrize("harm", ["changed", "short", "gone"])
def test_adding_the_file_again_puts_the_copy_right(library: Library, tmp_path: Path, harm: str) -> None:
    path = write_file(tmp_path, "long.txt", "Nobody asked the residents. " * 4000)
    uid = add_file(library, path)
    make_old(library)
    (copy,) = tmp_path.glob("*.files/*/*")
    whole = copy.read_bytes()
    if harm == "gone":
        copy.unlink()
    else:
        copy.write_bytes(whole[:-1] + (b"?" if harm == "changed" else b""))
    assert library.versions.read_again(uid).status == "failed"
    path = path.rename(tmp_path / "renamed.text")
    assert [result.status for result in library.adding.add([path])] == ["known"]
    assert copy.read_bytes() == whole
    assert library.versions.read_again(uid).status == "changed"


def test_stopped_leaves_all_as_it_was(library: Library) -> None:
    uid = add_text(library)
    make_old(library)
    before = dump(library.store)
    result = library.versions.read_again(uid, cancelled=lambda: True)
    assert (result.status, result.reason) == ("known", "Stopped; nothing was changed.")
    assert dump(library.store) == before
    assert library.versions.outdated(uid)


def test_a_document_without_text(library: Library) -> None:
    with pytest.raises(ReaderError, match="not in the library any more"):
        library.versions.read_again("nobody")
    assert library.versions.views("nobody") == ()
    assert not library.versions.outdated("nobody")


def test_a_page_has_two_views_of_one_document(library: Library, tmp_path: Path) -> None:
    uid = add_file(library, write_file(tmp_path, "valley.html", PAGE))
    assert library.versions.views(uid) == ("article", "page")
    library.versions.read_again(uid, view="page")
    page = library.documents.open(uid)
    assert page.view == "page"
    assert "rights reserved" in page.document.text
    at = page.document.text.index("In year 1940")
    library.annotate.highlight(uid, page.document.text, at, at + 12)
    article_result = library.versions.read_again(uid, view="article")
    assert (article_result.status, article_result.reason) == ("changed", "1 exact, 0 moved, 0 lost")
    article = library.documents.open(uid)
    assert article.view == "article"
    assert "rights reserved" not in article.document.text
    assert article.summary.title == page.summary.title
    assert article.annotations[0].anchor
    start = article.annotations[0].anchor.start
    assert article.document.text[start : start + 12] == "In year 1940"
    assert library.history.undo_label() == "Article only shown"
    library.versions.read_again(uid, view="page")
    back = library.documents.open(uid)
    assert (back.text_version, back.annotations[0].anchor) == (
        page.text_version,
        library.annotate.of_document(uid)[0].anchor,
    )
    assert library.store.row("SELECT count(*) FROM text_version")[0] == 2


@pytest.mark.parametrize(("here", "there"), [("page", "article"), ("article", "page")])
def test_marks_and_masks_are_exactly_what_they_were_after_the_other_view(
    library: Library, tmp_path: Path, here: str, there: str
) -> None:
    shutil.copytree(samples() / "nobody-cut-a-ribbon_files", tmp_path / "nobody-cut-a-ribbon_files")
    page = (samples() / "nobody-cut-a-ribbon.html").read_text(encoding="utf-8")
    uid = add_file(library, write_file(tmp_path, "nobody-cut-a-ribbon.html", page))
    library.versions.read_again(uid, view=here)
    opened = library.documents.open(uid)
    text = opened.document.text
    for block in opened.document.blocks:
        if block.end > block.start:
            library.annotate.highlight(uid, text, block.start, block.end)
    for start in range(5, len(text) - 120, 97):
        library.annotate.highlight(uid, text, start, start + start % 120 + 1)
    for start in range(50, len(text) - 120, 350):
        library.masks.hide(uid, text, [(start, start + start % 120 + 9)])
    before = library.documents.open(uid)
    result = library.versions.read_again(uid, view=there)
    assert library.documents.open(uid).view == there
    assert "hidden" not in result.reason, "what is hidden in one view alone is not lost"
    library.versions.read_again(uid, view=here)
    after = library.documents.open(uid)
    assert after.masks == before.masks
    assert [(m.anchor, m.state, m.score) for m in after.annotations] == [
        (m.anchor, AnchorState.EXACT, 1.0) for m in before.annotations
    ]


def test_a_page_that_has_changed_stays_in_the_view_that_is_shown(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "valley.html", PAGE)
    uid = add_file(library, path)
    other = "article" if library.documents.open(uid).view == "page" else "page"
    library.versions.read_again(uid, view=other)
    write_file(tmp_path, "valley.html", PAGE.replace("In year 1900", "In the year 1900"))
    (result,) = library.adding.add([path])
    assert result.status == "changed"
    opened = library.documents.open(uid)
    assert (opened.view, "In the year 1900" in opened.document.text) == (other, True)


def test_a_page_that_comes_after_its_marks_is_shown_in_the_view_they_were_made_in(
    library: Library, tmp_path: Path
) -> None:
    path = write_file(tmp_path, "valley.html", PAGE)
    uid = add_file(library, path)
    other = "article" if library.documents.open(uid).view == "page" else "page"
    library.versions.read_again(uid, view=other)
    text = library.documents.open(uid).document.text
    library.annotate.highlight(uid, text, 100, 120)
    exported = library.exchange.dumps()
    (tmp_path / "elsewhere").mkdir()
    second = open_library(tmp_path / "elsewhere")
    second.exchange.import_file(exported.encode())
    list(second.adding.add([path]))
    opened = second.documents.open(uid)
    assert (opened.view, opened.document.text) == (other, text)
    assert second.exchange.dumps() == exported
    second.close()


def test_a_page_without_an_article_says_so(library: Library, tmp_path: Path) -> None:
    items = "".join(f"<li><a href='/{number}'>Page number {number}</a>" for number in range(40))
    uid = add_file(library, write_file(tmp_path, "list.html", f"<html><body><ul>{items}</ul></body></html>"))
    result = library.versions.read_again(uid, view="article")
    assert result.status == "known"
    assert "the whole page is shown" in result.reason
    assert library.versions.views(uid) == (), "nobody is offered twice what there is not"
    assert not library.versions.outdated(uid)


def test_a_page_that_is_the_same_as_its_article_offers_no_switch(library: Library, tmp_path: Path) -> None:
    link = "<a href='/dam'>Dam</a>"
    bare = f"<title>The valley</title><h1>The valley</h1><p>{STORY[:1500]}</p><p>{STORY[1500:]} {link}</p>"
    said = f"<meta property='og:type' content='article'>{bare}"
    for name, page in (("said.html", said), ("bare.html", bare.replace("valley", "dale"))):
        uid = add_file(library, write_file(tmp_path, name, page))
        opened = library.documents.open(uid)
        library.annotate.highlight(uid, opened.document.text, 20, 40)
        if library.versions.views(uid):
            result = library.versions.read_again(uid, view="article")
            assert (result.status, result.reason) == ("known", "The article and the whole page are the same text.")
        assert library.versions.views(uid) == ()
        now = library.documents.open(uid)
        assert (now.view, now.text_version, now.document) == ("", opened.text_version, opened.document)
        assert [mark.state for mark in now.annotations] == [AnchorState.EXACT]
        assert library.versions.read_again(uid).status == "known"
        assert [r.status for r in library.adding.add([tmp_path / name])] == ["known"]


def test_pictures_stay_when_their_folder_is_gone(library: Library, tmp_path: Path) -> None:
    (tmp_path / "p_files").mkdir()
    (tmp_path / "p_files/dam.png").write_bytes(PNG)
    page = "<html><body><p>The dam.</p><img src='p_files/dam.png' alt='The dam'><p>Its wall.</p></body></html>"
    uid = add_file(library, write_file(tmp_path, "p.html", page))
    shutil.rmtree(tmp_path / "p_files")
    make_old(library)
    assert library.versions.read_again(uid).status == "changed"
    (asset,) = library.documents.open(uid).document.assets
    assert library.documents.asset(uid, asset.name) == PNG


def test_the_versions_known_here_are_whole_numbers_from_one() -> None:
    assert all(version >= 1 for version in READER_VERSIONS.values())
