"""What holds of a library at any time, whatever was done to it: looked up in the file itself and in what comes out."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from reader.model.annotation import AnchorState, Annotation
from reader.model.library import DocumentSummary
from reader.services.library import Library
from tests.store.helpers import dump


@dataclass(frozen=True)
class State:
    """All that undo answers for: rows, which texts are dropped, and the export, which is the same byte for byte."""

    rows: dict[str, list[Any]]
    dropped: tuple[int, ...]
    export: str


def state_of(library: Library) -> State:
    dropped = library.store.rows("SELECT id FROM text_version WHERE dropped <> '' AND complete ORDER BY id")
    return State(dump(library.store), tuple(row[0] for row in dropped), library.exchange.dumps())


def check_same(now: State, then: State) -> None:
    """Told in a few lines where they differ."""
    for table, rows in now.rows.items():
        assert rows == then.rows[table], table
    assert now.dropped == then.dropped
    lines = zip(now.export.split("\n"), then.export.split("\n"), strict=False)
    assert [(one, other) for one, other in lines if one != other] == []
    assert now.export == then.export


def documents_of(library: Library) -> list[DocumentSummary]:
    """The documents with those in the bin."""
    return [*library.documents.list(), *library.documents.list(removed=True)]


def marks_of(library: Library) -> list[Annotation]:
    return [mark for found in documents_of(library) for mark in library.annotate.of_document(found.uid)]


def steps(library: Library) -> int:
    """How many steps undo would take back."""
    return library.store.row("SELECT count(*) FROM action WHERE state = 'done'")[0]


def check_file(library: Library) -> None:
    """As any other program reads it: sound, complete, and nothing of it half done."""
    assert library.integrity() == []
    other = sqlite3.connect(f"file:{library.path}?mode=ro", uri=True)
    try:
        assert other.execute("SELECT count(*) FROM action WHERE state = 'open'").fetchone() == (0,)
        unlike = "SELECT count(*) FROM annotation AS a JOIN document AS d ON d.id = a.document_id WHERE d.visible = 0"
        assert other.execute(unlike).fetchone() == (0,), "marks of a document that is not there"
        assert other.execute("SELECT name FROM tag GROUP BY key HAVING count(*) > 1").fetchall() == []
        # Of a text that is known and not here (of an import), there are no parts.
        shown = (
            "SELECT d.uid FROM document AS d LEFT JOIN text_version AS v ON v.id = d.text_version_id "
            "WHERE d.visible AND d.text_version_id IS NOT NULL AND (v.id IS NULL OR v.dropped <> '' "
            "OR (NOT v.complete AND EXISTS (SELECT 1 FROM text_part AS p WHERE p.text_version_id = v.id)))"
        )
        assert other.execute(shown).fetchall() == []
    finally:
        other.close()


def check_places(library: Library) -> None:
    """Every mark and mask stands on its words, or says that it does not; nothing reaches out of its text."""
    for found in documents_of(library):
        opened = library.documents.open(found.uid)
        text = opened.document.text
        if not text:
            # They wait for it, as they came.
            continue
        for mark in opened.annotations:
            if mark.anchor and mark.state is not AnchorState.LOST:
                _check_place(mark, text)
        for mask in opened.masks:
            there = text[mask.anchor.start : mask.anchor.end]
            assert there == mask.anchor.exact or mask.anchor_state is not AnchorState.EXACT, mask
        for block in opened.document.blocks:
            assert 0 <= block.start <= block.end <= len(text)
        assert [version.shown for version in library.texts.list(found.uid)].count(True) == 1


def _check_place(mark: Annotation, text: str) -> None:
    anchor = mark.anchor
    assert anchor
    assert 0 <= anchor.start < anchor.end <= len(text), mark
    there = text[anchor.start : anchor.end]
    if mark.state is AnchorState.EXACT or mark.score == 1:
        assert there == anchor.exact, (mark, there)
    if mark.state is AnchorState.EXACT:
        assert mark.score == 1
        assert not mark.reviewed
    else:
        assert 0 < mark.score <= 1


def check_export(library: Library, state: State) -> None:
    """The export says of each mark outside the bin what the library says, and of no other."""
    out = json.loads(state.export)
    shown = {found.uid: found for found in library.documents.list()}
    assert {record["uid"] for record in out["documents"]} == set(shown)
    marks = {mark.uid: mark for mark in marks_of(library) if mark.document_uid in shown}
    assert [record["uid"] for record in out["annotations"] if record["uid"] not in marks] == []
    assert len(out["annotations"]) == len(marks)
    for record in out["annotations"]:
        mark = marks[record["uid"]]
        said = record["document"], record["note"], record["tags"], record["color"], record["created"]
        assert said == (mark.document_uid, mark.note, list(mark.tags), mark.color.value, mark.created)
        assert (record["state"], record["score"]) == (mark.state.value, mark.score)
        assert (record["anchor"] is None) == (mark.anchor is None)
        if mark.anchor:
            there = record["anchor"]["start"], record["anchor"]["end"], record["anchor"]["exact"]
            assert there == (mark.anchor.start, mark.anchor.end, mark.anchor.exact)
    assert {tag["name"] for tag in out["tags"]} == {tag.name for tag in library.tags.list()}


def check_search(library: Library, *words: str) -> None:
    """Marks are found by the words of their notes, and only those."""
    live = {found.uid for found in library.documents.list()}
    marks = [mark for mark in marks_of(library) if mark.document_uid in live]
    for word in words:
        found = {mark.uid for mark in library.annotate.select(query=word)}
        said = {mark.uid: f"{mark.note} {mark.quote} {' '.join(mark.tags)}".casefold() for mark in marks}
        assert found >= {uid for uid, words in said.items() if word in words.split()}, word
        assert all(word in said[uid] for uid in found), word
