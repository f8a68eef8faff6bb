"""Quotes that stand several times: told apart by what a file says of their places, never by guessing."""

import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.interchange import incoming
from reader.interchange.records import Where
from reader.model.annotation import AnchorState, Annotation
from reader.model.document import Document, Metadata, PageBreak, Sheet
from reader.services.import_plan import Place
from reader.services.library import Library
from reader.services.placing import Placing
from reader.services.placing_apart import Apart
from reader.store.exchange import KnownDocument
from reader.text.joining import joined
from reader.text.running import Running
from tests.services.exchange_helpers import add

if TYPE_CHECKING:
    from reader.store.database import Store

AGAIN = "nobody asked who pays"
TEXT = (
    f"The board met at seven in the old school, and {AGAIN}.\n\nThe dam will cost 41 million, said the engineer, but\n"
    "nobody asked\nwho pays. Residents were never asked whether they wanted it.\n\n"
    f"It will be finished in 2031; {AGAIN}. The weir is to stay.\n"
)
SURE = "The board met at seven", "The dam will cost 41 million", "Residents were never asked", "The weir is to stay"
PLACES = Running(TEXT).places(AGAIN, 9)


def clippings(*marks: tuple[int, str]) -> bytes:
    when = "Added on Sunday, 1 March 2026 09:30:00"
    entries = (f"Dam (Ada)\n- Your Highlight on Location {at}-{at + 1} | {when}\n\n{words}\n" for at, words in marks)
    return "".join(f"{entry}==========\n" for entry in entries).encode()


def readwise(*marks: tuple[str, str, str, int]) -> bytes:
    file = StringIO()
    table = csv.writer(file)
    table.writerow(("Highlight", "Book Title", "Book Author", "Location Type", "Location", "Note"))
    table.writerows((words, "Dam", "Ada", kind, location, note) for words, kind, location, note in marks)
    return file.getvalue().encode()


def starts(library: Library, uid: str, words: str = AGAIN) -> list[int]:
    """Where the marks with these words stand; -1 for one that is lost."""
    found = [mark for mark in library.annotate.of_document(uid) if " ".join(mark.quote.split()) == words]
    assert all(mark.state in (AnchorState.EXACT, AnchorState.LOST) for mark in found)
    return sorted(mark.anchor.start if mark.anchor and mark.state is AnchorState.EXACT else -1 for mark in found)


@pytest.mark.parametrize("which", range(3))
def test_the_one_place_between_two_neighbours_is_it(library: Library, tmp_path: Path, which: int) -> None:
    uid = add(library, tmp_path / "dam.txt", TEXT)
    sure = [(10, SURE[0]), (20, SURE[1]), (30, SURE[2]), (40, SURE[3])]
    report = library.exchange.import_file(clippings((sure[which][0] + 5, AGAIN), *sure), document_uid=uid)
    assert (report.added, report.lost) == (5, ())
    assert starts(library, uid) == [PLACES[which][0]]


def test_a_preview_finds_the_same(library: Library, tmp_path: Path) -> None:
    uid = add(library, tmp_path / "dam.txt", TEXT)
    data = clippings((15, AGAIN), (10, SURE[0]), (20, SURE[1]))
    preview = library.exchange.preview(data, document_uid=uid)
    assert [record.stands for record in preview.records] == ["exactly"] * 3
    library.exchange.import_file(clippings((10, SURE[0]), (20, SURE[1])), document_uid=uid)
    library.exchange.import_file(data, document_uid=uid)
    assert starts(library, uid) == [PLACES[0][0]]


