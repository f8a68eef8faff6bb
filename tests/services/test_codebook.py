"""The codebook as a whole: moved, split, tidied, out and in; each one action that undo takes back."""

from pathlib import Path

import pytest

from reader.model.codebook import Twins
from reader.model.errors import ReaderError
from reader.model.library import Tag
from reader.services.library import Library
from reader.services.twins import near_twins
from reader.text.filter_words import parse
from tests.store.helpers import TEXT, add_text, dump, open_library


def tagged(library: Library, *tags: str, note: str = "") -> str:
    uid = library.documents.list()[0].uid if library.documents.list() else add_text(library)
    return library.annotate.highlight(uid, TEXT, 4, 13, tags=tags, note=note).annotations_added[0].uid


def names(library: Library) -> list[str]:
    return [tag.name for tag in library.tags.list()]


def test_a_tag_moves_with_those_nested_in_it(library: Library) -> None:
    mark = tagged(library, "a/b", "a/b/x", "c")
    before = dump(library.store)
    library.tags.move("a/b", "c")
    assert library.annotate.get(mark).tags == ("c/b", "c/b/x", "c")
    assert library.history.undo_label() == "Tag “b” moved into “c”"
    library.tags.move("c/b", "/")
    assert library.history.undo_label() == "Tag “c/b” moved to the top"
    assert library.annotate.get(mark).tags == ("b", "b/x", "c")
    for under in ("b", "B/x", "b/new"):
        with pytest.raises(ReaderError, match="nested in itself"):
            library.tags.move("b", under)
    library.history.undo()
    library.history.undo()
    assert dump(library.store) == before


def test_a_merge_is_shown_before(library: Library) -> None:
    for tags in (("x",), ("x", "y"), ("y",), ("x/z",), ("x",)):
        tagged(library, *tags)
    library.documents.edit(library.documents.list()[0].uid, tags=["x"])
    would = library.tags.merge_preview("x", "y")
    assert (would.annotations, would.documents, would.both, would.nested) == (2, 1, 1, ("x/z",))
    uses = {tag.name: tag.uses for tag in library.tags.list()}
    library.tags.merge("x", "y")
    after = {tag.name: tag.uses for tag in library.tags.list()}
    assert after["y"] - uses["y"] == would.annotations + would.documents
    assert after["x/z"] == 1


def test_a_tag_is_split_by_a_filter(library: Library) -> None:
    dear = tagged(library, "first", "cost", "last", note="dear")
    cheap, both = tagged(library, "cost", note="cheap"), tagged(library, "cost", "price", note="dear")
    nested = tagged(library, "cost/dam", note="dear")
    library.tags.edit("cost", color="#112233")
    before = dump(library.store)
    assert library.tags.split_preview("cost", parse("dear")) == 2
    change = library.tags.split("Cost", parse("dear"), "spent")
    assert change.label == "2 marks of “cost” tagged “spent” instead"
    assert library.annotate.get(dear).tags == ("first", "spent", "last")
    assert library.annotate.get(cheap).tags == ("cost",)
    assert set(library.annotate.get(both).tags) == {"spent", "price"}
    assert library.annotate.get(nested).tags == ("cost/dam",)
    assert {tag.color for tag in library.tags.list() if tag.name == "spent"} == {"#112233"}
    library.history.undo()
    assert dump(library.store) == before
    library.tags.split("cost", parse("dear"), "PRICE")
    assert library.annotate.get(both).tags == ("price",)
    assert library.workspace.find(parse("tag:price")).total == 2
    library.history.undo()
    for wanted, name in (("nothing", "x"), ("dear", "cost"), ("dear", "/")):
        with pytest.raises(ReaderError):
            library.tags.split("cost", parse(wanted), name)
    assert dump(library.store) == before


