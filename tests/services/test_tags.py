"""Tags: no case twins, nested by /, kept when merged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.services.library import Library
from reader.store.tags import clean_name, clean_names, key_of
from tests.store.helpers import TEXT, add_text


def tagged(library: Library, *tags: str) -> str:
    uid = library.documents.list()[0].uid if library.documents.list() else add_text(library)
    return library.annotate.highlight(uid, TEXT, 4, 13, tags=tags).annotations_added[0].uid


def uses(library: Library) -> dict[str, int]:
    return {tag.name: tag.uses for tag in library.tags.list()}


@given(st.text())
def test_cleaning_is_settled_after_one_time(name: str) -> None:
    cleaned = clean_name(name)
    assert clean_name(cleaned) == cleaned
    assert cleaned == cleaned.strip("/ ")
    assert "//" not in cleaned
    assert key_of(clean_name(cleaned.upper())) == key_of(clean_name(cleaned.upper().upper()))


def test_case_twins_and_composed_letters_are_one() -> None:
    assert clean_names(["Café", "CAFE\u0301", "  ", "a/ /b", "A/B"]) == ["Café", "a/b"]


def test_the_first_spelling_stays(library: Library) -> None:
    tagged(library, "Water")
    second = tagged(library, "WATER")
    assert library.annotate.get(second).tags == ("Water",)
    assert uses(library) == {"Water": 2}


def test_completion_prefers_beginnings_then_use(library: Library) -> None:
    tagged(library, "water", "dam")
    tagged(library, "water/level", "river water", "dam")
    tagged(library, "people/Watson", "100%_sure")
    names = [tag.name for tag in library.tags.complete("wat")]
    assert set(names[:2]) == {"water", "water/level"}
    assert set(names[2:]) == {"people/Watson", "river water"}
    assert library.tags.complete("")[0].name == "dam"
    assert [tag.name for tag in library.tags.complete("100%_")] == ["100%_sure"]
    assert library.tags.complete("%") == []
    assert len(library.tags.complete("", limit=2)) == 2


def test_renaming_takes_nested_tags_along(library: Library) -> None:
    marked = tagged(library, "water", "water/level", "waterfall")
    library.tags.rename("WATER", "flood")
    assert library.annotate.get(marked).tags == ("flood", "flood/level", "waterfall")
    library.tags.rename("flood", "Flood")
    assert library.annotate.get(marked).tags == ("Flood", "Flood/level", "waterfall")
    with pytest.raises(ReaderError, match="merge the two"):
        library.tags.rename("flood", "Waterfall")
    with pytest.raises(ReaderError, match="needs a name"):
        library.tags.rename("flood", " / ")
    library.history.undo()
    library.history.undo()
    assert library.annotate.get(marked).tags == ("water", "water/level", "waterfall")


def test_renaming_into_a_nested_name_that_is_taken_changes_nothing(library: Library) -> None:
    tagged(library, "a/x", "b/x", "a")
    before = uses(library)
    with pytest.raises(ReaderError, match="merge"):
        library.tags.rename("a", "b")
    assert uses(library) == before


def test_merging_keeps_one_of_each(library: Library) -> None:
    both, one = tagged(library, "x", "dam", "reservoir"), tagged(library, "reservoir")
    document = library.documents.list()[0].uid
    library.documents.edit(document, tags=["reservoir"])
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    library.tags.merge("reservoir", "dam")
    assert heard[0].tags
    assert heard[0].everything
    assert library.annotate.get(both).tags == ("x", "dam")
    assert library.annotate.get(one).tags == ("dam",)
    assert library.documents.get(document).tags == ("dam",)
    assert uses(library) == {"x": 1, "dam": 3}
    change = library.history.undo()
    assert change
    assert {m.uid for m in change.annotations_updated} == {both, one}
    assert change.documents_updated[0].tags == ("reservoir",)
    assert uses(library) == {"x": 1, "dam": 1, "reservoir": 3}
    with pytest.raises(ReaderError, match="with itself"):
        library.tags.merge("dam", "DAM")
    with pytest.raises(ReaderError, match="no tag"):
        library.tags.merge("dam", "nothing")


def test_deleting_keeps_the_marks(library: Library) -> None:
    marked = tagged(library, "a", "b")
    library.tags.delete("a")
    assert library.annotate.get(marked).tags == ("b",)
    library.history.undo()
    assert library.annotate.get(marked).tags == ("a", "b")


def test_colour_and_description(library: Library) -> None:
    tagged(library, "a")
    library.tags.edit("A", color="#ff0000")
    library.tags.edit("a", description="All about it")
    (tag,) = library.tags.list()
    assert (tag.color, tag.description) == ("#ff0000", "All about it")
    library.history.undo()
    assert library.tags.list()[0].description == ""


def test_levels_count_each_mark_and_document_once(library: Library) -> None:
    tagged(library, "water", "water/level", "Land/price/today")
    tagged(library, "water/Level", "dam")
    library.documents.edit(library.documents.list()[0].uid, tags=["water/level"])
    assert library.tags.levels() == {"water": 3, "land": 1, "land/price": 1}
    assert uses(library)["water"] == 1


def test_what_only_stands_before_others_is_renamed_and_moved_with_them(library: Library) -> None:
    marked = tagged(library, "Land/price", "Land/use/now")
    library.tags.rename("land", "Ground")
    assert library.annotate.get(marked).tags == ("Ground/price", "Ground/use/now")
    library.tags.move("ground/use", "")
    assert library.annotate.get(marked).tags == ("Ground/price", "use/now")
    with pytest.raises(ReaderError, match="no tag “sea”"):
        library.tags.rename("sea", "lake")


def test_a_tag_is_made_before_anything_has_it(library: Library) -> None:
    change = library.tags.add(" water / level ")
    assert (change.label, uses(library)) == ("Tag “water/level” added", {"water/level": 0})
    with pytest.raises(ReaderError, match="already"):
        library.tags.add("Water/Level")
    with pytest.raises(ReaderError, match="needs a name"):
        library.tags.add("/")
    library.history.undo()
    assert uses(library) == {}


def test_a_colour_is_kept_as_others_read_it(library: Library) -> None:
    library.tags.add("water")
    library.tags.edit("water", color="blue")
    assert library.tags.list()[0].color == "#2f6fc0"
    library.tags.edit("water", color="#ABCDEF")
    assert library.tags.list()[0].color == "#abcdef"
    library.tags.edit("water", color="")
    assert library.tags.list()[0].color == ""
    with pytest.raises(ReaderError, match="no colour"):
        library.tags.edit("water", color="red-ish")


def test_names_by_uid(library: Library) -> None:
    tagged(library, "water", "dam")
    known = {tag.uid: tag.name for tag in library.tags.list()}
    library.tags.delete("dam")
    assert library.tags.names([*known, "unknown"]) == {uid: name for uid, name in known.items() if name == "water"}
