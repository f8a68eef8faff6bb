"""What of a file still holds."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reader.model.annotation import PageRect, Picture
from reader.model.errors import ReaderError
from reader.services.library import Library
from reader.services.verifying import Holds, Same, Verified
from tests.services.exchange_helpers import MINUTES, add, mark
from tests.store.helpers import open_library

FORMS = ["passage", "w3c"]


@pytest.fixture
def minutes(library: Library, tmp_path: Path) -> str:
    uid = add(library, tmp_path / "minutes.txt")
    mark(library, uid, "41 million", tags=["cost"])
    mark(library, uid, "the old school")
    mark(library, uid, "Residents were never asked whether they wanted it")
    library.annotate.note_document(uid, "On all of it")
    return uid


def counts(found: Verified) -> dict[str, int]:
    return {str(holds): found.count(holds) for holds in Holds if found.count(holds)}


@pytest.mark.parametrize("form", FORMS)
def test_all_of_it_holds_where_it_was_made(library: Library, minutes: str, form: str) -> None:
    before = library.exchange.dumps()
    found = library.exchange.verify(library.exchange.dumps(form=form).encode())
    assert (found.form, counts(found), found.problems) == (form, {"exact": 4}, ())
    (document,) = found.documents
    assert (document.here, document.file, document.text) == (minutes, Same.SAME, Same.SAME)
    assert library.exchange.dumps() == before


@pytest.mark.parametrize("form", FORMS)
def test_in_another_text_it_says_what_moved_and_what_is_gone(
    library: Library, minutes: str, form: str, tmp_path: Path
) -> None:
    data = library.exchange.dumps(form=form).encode()
    changed = "A heading that is new\n\n" + MINUTES.replace("the old school", "Lenn").replace("were never", "are never")
    (tmp_path / "second").mkdir()
    other = open_library(tmp_path / "second")
    try:
        uid = add(other, tmp_path / "other.txt", changed)
        other.documents.edit(uid, metadata=library.documents.open(minutes).document.metadata)
        found = other.exchange.verify(data)
        (document,) = found.documents
        assert (document.here, document.file, document.text) == (uid, Same.OTHER, Same.OTHER)
        assert counts(found) == {"exact": 1, "moved": 2, "lost": 1}
        places = {one.holds: one for one in document.marks}
        moved = [one for one in document.marks if one.holds is Holds.MOVED]
        text = other.documents.open(uid).document.text
        assert [text[one.start : one.end] for one in moved] == [
            "41 million",
            "Residents are never asked whether they wanted it",
        ]
        assert (places[Holds.LOST].start, places[Holds.LOST].score) == (None, 0.0)
    finally:
        other.close()


@pytest.mark.parametrize("form", FORMS)
def test_of_a_document_that_is_not_here_nobody_knows(library: Library, minutes: str, form: str, tmp_path: Path) -> None:
    data = library.exchange.dumps(form=form).encode()
    (tmp_path / "second").mkdir()
    other = open_library(tmp_path / "second")
    try:
        found = other.exchange.verify(data)
        assert counts(found) == {"unknown": 4}
        assert (found.documents[0].here, found.documents[0].text) == ("", Same.UNKNOWN)
        assert other.documents.list() == []
    finally:
        other.close()


def test_a_file_that_was_changed_by_hand_is_found_out(library: Library, minutes: str) -> None:
    value: dict[str, Any] = json.loads(library.exchange.dumps())
    value["annotations"][1]["anchor"]["start"] += 3
    value["annotations"][2]["anchor"].update(exact="words of nobody at all", prefix="", suffix="")
    value["annotations"][3]["color"] = "teal"
    value["documents"][0]["text"]["sha256"] = "00" * 32
    found = library.exchange.verify(json.dumps(value).encode())
    assert counts(found) == {"exact": 1, "moved": 1, "lost": 1}
    assert found.documents[0].text is Same.OTHER
    assert [problem.partition(":")[0] for problem in found.problems] == ["annotations[3].color"]


def test_it_can_be_stopped_and_tells_how_far_it_is(library: Library, minutes: str) -> None:
    data = library.exchange.dumps().encode()
    seen: list[tuple[int, int]] = []
    library.exchange.verify(data, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]
    assert library.exchange.verify(data, cancelled=lambda: True).documents == ()


@pytest.mark.parametrize("data", [b"", b"[" * 50_000, b"quote\r\n", b"\xff\xfe{\0}\0", b'{"format": "passage 9"}'])
def test_a_bad_file_is_one_sentence(library: Library, minutes: str, data: bytes) -> None:
    with pytest.raises(ReaderError) as caught:
        library.exchange.verify(data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("form", ["passage", "w3c", "csv", "tsv", "readwise", "qdpx"])
def test_each_form_that_is_read_is_verified(library: Library, minutes: str, form: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    library.exchange.export(target, form=form)
    found = library.exchange.verify(target)
    assert found.problems == ()
    assert [(document.here, document.count(Holds.LOST)) for document in found.documents] == [(minutes, 0)]
    # Readwise has no place for the note on the whole document.
    assert found.count(Holds.EXACT) == (3 if form == "readwise" else 4)


def shortened(form: str, data: str) -> str:
    """The export without its last annotation, and otherwise whole."""
    if form in ("csv", "tsv"):
        return "".join(data.splitlines(keepends=True)[:-1])
    top = json.loads(data)
    (top if form == "passage" else top["first"])["annotations" if form == "passage" else "items"].pop()
    return json.dumps(top)


@pytest.mark.parametrize("form", ["passage", "w3c", "csv", "tsv"])
def test_a_file_that_was_cut_off_is_found_out_by_its_counts(library: Library, minutes: str, form: str) -> None:
    found = library.exchange.verify(shortened(form, library.exchange.dumps(form=form)).encode())
    (problem,) = found.problems
    assert "4" in problem
    assert "has 3" in problem
    assert sum(map(found.count, Holds)) == 3


def test_a_file_without_counts_is_read_as_before(library: Library, minutes: str) -> None:
    top = json.loads(library.exchange.dumps())
    assert top.pop("counts") == {"tags": 1, "documents": 1, "annotations": 4}
    found = library.exchange.verify(json.dumps(top).encode())
    assert (found.problems, found.count(Holds.EXACT)) == ((), 4)


def verified_of(library: Library, form: str, target: Path) -> Verified:
    if form == "folder":
        library.folders.export(target)
    else:
        library.exchange.export(target, form=form)
    return library.exchange.verify(target)


@pytest.mark.parametrize("form", ["csv", "tsv", "markdown", "folder", "html", "qdpx"])
def test_what_people_read_tells_its_texts_and_holds_where_it_was_made(
    library: Library, minutes: str, form: str, tmp_path: Path
) -> None:
    other = add(
        library, tmp_path / "other.txt", "The *dam*, the _dam_ and\nthe dam: it's [all] the\ndam. 1. So & so.\n"
    )
    text = library.documents.open(other).document.text
    # Words that stand there repeatedly, with what Markdown and HTML have signs of their own for.
    for start in (m.start() for m in re.finditer("dam", text)):
        library.annotate.highlight(other, text, start, start + 3)
    mark(library, other, "*dam*, the _dam_ and\nthe dam: it's [all] the")
    mark(library, other, "1. So & so")
    found = verified_of(library, form, tmp_path / "out")
    assert found.problems == ()
    assert counts(found) == {"exact": 10}
    assert {document.here: document.text for document in found.documents} == {minutes: Same.SAME, other: Same.SAME}
    if form in ("csv", "tsv", "html", "qdpx"):
        placed = {mark.uid: mark.start for document in found.documents for mark in document.marks}
        assert placed == {one.uid: one.anchor.start if one.anchor else None for one in library.annotate.select()}


@pytest.mark.parametrize("form", ["passage", "w3c", "csv", "markdown", "folder", "html", "qdpx"])
def test_an_area_has_no_words_that_could_hold_and_is_no_fault(
    library: Library, minutes: str, form: str, tmp_path: Path
) -> None:
    text = library.documents.open(minutes).document.text
    library.annotate.mark_area(minutes, text, 4, PageRect(1, 0.1, 0.2, 0.5, 0.6), picture=Picture("image/png", b"x"))
    found = verified_of(library, form, tmp_path / "out")
    assert found.problems == ()
    # A table has no place of it.
    assert counts(found) == {"exact": 4 if form == "csv" else 5}


@pytest.mark.parametrize("form", ["csv", "markdown", "folder", "html"])
def test_in_another_text_what_people_read_is_found_or_not(
    library: Library, minutes: str, form: str, tmp_path: Path
) -> None:
    verified_of(library, form, tmp_path / "out")
    (tmp_path / "second").mkdir()
    other = open_library(tmp_path / "second")
    try:
        changed = "A heading\n\n" + MINUTES.replace("the old school", "Lenn").replace("were never", "are never")
        uid = add(other, tmp_path / "other.txt", changed)
        other.documents.edit(uid, metadata=library.documents.open(minutes).document.metadata)
        found = other.exchange.verify(tmp_path / "out")
        (document,) = found.documents
        assert (document.here, document.text) == (uid, Same.OTHER)
        assert counts(found) == {"exact": 2, "moved": 1, "lost": 1}
    finally:
        other.close()


def test_what_was_taken_out_of_a_markdown_file_is_told_until_it_is_written_anew(
    library: Library, minutes: str, tmp_path: Path
) -> None:
    library.folders.export(tmp_path / "vault")
    (path,) = (tmp_path / "vault").glob("*.md")
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r"<!-- passage (\S+ \S+ \S+) -->\n\n> the old.*?<!-- /passage .*?-->\n", "", text, flags=re.S)
    )
    for source in (path, path.parent):
        (problem,) = library.exchange.verify(source).problems
        assert "has 4 annotations and has 3" in problem
    library.folders.export(path.parent)
    found = library.exchange.verify(path)
    assert (found.problems, counts(found)) == ((), {"exact": 3})
    # The user's own words, and a copy of a block, are no marks of ours.
    copy = re.search(r"<!-- passage \S+ \S+ top -->\n\n> 41.*?<!-- /passage .*?-->\n", path.read_text("utf-8"), re.S)
    assert copy
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n> Somebody said\n\n^mine\n\n{copy.group()}")
    assert library.exchange.verify(path).problems == ()


@pytest.mark.parametrize("form", ["markdown", "folder", "html"])
def test_what_people_read_that_was_cut_off_is_found_out(
    library: Library, minutes: str, form: str, tmp_path: Path
) -> None:
    mark(library, add(library, tmp_path / "other.txt", "The dam.\n"), "dam")
    target = tmp_path / "out"
    verified_of(library, form, target)
    files = sorted(target.glob("*.md")) if form == "folder" else [target]
    for path in files:
        text = path.read_text("utf-8")
        path.write_text(text[: text.rindex("\n", 0, -1)] if form == "folder" else text[: text.rindex("41 million")])
    problems = library.exchange.verify(target).problems
    assert problems
    assert all("cut off" in problem for problem in problems)


@pytest.mark.parametrize("form", ["markdown", "folder", "html"])
def test_what_is_for_people_is_not_imported_and_says_what_it_is(
    library: Library, minutes: str, form: str, tmp_path: Path
) -> None:
    verified_of(library, form, tmp_path / "out")
    source = next((tmp_path / "out").glob("*.md")) if form == "folder" else tmp_path / "out"
    with pytest.raises(ReaderError, match=r"(Markdown|HTML).*verif"):
        library.exchange.import_file(source)


def test_where_nothing_can_be_verified_it_says_for_what_it_can(library: Library, minutes: str, tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="nothing in the file that can be verified"):
        library.exchange.verify(b"Reading notes, as a template made them.\n")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReaderError, match="no file in the folder"):
        library.exchange.verify(tmp_path / "empty")


def test_a_file_full_of_quotes_is_gone_through_once(library: Library, minutes: str) -> None:
    data = f"<!-- passage-text {minutes} - 1 -->\n\n" + "> quote\n" * 200_000 + "\n^mine\n\n> 41\n> million\n\n^yours\n"
    found = library.exchange.verify(data.encode())
    assert {mark.uid: mark.holds for mark in found.documents[0].marks} == {"mine": Holds.LOST, "yours": Holds.EXACT}
    assert "has 2" in found.problems[0]