@pytest.mark.parametrize(
    "marks",
    [
        [(15, AGAIN), (10, SURE[0]), (30, SURE[2])],
        [(15, AGAIN), (10, SURE[0])],
        [(25, AGAIN), (30, SURE[2])],
        [(20, AGAIN), (20, SURE[1]), (30, SURE[2])],
        [(15, AGAIN), (10, SURE[0]), (20, SURE[1]), (30, SURE[3]), (40, SURE[2])],
        [(15, AGAIN), (10, SURE[0]), (20, "The")],
    ],
    ids=[
        "two places",
        "none behind",
        "none before",
        "at the same place",
        "another order",
        "a short neighbour",
    ],
)
def test_where_nothing_tells_it_is_lost(library: Library, tmp_path: Path, marks: list[tuple[int, str]]) -> None:
    uid = add(library, tmp_path / "dam.txt", TEXT)
    preview = library.exchange.preview(clippings(*marks, (90, "not in it at all")), document_uid=uid)
    repeated = {record.quote for record in preview.records if record.repeated}
    assert (AGAIN in repeated, "not in it at all" in repeated) == (True, False)
    library.exchange.import_file(clippings(*marks), document_uid=uid)
    assert starts(library, uid) == [-1]


def apart(
    pages: tuple[PageBreak, ...], *marks: tuple[str, str, Where], sheets: tuple[Sheet, ...] = ()
) -> list[tuple[int, int] | None]:
    """What is chosen for marks with these uids, words and places."""
    made = Apart(Running(TEXT), marks, lambda: Document(TEXT, pages=pages, sheets=sheets))
    return [made.chosen(uid, Running(TEXT).places(words, 9)) for uid, words, _ in marks]


PAGES = tuple(
    PageBreak(label, TEXT.index(words)) for label, words in (("xi", "The b"), ("12", "The d"), ("13", "It w"))
)


def test_the_label_of_a_page_tells_where_another_mark_shows_that_the_pages_are_the_same() -> None:
    again, sure = ("a", AGAIN, Where(page="12")), ("b", SURE[1], Where(page="12"))
    assert apart(PAGES, again, sure)[0] == PLACES[1]
    assert apart(PAGES, again) == [None]
    assert apart((), again, sure)[0] is None
    other = ("c", SURE[3], Where(page="12"))
    assert apart(PAGES, again, sure, other)[0] is None
    assert apart(PAGES, ("a", AGAIN, Where(page="xi")), sure)[0] == PLACES[0]
    assert apart(PAGES, ("a", AGAIN, Where(page="14")), sure)[0] is None


def test_the_number_of_a_page_of_a_pdf_tells_unless_another_mark_stands_elsewhere() -> None:
    sheets = tuple(Sheet(one.position, 600, 800, label) for one, label in zip(PAGES, ("", "", "v"), strict=True))
    again = "a", AGAIN, Where(number=3)
    assert apart((), again, sheets=sheets) == [PLACES[2]]
    assert apart((), again, ("b", SURE[1], Where(number=2)), sheets=sheets)[0] == PLACES[2]
    assert apart((), again, ("b", SURE[1], Where(number=1)), sheets=sheets)[0] is None
    assert apart((), ("a", AGAIN, Where(number=4)), sheets=sheets) == [None]
    shown = "b", SURE[3], Where(page="v")
    assert apart((), ("a", AGAIN, Where(page="2")), shown, sheets=sheets)[0] == PLACES[1]
    assert apart((), ("a", AGAIN, Where(page="3")), shown, sheets=sheets)[0] is None


SIGNS = (
    "“It was to be finished in 2031,” she said, “and—nobody\nasked us (not once)!”\n\nTwo, one. Swifts: “Is that "
    "what she said to us all?”\n\n“Always the one way.” He was gone by then and had left the letter . . . "
    "It was twenty-two years.\n"
)


def spaced(words: str) -> str:
    """The words as a program writes them that knows no lines."""
    return " ".join(words.split())


Way = Callable[[str], str]
WORDS = ("the dam", "who pays", "in March", "nobody asked", "41 million", "of the board")