def test_unused_tags_are_found_and_deleted_together(library: Library) -> None:
    mark = tagged(library, "used/inner", "gone", "gone/too", "used", "on document")
    library.documents.edit(library.documents.list()[0].uid, tags=["on document"])
    library.annotate.set_tags(mark, ["used/inner"])
    assert [tag.name for tag in library.tags.unused()] == ["gone", "gone/too"]
    library.tags.delete_unused()
    assert names(library) == ["on document", "used", "used/inner"]
    assert not library.tags.delete_unused()
    library.history.undo()
    assert "gone/too" in names(library)


def test_near_twins() -> None:
    tags = [
        Tag("", name, uses=uses)
        for name, uses in (
            ("cost", 5), ("costs", 2), ("Café price", 1), ("cafe-price", 3), ("reservoir", 1), ("resevoir", 1),
            ("chapter 1", 1), ("chapter 2", 1), ("dam", 1), ("ham", 1), ("cost/dam", 1), ("a/reservoir", 1),
            ("city", 1), ("cities", 4), ("boss", 1), ("bos", 1),
        )
    ]  # fmt: skip
    assert near_twins(tags) == [
        Twins("cafe-price", "Café price", 1.0),
        Twins("cities", "city", 1.0),
        Twins("cost", "costs", 1.0),
        Twins("reservoir", "resevoir", pytest.approx(8 / 9)),
    ]


@pytest.mark.parametrize("form", ["csv", "qdc"])
def test_a_codebook_goes_out_and_comes_into_another_library(library: Library, tmp_path: Path, form: str) -> None:
    tagged(library, "cost/dam", "=SUM(A1)", "cost", "Über")
    library.tags.edit("cost", color="#aabbcc", description="What it costs.\n\nNot: land.\n\nExample: “41 million”")
    file = tmp_path / f"book.{form}"
    assert library.codebook.export(file, form) == 4
    assert list(tmp_path.glob(".book*")) == []
    other = open_library(tmp_path, "other.sqlite")
    report = other.codebook.import_data(file.read_bytes())
    assert (len(report.added), report.changed, report.same) == (4, (), 0)

    def shown(opened: Library) -> list[tuple[str, str, str]]:
        return [(tag.name, tag.color, tag.description) for tag in opened.tags.list()]

    assert shown(other) == shown(library)
    again = other.codebook.import_data(file.read_bytes())
    assert (again.added, again.changed, again.same, bool(again.change)) == ((), (), 4, False)
    other.history.undo()
    assert other.tags.list() == []
    other.close()


def test_what_is_here_stays_unless_it_is_to_be_replaced(library: Library) -> None:
    tagged(library, "a", "b", "c")
    library.tags.edit("a", color="#111111", description="mine")
    before = dump(library.store)
    data = b"tag,color,description\nA,#222222,theirs\nb,#333333,new\nc,,\nd,teal,\n"
    would = library.codebook.import_data(data, dry_run=True)
    assert (would.added, would.changed, would.same, would.kept) == (("d",), ("b",), 1, ("a",))
    assert dump(library.store) == before
    library.codebook.import_data(data)
    shown = {tag.name: (tag.color, tag.description) for tag in library.tags.list()}
    assert shown == {"a": ("#111111", "mine"), "b": ("#333333", "new"), "c": ("", ""), "d": ("", "")}
    assert library.codebook.import_data(data, replace=True).changed == ("a",)
    library.history.undo()
    library.history.undo()
    assert dump(library.store) == before


@pytest.mark.parametrize("data", [b"\xff\xfe\xfd", b"caf\xe9", b"", b"<html/>", b"tag\nx\n" + b" " * (16 << 20)])
def test_a_bad_file_changes_nothing(library: Library, data: bytes) -> None:
    tagged(library, "a")
    before = dump(library.store)
    with pytest.raises(ReaderError):
        library.codebook.import_data(data)
    assert dump(library.store) == before


def test_the_library_itself_is_never_written_over(library: Library) -> None:
    with pytest.raises(ReaderError, match="belongs to the library"):
        library.codebook.export(library.path, "csv")
