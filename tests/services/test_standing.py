"""A mark made on a text that another program has just replaced: it stands in the new one, or says that it does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import AnchorState
from reader.model.errors import ReaderError
from reader.services.library import Library
from reader.store import texts
from tests.store.helpers import TEXT, dump, open_library, write_file

NEWER = "A first line that was not there.\n\n" + TEXT.replace("Nobody asked", "Somebody wondered about")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = open_library(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def uid(library: Library, tmp_path: Path) -> str:
    """A document that shows NEWER, while its reader has TEXT on the screen."""
    path = write_file(tmp_path, "a.txt", TEXT)
    (result,) = library.adding.add([path])
    path.write_text(NEWER, encoding="utf-8")
    list(library.adding.add([path]))
    assert result.document
    return result.document.uid


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_it_stands_where_its_words_are_now(library: Library, uid: str) -> None:
    library.annotate.highlight(uid, TEXT, *span("The mayor said"), note="Who?")
    (mark,) = library.annotate.of_document(uid)
    assert mark.anchor
    assert NEWER[mark.anchor.start : mark.anchor.end] == "The mayor said"
    assert (mark.state, mark.note) == (AnchorState.EXACT, "Who?")


def test_what_is_not_there_any_more_is_kept_as_lost(library: Library, uid: str) -> None:
    library.annotate.highlight(uid, TEXT, *span("Nobody asked"), note="Not one?", tags=["asking"])
    (mark,) = library.annotate.of_document(uid)
    assert (mark.quote, mark.note, mark.tags) == ("Nobody asked", "Not one?", ("asking",))
    assert mark.anchor
    there = NEWER[mark.anchor.start : mark.anchor.end] == mark.quote
    assert there or mark.state is not AnchorState.EXACT


def test_a_range_goes_to_its_words_or_stays_as_it_was(library: Library, uid: str) -> None:
    start = NEWER.index("full")
    library.annotate.highlight(uid, NEWER, start, start + 4)
    (mark,) = library.annotate.of_document(uid)
    library.annotate.move_range(mark.uid, TEXT, *span("full in 1988"))
    (mark,) = library.annotate.of_document(uid)
    assert mark.anchor
    assert NEWER[mark.anchor.start : mark.anchor.end] == mark.quote == "full in 1988"
    before = dump(library.store)
    with pytest.raises(ReaderError, match="choose the range again"):
        library.annotate.move_range(mark.uid, TEXT, *span("Nobody asked"))
    assert dump(library.store) == before


def test_a_stretch_is_what_the_text_has_there(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    long = "".join(f"Paragraph {n}: 😀 water, and {n * n} stones.\n\n" for n in range(9000))
    result = library.adding.add_text(long)
    assert result.document
    uid = result.document.uid
    assert len(library.store.rows("SELECT 1 FROM text_part")) > 2

    @given(start=st.integers(0, len(long)), length=st.integers(0, 140_000))
    def check(start: int, length: int) -> None:
        assert texts.stretch(library.store, uid, start, start + length) == long[start : start + length]

    check()
    library.close()
