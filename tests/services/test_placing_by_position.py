"""Quotes of another program with a position and nothing round them: what stands there to the letter is found."""

import json
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.interchange import incoming
from reader.model.annotation import AnchorState, Annotation
from reader.model.document import Document, Metadata
from reader.services.import_plan import Place
from reader.services.placing import Placing
from reader.store.exchange import KnownDocument
from tests.services.exchange_helpers import MINUTES

if TYPE_CHECKING:
    from reader.store.database import Store

TEXT = (
    "The dam is granite 😀 and the weir is limestone. The dam is to stay, said the board in the old school.\n\n"
    "Where the ford was limestone is cut. Nobody asked who pays for the dam and who pays for the weir.\n\n"
    "Residents met at the mill. The weir is to stay as well, and so is the mill, whoever pays for the dam.\n"
)
SURE = "The dam is granite", "said the board in the old school", "Nobody asked who", "Residents met at the mill"


def placed(text: str, *marks: tuple[str, int]) -> list[Annotation]:
    """The marks of a file that has quotes and where they begin, where they stand in this text."""
    items = [
        {"id": f"urn:x:{number}", "target": {"source": "http://x.org/a", "selector": _selectors(words, start)}}
        for number, (words, start) in enumerate(marks)
    ]
    parsed = incoming.parse(json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "items": items}).encode())
    assert (len(parsed.annotations), parsed.problems) == (len(marks), ())
    here = KnownDocument(1, "d", Metadata(), "", "", True, False, False, 1, "", "", "text")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.store.texts.text_of", lambda _store, _version: text)
        patch.setattr("reader.store.texts.structured", lambda _store, _version, text: Document(text))
        placing = Placing(cast("Store", None), Place(parsed.documents[0], here), parsed, parsed.annotations)
        return [placing.placed(mark) for mark in parsed.annotations]


def _selectors(words: str, start: int) -> list[dict[str, object]]:
    quote = {"type": "TextQuoteSelector", "exact": words}
    return [quote, {"type": "TextPositionSelector", "start": start, "end": start + len(words)}]


def stands(mark: Annotation) -> int:
    """Where a mark begins; -1 for a lost one."""
    assert mark.anchor
    return mark.anchor.start if mark.state is AnchorState.EXACT else -1


def places(words: str) -> list[int]:
    return [at for at in range(len(TEXT)) if TEXT.startswith(words, at)]


@pytest.mark.parametrize("shift", [-7, 0, 7, 400])
def test_words_that_stand_once_are_found_wherever_the_position_is(shift: int) -> None:
    words = "is limestone"  # “was limestone” is so like it that it was neither
    (start,) = places(words)
    assert stands(placed(TEXT, (words, max(0, start + shift)))[0]) == start


@pytest.mark.parametrize("shift", [0, 7, 400])
@pytest.mark.parametrize("words", ["The", "pays", "is to stay", "for the dam", "😀"])
def test_words_that_stand_repeatedly_are_where_the_neighbours_say(words: str, shift: int) -> None:
    sure = [(one, TEXT.index(one) + shift) for one in SURE]
    for start in places(words):
        mark, *others = placed(TEXT, (words, start + shift), *sure)
        assert [stands(one) for one in others] == [TEXT.index(one) for one in SURE]
        assert stands(mark) == start


def test_between_neighbours_that_moved_unlike_the_only_place_there_is_it() -> None:
    sure = [(one, TEXT.index(one) + 50 * number) for number, one in enumerate(SURE)]
    before, behind = places("the weir")
    first, second = placed(TEXT, ("the weir", before + 20), ("the weir", behind + 110), *sure)[:2]
    assert (stands(first), stands(second)) == (before, behind)


def test_what_stands_at_its_position_by_chance_is_not_it() -> None:
    # All others are 37 further on than the file says, and so is it; but the words stand there, too.
    text = f"{'-' * 36}\n{TEXT}"
    sure = [(one, TEXT.index(one)) for one in SURE]
    start = next(at for at in places("e") if text.startswith("e", at) and at > TEXT.index(SURE[0]))
    assert stands(placed(text, ("e", start), *sure)[0]) == start + 37


def test_where_two_are_as_likely_it_is_lost() -> None:
    sure = [(SURE[0], TEXT.index(SURE[0])), (SURE[3], TEXT.index(SURE[3]) + 300)]
    assert stands(placed(TEXT, ("pays", places("pays")[0] + 100), *sure)[0]) == -1


def test_positions_that_begin_anew_tell_nothing_of_what_is_between() -> None:
    sure = [(SURE[0], 30), (SURE[2], 2), (SURE[1], 60), (SURE[3], 4)]
    assert stands(placed(TEXT, ("The", 43), *sure)[0]) == -1


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_none_of_a_series_is_lost_that_stands_where_the_others_say(data: st.DataObject) -> None:
    shift = data.draw(st.integers(0, 500))
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(MINUTES) - 2), st.integers(1, 40)), min_size=1, max_size=9))
    marks = [(MINUTES[at : at + size].strip(), at) for at, size in spans if MINUTES[at : at + size].strip()]
    exact = [(words, MINUTES.index(words, at)) for words, at in marks]
    sure = [(one, MINUTES.index(one)) for one in ("Minutes of the water board", "will be finished in 2031")]
    found = placed(MINUTES, *((words, start + shift) for words, start in (*exact, *sure)))
    assert [stands(mark) for mark in found] == [start for _, start in (*exact, *sure)]
