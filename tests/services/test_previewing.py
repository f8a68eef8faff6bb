"""An annotation with its passage, as the preview shows it."""

from pathlib import Path

from reader.model.filters import Filter
from reader.services.library import Library

_ALL = Filter()
TEXT = "\n\n".join(f"Paragraph {number} says that the dam will cost {number} million." for number in range(100))


def added(library: Library, tmp_path: Path, text: str = TEXT) -> tuple[str, str]:
    file = tmp_path / "minutes.txt"
    file.write_text(text, "utf-8")
    (result,) = library.adding.add([file])
    assert result.document
    return result.document.uid, library.documents.open(result.document.uid).document.text


def mark(library: Library, uid: str, text: str, words: str) -> int:
    start = text.index(words)
    library.annotate.highlight(uid, text, start, start + len(words))
    return max(library.workspace.listing(_ALL).ids)


def test_the_passage_with_its_marks_and_what_is_hidden(library: Library, tmp_path: Path) -> None:
    uid, text = added(library, tmp_path)
    row = mark(library, uid, text, "cost 50 million")
    mark(library, uid, text, "Paragraph 51")
    mark(library, uid, text, "Paragraph 99")
    start = text.index("Paragraph 49")
    library.masks.hide(uid, text, [(start, start + 12)])
    found = library.previewing.of(row)
    assert found
    assert found.passage
    shown = found.passage.document.text
    assert len(shown) < len(text) / 2
    quotes = {shown[m.anchor.start : m.anchor.end] for m in found.marks if m.anchor}
    assert quotes == {"cost 50 million", "Paragraph 51"}
    assert [shown[first:last] for first, last in found.hidden] == ["Paragraph 49"]
    assert found.row.quote == "cost 50 million"


def test_it_is_read_anew_when_the_text_or_the_mark_changes(library: Library, tmp_path: Path) -> None:
    uid, text = added(library, tmp_path)
    row = mark(library, uid, text, "cost 50 million")
    (uid_of_mark,) = library.workspace.uids_of((row,))
    library.previewing.of(row)
    library.annotate.edit_note(uid_of_mark, "Whose?")
    found = library.previewing.of(row)
    assert found
    assert found.row.mark.note == "Whose?"
    assert found.marks[0].note == "Whose?"
    file = tmp_path / "minutes.txt"
    file.write_text(text.replace("50 million", "50 million dollars"), "utf-8")
    list(library.adding.add([file]))
    found = library.previewing.of(row)
    assert found
    assert found.passage
    assert "50 million dollars" in found.passage.document.text


def test_what_has_no_passage(library: Library, tmp_path: Path) -> None:
    uid, text = added(library, tmp_path)
    row = mark(library, uid, text, "cost 50 million")
    file = tmp_path / "minutes.txt"
    file.write_text("Nothing of the sort, only water.", "utf-8")
    list(library.adding.add([file]))
    lost = library.previewing.of(row)
    assert lost
    assert (lost.passage, lost.row.mark.state, lost.row.quote) == (None, "lost", "cost 50 million")
    library.annotate.note_document(uid, "On the whole.")
    of_all = library.previewing.of(max(library.workspace.listing(_ALL).ids))
    assert of_all
    assert (of_all.passage, of_all.row.mark.note) == (None, "On the whole.")
    library.annotate.delete([lost.row.mark.uid])
    assert library.previewing.of(row) is None
