"""Files of other programs brought into a library that has their document: by the service and by the command."""

from dataclasses import replace
from pathlib import Path

import pytest

from reader.model.annotation import AnchorState, Color
from reader.model.errors import ReaderError
from reader.services.library import Library
from tests.cli_helpers import Shell
from tests.interchange.foreign_samples import ABSENT, ADDRESS, COST, DAM, SAMPLES, WATER, Sample
from tests.services.exchange_helpers import add, mark

BY_LINES = ("kindle", "readwise", "readwise import", "hypothesis table", "hypothesis table with tabs")
"""Those of which a part is as whole as the file."""

EACH = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)


def dam(library: Library, folder: Path) -> str:
    """The uid of the document, saved from ADDRESS."""
    uid = add(library, folder / "dam.txt", DAM)
    about = library.documents.get(uid).metadata
    library.documents.edit(uid, metadata=replace(about, url=ADDRESS))
    return uid


@EACH
def test_marks_stand_on_their_words_and_a_second_import_adds_nothing(
    library: Library, tmp_path: Path, sample: Sample
) -> None:
    uid = dam(library, tmp_path)
    report = library.exchange.import_file(sample.data)
    assert (report.added, report.updated) == (3 + len(sample.notes), 0)
    assert len(report.problems) == len(sample.left_out)
    found = {mark.quote: mark for mark in library.annotate.select()}
    assert {mark.document_uid for mark in found.values()} == {uid}
    for words in (COST, WATER):
        anchor = found[words].anchor
        assert anchor is not None
        assert (anchor.start, found[words].state) == (DAM.index(words), AnchorState.EXACT)
    assert found[ABSENT].state is AnchorState.LOST
    again = library.exchange.import_file(sample.data)
    assert (again.added, again.updated, again.skipped) == (0, 0, report.added)
    library.history.undo()
    assert list(library.annotate.select()) == []


@pytest.mark.parametrize(
    "sample",
    [one for name, one in SAMPLES.items() if name not in BY_LINES],
    ids=[one for one in SAMPLES if one not in BY_LINES],
)
def test_half_a_file_changes_nothing(library: Library, tmp_path: Path, sample: Sample) -> None:
    dam(library, tmp_path)
    with pytest.raises(ReaderError) as caught:
        library.exchange.import_file(sample.data[: len(sample.data) // 2], form=sample.form)
    assert str(caught.value).endswith(".")
    assert list(library.annotate.select()) == []


def test_of_half_the_clippings_of_a_kindle_the_whole_ones_are_read(library: Library, tmp_path: Path) -> None:
    dam(library, tmp_path)
    data = SAMPLES["kindle"].data
    report = library.exchange.import_file(data[: data.index(WATER.encode()) + 12])
    assert report.problems == ("line 18: the file ends in the middle of it; copy it from the device again",)
    assert [mark.quote for mark in library.annotate.select()] == [COST]


@pytest.mark.parametrize("name", ["kindle", "koreader", "hypothesis export", "calibre epub", "readwise"])
def test_the_command_reads_them(tmp_path: Path, name: str) -> None:
    shell, sample = Shell(tmp_path / "library.sqlite"), SAMPLES[name]
    uid = shell.added(tmp_path / "dam.txt", DAM)
    file = tmp_path / "file"
    file.write_bytes(sample.data)
    done = shell("import", file, "--document", uid, "--format", sample.form)
    assert done.status == bool(sample.left_out)
    assert done.out.startswith(f"{3 + len(sample.notes)} added, 0 updated, 0 left as they are")
    assert all(piece in done.err for piece in (*sample.left_out, *sample.passed))
    assert len(shell("annotations").rows) == 3 + len(sample.notes)
    wrong = shell("import", file, "--format", "sioyek")
    assert (wrong.status, wrong.out) == (1, "")
    assert "The file is none of sioyek’s exports; choose another file or another format." in wrong.err
    assert len(shell("annotations").rows) == 3 + len(sample.notes)


def test_the_command_lists_the_forms(tmp_path: Path) -> None:
    listed = Shell(tmp_path / "library.sqlite")("import", "--list").rows
    assert {sample.form for sample in SAMPLES.values()} <= {row[0] for row in listed}


def test_what_goes_out_for_readwise_comes_in_again(library: Library, tmp_path: Path) -> None:
    uid = dam(library, tmp_path)
    mark(library, uid, COST, note="=Whose?\n\n.yes", tags=["money", "dam/cost"], color=Color.PINK)
    mark(library, uid, WATER)
    data = library.exchange.dumps(form="readwise").encode()
    library.history.undo()
    library.history.undo()
    report = library.exchange.import_file(data)
    assert (report.added, report.problems, report.notes) == (2, (), ())
    first, second = sorted(library.annotate.of_document(uid), key=lambda found: DAM.index(found.quote))
    assert (first.quote, first.note, first.tags) == (COST, "=Whose?\n\n.yes", ("money", "dam_cost"))
    assert (second.quote, second.note, second.tags) == (WATER, "", ())


def test_marks_of_one_passage_go_out_for_readwise_and_come_in_again(library: Library, tmp_path: Path) -> None:
    uid = dam(library, tmp_path)
    mark(library, uid, COST, note="Whose?")
    mark(library, uid, COST, note="Whose?", tags=["money"])
    mark(library, uid, COST, note="Built by whom?", color=Color.PINK)
    data = library.exchange.dumps(form="readwise").encode()
    for _ in range(3):
        library.history.undo()
    report = library.exchange.import_file(data)
    assert (report.added, report.problems) == (3, ())
    found = sorted((one.note, one.tags) for one in library.annotate.of_document(uid))
    assert found == [("Built by whom?", ()), ("Whose?", ()), ("Whose?", ("money",))]
    again = library.exchange.import_file(data)
    assert (again.added, again.updated, again.skipped) == (0, 0, 3)


def test_words_that_stand_twice_once_over_the_end_of_a_line_are_lost(library: Library, tmp_path: Path) -> None:
    text = "The dam will cost 41 million, and nobody asked\nwho pays.\n\nIt opens in 2031, and nobody asked who pays.\n"
    uid = add(library, tmp_path / "dam.txt", text)
    clipping = (
        "Dam (Ada)\n- Your Highlight on page 3 | Added on Sunday, 1 March 2026 09:30:00\n\nnobody asked who pays\n"
    )
    library.exchange.import_file(f"{clipping}==========\n".encode(), document_uid=uid)
    (found,) = library.annotate.of_document(uid)
    assert found.state is AnchorState.LOST