def placed(text: str, table: bytes, format: str = "text") -> list[Annotation]:
    """The marks of a file of one document where they stand in this text."""
    parsed = incoming.parse(table)
    here = KnownDocument(1, "d", Metadata(), "", "", True, False, False, 1, "", "", format)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.store.texts.text_of", lambda _store, _version: text)
        patch.setattr("reader.store.texts.structured", lambda _store, _version, text: Document(text))
        placing = Placing(cast("Store", None), Place(parsed.documents[0], here), parsed, parsed.annotations)
        return [placing.placed(mark) for mark in parsed.annotations]


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_no_mark_lands_where_it_was_not_made(data: st.DataObject) -> None:
    """Each mark says in its note where it was made; its location counts ones, threes or forties of code points."""
    parts = data.draw(st.lists(st.sampled_from(WORDS), min_size=8, max_size=40))
    pieces = [part + data.draw(st.sampled_from((" ", ", ", ".\n\n"))) for part in parts]
    own = data.draw(st.lists(st.integers(0, len(parts)), max_size=6, unique=True))
    for at in sorted(own, reverse=True):
        pieces.insert(at, f"Word for word number {at} of its own. ")
    text = "".join(pieces).rstrip() + ".\n"
    chosen = data.draw(st.lists(st.integers(0, len(pieces) - 1), min_size=1, max_size=12, unique=True))
    coarse = data.draw(st.sampled_from((1, 3, 40)))
    rows: list[tuple[str, str, str, int]] = []
    for at in chosen:
        start = sum(map(len, pieces[:at]))
        kind = data.draw(st.sampled_from(("location", "location", "none")))
        rows.append((pieces[at].rstrip(" ,.\n"), kind, str(start // coarse), start))
    marks = placed(text, readwise(*rows), data.draw(st.sampled_from(("text", "pdf"))))
    assert len(marks) == len(rows)
    for mark in marks:
        if mark.state is not AnchorState.LOST:
            assert mark.anchor
            assert (mark.anchor.start, mark.state) == (int(mark.note), AnchorState.EXACT)


@settings(deadline=None, max_examples=150)
@given(data=st.data(), format=st.sampled_from(("text", "pdf")), way=st.sampled_from((str, joined, spaced)))
def test_what_stands_there_to_the_letter_is_found_exactly(data: st.DataObject, format: str, way: Way) -> None:
    """Wherever a quote begins and ends: within words, at signs, over paragraphs."""
    start = data.draw(st.integers(0, len(SIGNS) - 2))
    end = data.draw(st.integers(start + 1, len(SIGNS)))
    words = way(SIGNS[start:end]).strip()
    if len(re.findall(f"(?={re.escape(joined(words))})", joined(SIGNS))) != 1:
        return  # “. .” of “. . .” stands twice
    (mark,) = placed(SIGNS, readwise((words, "none", "", 0)), format)
    assert mark.anchor
    assert (mark.state, mark.score) == (AnchorState.EXACT, 1.0)
    assert joined(mark.anchor.exact) == joined(words)
    assert start <= mark.anchor.start <= mark.anchor.end <= end


def test_a_quote_with_its_surroundings_is_found_exactly_though_it_begins_with_a_sign() -> None:
    table = "quote,title,before,after\n” “Always the one way.” He,Dam,what she said to us all, was gone by then and\n"
    (mark,) = placed(SIGNS, table.encode())
    assert (mark.state, mark.quote) == (AnchorState.EXACT, "”\n\n“Always the one way.” He")


def test_a_document_that_was_chosen_is_known_again_by_what_came_in(library: Library, tmp_path: Path) -> None:
    uid = add(library, tmp_path / "minutes.txt", TEXT)
    first = clippings((10, "words that stand nowhere in it"), (20, "nor do these, not one of them"))
    (document,) = library.exchange.preview(first).documents
    assert document.how == "not here"
    library.exchange.import_file(first, choices={document.uid: uid})
    more = clippings((10, "words that stand nowhere in it"), (30, "and more of what is not there"))
    preview = library.exchange.preview(more)
    assert [(one.here, one.how) for one in preview.documents] == [(uid, "annotations")]
    assert (preview.new, preview.same) == (1, 1)
    library.exchange.import_file(more)
    assert len(library.annotate.of_document(uid)) == 3
