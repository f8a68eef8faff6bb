"""Any walk over the verbs can be taken back step by step, to the very same rows, and done again."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader.model.annotation import Annotation, Color, Style
from reader.model.change import Change
from reader.model.document import Metadata
from reader.model.mask import Mask
from reader.services.library import Library
from reader.store.texts import present_text
from tests.store.helpers import TEXT, Clock, dump, open_library

TAGS = ("water", "Water", "water/level", "people", "سد", "1988")
tag_lists = st.lists(st.sampled_from(TAGS), max_size=3)


class Walk(RuleBasedStateMachine):
    """Verbs, undo, redo and reopening in any order.

    `states` are the dumps after each step that is done, `ahead` those after each step that redo would do.
    The marks that a listener gathers from changes alone must always be those of the file.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.library = self._open()
        self.states: list[dict[str, list[Any]]] = []
        self.ahead: list[dict[str, list[Any]]] = []
        self.heard: dict[str, Annotation] = {}
        self.masks: dict[str, tuple[Mask, ...]] = {}
        self.documents: list[str] = []

    def _open(self) -> Library:
        library = open_library(self.folder, clock=self.clock)
        library.bus.subscribe(self._listen)
        return library

    def _listen(self, change: Change) -> None:
        for mark in (*change.annotations_added, *change.annotations_updated):
            self.heard[mark.uid] = mark
        for mark in change.annotations_removed:
            del self.heard[mark.uid]
        if change.everything:
            self.heard = {mark.uid: mark for mark in self._marks()}
        # A document that was updated may show another text, in which its masks stand elsewhere.
        for uid in (*change.masks, *(document.uid for document in change.documents_updated)):
            self.masks[uid] = self.library.masks.of_document(uid)

    def _marks(self) -> list[Annotation]:
        every = [*self.library.documents.list(), *self.library.documents.list(removed=True)]
        return [mark for document in every for mark in self.library.annotate.of_document(document.uid)]

    def _did(self, label_before: str) -> None:
        """A verb has run: it is a step of its own, unless it changed nothing."""
        now = dump(self.library.store)
        self.clock.now += 100
        if now != self.states[-1]:
            self.states.append(now)
            self.ahead.clear()
        else:
            assert self.library.history.undo_label() == label_before

    def _uids(self) -> list[str]:
        return [row[0] for row in self.library.store.rows("SELECT uid FROM annotation ORDER BY id")]

    def _text_of(self, uid: str) -> str:
        """The text that a document shows, also in the bin."""
        (row,) = self.library.store.rows("SELECT id FROM document WHERE uid = ?", (uid,))
        return present_text(self.library.store, row[0])

    @initialize()
    def begin(self) -> None:
        self.states.append(dump(self.library.store))
        for text in (TEXT, TEXT.replace("reservoir", "dam")):
            result = self.library.adding.add_text(text)
            assert result.document
            self.documents.append(result.document.uid)
            self._did("")

    def _visible(self) -> list[str]:
        return [
            uid
            for uid in self.documents
            if self.library.store.row("SELECT 1 FROM document WHERE uid = ? AND visible = 1", (uid,))
        ]

    @rule(
        data=st.data(),
        start=st.integers(0, 40),
        length=st.integers(1, 40),
        color=st.sampled_from(Color),
        tags=tag_lists,
    )
    def highlight(self, data: st.DataObject, start: int, length: int, color: Color, tags: list[str]) -> None:
        if visible := self._visible():
            uid, label = data.draw(st.sampled_from(visible)), self.library.history.undo_label()
            text = self._text_of(uid)
            self.library.annotate.highlight(uid, text, start, start + length, color=color, tags=tags, note="n")
            self._did(label)

    @rule(
        data=st.data(),
        verb=st.sampled_from(["recolor", "restyle", "note", "tags", "add", "move", "delete"]),
        tags=tag_lists,
    )
    def change_marks(self, data: st.DataObject, verb: str, tags: list[str]) -> None:
        every = self._uids()
        if not every:
            return
        uids = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=3, unique=True))
        label = self.library.history.undo_label()
        annotate = self.library.annotate
        match verb:
            case "recolor":
                annotate.recolor(uids, data.draw(st.sampled_from(Color)))
            case "restyle":
                annotate.restyle(uids, data.draw(st.sampled_from(Style)))
            case "note":
                annotate.edit_note(uids[0], data.draw(st.text(max_size=5)))
            case "tags":
                annotate.set_tags(uids[0], tags)
            case "add":
                annotate.add_tags(uids, tags)
            case "move":
                annotate.move_range(uids[0], self._text_of(annotate.get(uids[0]).document_uid), 3, 9)
            case _:
                annotate.delete(uids)
        self._did(label)

    @rule(
        data=st.data(),
        verb=st.sampled_from(["hide", "hide", "keep", "show"]),
        ranges=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 30)), min_size=1, max_size=3),
    )
    def mask(self, data: st.DataObject, verb: str, ranges: list[tuple[int, int]]) -> None:
        visible = self._visible()
        if not visible:
            return
        uid, label = data.draw(st.sampled_from(visible)), self.library.history.undo_label()
        text = self._text_of(uid)
        asked = [(start, start + size) for start, size in ranges if text[start : start + size].strip()] or [(0, 3)]
        masks = self.library.masks
        match verb:
            case "hide":
                masks.hide(uid, text, asked)
            case "keep":
                masks.keep(uid, text, asked)
            case _:
                masks.show(uid, *asked[0])
        self._did(label)

    @rule(data=st.data(), verb=st.sampled_from(["rename", "merge", "delete", "edit"]))
    def change_tags(self, data: st.DataObject, verb: str) -> None:
        names = [tag.name for tag in self.library.tags.list()]
        if len(names) < 2:
            return
        first, second = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
        label = self.library.history.undo_label()
        match verb:
            case "rename":
                self.library.tags.rename(first, f"{len(self.states)} {self.clock.now} {first}")
            case "merge":
                self.library.tags.merge(first, second)
            case "delete":
                self.library.tags.delete(first)
            case _:
                self.library.tags.edit(first, color="#aabbcc", description="words")
        self._did(label)

    @rule(
        data=st.data(),
        verb=st.sampled_from(["edit", "remove", "restore", "category"]),
        tags=tag_lists,
        title=st.text(max_size=5),
    )
    def change_documents(self, data: st.DataObject, verb: str, tags: list[str], title: str) -> None:
        visible = self._visible()
        if not visible:
            return
        uid, label = data.draw(st.sampled_from(visible)), self.library.history.undo_label()
        match verb:
            case "edit":
                self.library.documents.edit(uid, metadata=Metadata(title, ("A. Writer", "B")), tags=tags)
            case "remove":
                self.library.documents.remove([uid])
            case "restore":
                self.library.documents.restore([uid])
            case _:
                self.library.categories.rename(Color.BLUE, title.strip() or "Words")
        self._did(label)

    @rule(data=st.data(), old=st.booleans())
    def read_again(self, data: st.DataObject, old: bool) -> None:
        visible = self._visible()
        if not visible:
            return
        uid, label = data.draw(st.sampled_from(visible)), self.library.history.undo_label()
        if old:
            with self.library.store.transaction() as connection:
                connection.execute("UPDATE text_version SET reader_version = 0")
        self.library.versions.read_again(uid)
        self._did(label)

    @rule()
    def read(self) -> None:
        # What is no step of the history is not taken back either.
        for uid in self._visible():
            self.library.documents.opened(uid)
            self.library.documents.set_position(uid, 5, 0.5)

    @rule()
    def undo(self) -> None:
        change = self.library.history.undo()
        if len(self.states) == 1:
            assert change is None
            return
        assert change
        self.ahead.append(self.states.pop())

    @rule()
    def redo(self) -> None:
        change = self.library.history.redo()
        if not self.ahead:
            assert change is None
            return
        assert change
        self.states.append(self.ahead.pop())

    @precondition(lambda self: len(self.states) > 1)
    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = self._open()

    @invariant()
    def rows_are_as_they_were(self) -> None:
        if self.states:
            assert dump(self.library.store) == self.states[-1]

    @invariant()
    def changes_tell_all(self) -> None:
        visible = {mark.uid: mark for mark in self._marks()}
        assert {uid: mark for uid, mark in self.heard.items() if uid in visible} == visible
        for uid in self._visible():
            assert self.library.masks.of_document(uid) == self.masks.get(uid, ())

    @invariant()
    def search_index_follows(self) -> None:
        found = {mark.uid for mark in self.library.annotate.select(query="water")}
        live = {d.uid for d in self.library.documents.list()}
        assert found == {
            mark.uid
            for mark in self._marks()
            if mark.document_uid in live and any("water" in t.casefold() for t in mark.tags)
        }

    @invariant()
    def counts_are_right(self) -> None:
        assert (
            self.library.store.rows(
                "SELECT id FROM document AS d WHERE annotation_count <> "
                "(SELECT count(*) FROM annotation WHERE document_id = d.id)"
            )
            == []
        )

    def teardown(self) -> None:
        try:
            while self.library.history.undo():
                self.states.pop()
                assert dump(self.library.store) == self.states[-1]
            assert len(self.states) <= 1
            assert self.library.integrity() == []
        finally:
            self.library.close()
            shutil.rmtree(self.folder)


Walk.TestCase.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestWalk = Walk.TestCase
