"""Any walk over all that can be done with a library: after each step file, listeners and export agree, every mark is
on its words or says that it is not, and undo to the start gives the first export byte for byte."""

import json
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from reader.model.annotation import AnchorState, Annotation, Color, Style
from reader.model.change import Change
from reader.model.document import Metadata
from reader.model.errors import ReaderError
from reader.model.mask import Mask
from reader.services.library import Library
from reader.store.journal import action
from reader.text.editing import Edit
from tests.store.helpers import Clock, Uids
from tests.walks.checks import (
    State,
    check_export,
    check_file,
    check_places,
    check_same,
    check_search,
    documents_of,
    marks_of,
    state_of,
    steps,
)

SENTENCES = (
    "The reservoir was full in 1988. ",
    "Nobody asked the residents. ",
    "The mayor said: “We were never asked.” ",
    "A wave 🌊 and a family 👩‍👩‍👧 came. ",
    "سد بر دره ساخته نشد. ",
    "水庫的水位下降。",
    "Thedam will cost 41 million. ",
    "\n\n",
    "\n\nThe second part\n\n",
    "ok ",
)
WORDS = ("who?", "water", "see 41", "", "two\nlines", "👩‍👩‍👧", "say “no”")
TAGS = ("water", "Water", "water/level", "people", "سد", "1988")
PIECES = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=7)
FRACTION = st.floats(0, 1)
NAMES = ("report.txt", "paper.md")


Found = TypeVar("Found")


def one(data: st.DataObject, every: Sequence[Found]) -> Found:
    """One of them, drawn by its place: short to tell when a walk fails."""
    return every[data.draw(st.integers(0, len(every) - 1))]


class Killed(Exception):
    """The program died in the middle of a write."""


class LibraryWalk(RuleBasedStateMachine):
    """`states` are what was after each step that is done, the first before any; `ahead` after each that redo would do.

    `heard` and `masks` are what a listener knows from changes alone. `backups` are kept with the states that they were
    made in, `before` is what the last restore replaced, if there was one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.home = 0
        self.clock, self.uids = Clock(), Uids()
        self.library = self._open()
        self.states, self.ahead = [state_of(self.library)], list[State]()
        self.exports = [self.states[0].export]
        self.backups: list[tuple[Path, list[State], list[State]]] = []
        self.before: tuple[list[State], list[State]] | None = None
        self.heard: dict[str, Annotation] = {}
        self.masks: dict[str, tuple[Mask, ...]] = {}

    # -- the library and whoever listens to it

    def _open(self) -> Library:
        home = self.folder / f"home{self.home}"
        home.mkdir(exist_ok=True)
        library = Library.open(home / "library.sqlite", clock=self.clock, new_uid=self.uids)
        library.bus.subscribe(self._listen)
        return library

    def _listen(self, change: Change) -> None:
        for mark in (*change.annotations_added, *change.annotations_updated):
            self.heard[mark.uid] = mark
        for mark in change.annotations_removed:
            del self.heard[mark.uid]
        touched = [*change.masks, *(found.uid for found in (*change.documents_updated, *change.documents_added))]
        if change.everything:
            self.heard = {mark.uid: mark for mark in marks_of(self.library)}
            touched += [found.uid for found in documents_of(self.library)]
        for uid in touched:
            self.masks[uid] = self.library.masks.of_document(uid)

    def _did(self, *, merges: bool = False, seconds: float = 100) -> None:
        """A verb has run: it is one step, unless it changed nothing (or, if it `merges`, went on with the last)."""
        now, count = state_of(self.library), steps(self.library)
        self.clock.now += seconds
        if count == len(self.states):
            self.states.append(now)
        else:
            assert count == len(self.states) - 1
            assert merges or now == self.states[-1]
            if now == self.states[-1]:
                return
            self.states[-1] = now
        self.ahead.clear()
        self.exports.append(now.export)

    # -- what is there

    def _documents(self) -> list[str]:
        return [found.uid for found in self.library.documents.list()]

    def _text(self, uid: str) -> str:
        return self.library.documents.open(uid).document.text

    def _marks(self) -> list[Annotation]:
        return marks_of(self.library)

    def _some(self, data: st.DataObject, most: int = 3) -> list[str]:
        """Uids of marks; none where there are none."""
        uids = sorted(mark.uid for mark in self._marks())
        if not uids:
            return []
        places = data.draw(st.lists(st.integers(0, len(uids) - 1), min_size=1, max_size=most, unique=True))
        return [uids[place] for place in places]

    def _passage(self, data: st.DataObject, text: str) -> tuple[int, int] | None:
        """A stretch of words in the text; overlapping others as often as not."""
        first, second = (int(data.draw(FRACTION) * len(text)) for _ in range(2))
        start, end = min(first, second), max(first, second)
        words = text[start:end].strip()
        return (start, end) if words else None

    def _document(self, data: st.DataObject) -> str:
        uids = sorted(self._documents())
        return one(data, uids) if uids else ""

    # -- documents

    @initialize(pieces=PIECES)
    def begin(self, pieces: list[str]) -> None:
        self.add(NAMES[0], ["First.\n\n", *SENTENCES[:3], *pieces])

    @rule(name=st.sampled_from(NAMES), pieces=PIECES)
    def add(self, name: str, pieces: list[str]) -> None:
        """A file that is new, or is there with other words: another text of its document."""
        path = self.folder / name
        path.write_text("".join(pieces), "utf-8")
        (result,) = self.library.adding.add([path])
        # A file without words is refused, and its document stays what it was.
        assert result.status in (("added", "changed", "known") if path.read_text("utf-8").strip() else ("failed",))
        self._did()

    @rule(data=st.data(), name=st.sampled_from(NAMES), pieces=PIECES)
    def edit_file(self, data: st.DataObject, name: str, pieces: list[str]) -> None:
        """Words come and go in a file, as an editor saves it."""
        path = self.folder / name
        if not path.exists():
            return
        text = path.read_text("utf-8")
        at, cut = int(data.draw(FRACTION) * len(text)), data.draw(st.integers(0, 12))
        path.write_text(text[:at] + "".join(pieces[:2]) + text[at + cut :], "utf-8")
        list(self.library.adding.add([path]))
        self._did()

    @rule(pieces=PIECES)
    def paste(self, pieces: list[str]) -> None:
        with suppress(ReaderError):
            self.library.adding.add_text("".join(pieces))
        self._did()

    @rule(
        data=st.data(),
        verb=st.sampled_from(["details", "remove", "restore", "category"]),
        tags=st.lists(st.sampled_from(TAGS), max_size=2),
    )
    def change_documents(self, data: st.DataObject, verb: str, tags: list[str]) -> None:
        uid = self._document(data)
        documents = self.library.documents
        if verb == "restore":
            documents.restore([found.uid for found in documents.list(removed=True)])
        elif verb == "category":
            self.library.categories.rename(data.draw(st.sampled_from(Color)), data.draw(st.sampled_from(TAGS)))
        elif uid and verb == "details":
            documents.edit(uid, metadata=Metadata(data.draw(st.sampled_from(TAGS)), ("A. Writer",)), tags=tags)
        elif uid:
            documents.remove([uid])
        self._did()

    @rule(data=st.data(), verb=st.sampled_from(["show", "drop"]))
    def change_versions(self, data: st.DataObject, verb: str) -> None:
        if uid := self._document(data):
            numbers = [version.number for version in self.library.texts.list(uid)]
            number = one(data, numbers) if numbers else 0
            # The text that is shown is not dropped, and that is said.
            with suppress(ReaderError):
                (self.library.texts.show if verb == "show" else self.library.texts.drop)(uid, number)
            self._did()

    @rule(data=st.data(), words=st.sampled_from(WORDS), cut=st.booleans())
    def correct(self, data: st.DataObject, words: str, cut: bool) -> None:
        if not (uid := self._document(data)):
            return
        text = self._text(uid)
        if not (found := self._passage(data, text)):
            return
        start, end = found[0], min(found[1], found[0] + 12)
        try:
            if cut:
                self.library.correcting.cut(uid, text, start, end)
            else:
                self.library.correcting.correct(uid, text, [Edit(start, end, words)])
        except ReaderError:
            assert self._text(uid) == text
        else:
            after = self._text(uid)
            assert cut or not words or after == text[:start] + words + text[end:]
            assert len(after) < len(text) or not (cut or not words)
        self._did()

    # -- marks

    @rule(
        data=st.data(),
        color=st.sampled_from(Color),
        note=st.sampled_from(WORDS),
        tags=st.lists(st.sampled_from(TAGS), max_size=2),
        whole=st.integers(0, 5),
    )
    def mark(self, data: st.DataObject, color: Color, note: str, tags: list[str], whole: int) -> None:
        if not (uid := self._document(data)):
            return
        text = self._text(uid)
        if whole == 0 and note:
            self.library.annotate.note_document(uid, note, tags)
        elif found := self._passage(data, text):
            style = Style.UNDERLINE if note == "water" else Style.HIGHLIGHT
            self.library.annotate.highlight(uid, text, *found, color=color, note=note, tags=tags, style=style)
        self._did()

    @rule(data=st.data())
    def overlap(self, data: st.DataObject) -> None:
        """A mark over a part of another, and a second one on the very same words."""
        here = set(self._documents())
        others = [mark for mark in self._marks() if mark.anchor and mark.document_uid in here]
        standing = [mark for mark in others if mark.state is not AnchorState.LOST]
        if not standing:
            return
        other = one(data, sorted(standing, key=lambda mark: mark.uid))
        assert other.anchor
        text = self._text(other.document_uid)
        middle = (other.anchor.start + other.anchor.end) // 2
        for start, end in ((other.anchor.start, other.anchor.end), (middle, other.anchor.end + 5)):
            if text[start:end].strip():
                self.library.annotate.highlight(other.document_uid, text, start, min(end, len(text)))
            self._did()

    @rule(
        data=st.data(),
        verb=st.sampled_from(["recolor", "restyle", "tags", "add tags", "delete", "delete"]),
        tags=st.lists(st.sampled_from(TAGS), max_size=3),
    )
    def change_marks(self, data: st.DataObject, verb: str, tags: list[str]) -> None:
        if not (uids := self._some(data)):
            return
        annotate = self.library.annotate
        match verb:
            case "recolor":
                annotate.recolor(uids, data.draw(st.sampled_from(Color)))
            case "restyle":
                annotate.restyle(uids, data.draw(st.sampled_from([Style.HIGHLIGHT, Style.UNDERLINE])))
            case "tags":
                annotate.set_tags(uids[0], tags)
            case "add tags":
                annotate.add_tags(uids, tags)
            case _:
                annotate.delete(uids)
        self._did()

    @rule(
        data=st.data(),
        notes=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
        seconds=st.sampled_from([1.0, 100.0]),
    )
    def write_notes(self, data: st.DataObject, notes: list[str], seconds: float) -> None:
        """Edits of one note within a minute are one step."""
        for uid in self._some(data, 1):
            for note in notes:
                self.library.annotate.edit_note(uid, note)
                self._did(merges=True, seconds=seconds)
            self.clock.now += 100

    @rule(data=st.data())
    def change_range(self, data: st.DataObject) -> None:
        for uid in self._some(data, 1):
            mark = self.library.annotate.get(uid)
            text = self._text(mark.document_uid)
            if mark.anchor and (found := self._passage(data, text)):
                self.library.annotate.move_range(uid, text, *found)
                moved = self.library.annotate.get(uid)
                assert (moved.quote, moved.note, moved.tags) == (text[slice(*found)], mark.note, mark.tags)
            self._did()

    @rule(data=st.data(), verb=st.sampled_from(["hide", "hide", "keep", "show"]))
    def hide(self, data: st.DataObject, verb: str) -> None:
        if uid := self._document(data):
            text = self._text(uid)
            if found := self._passage(data, text):
                masks = self.library.masks
                if verb == "show":
                    masks.show(uid, *found)
                else:
                    (masks.hide if verb == "hide" else masks.keep)(uid, text, [found])
            self._did()

    @rule(data=st.data(), verb=st.sampled_from(["rename", "merge", "delete", "edit"]))
    def change_tags(self, data: st.DataObject, verb: str) -> None:
        names = [tag.name for tag in self.library.tags.list()]
        if not names:
            return
        first, second = (one(data, names) for _ in range(2))
        tags = self.library.tags
        # A name that is taken, and a tag merged with itself, are refused with a sentence.
        with suppress(ReaderError):
            match verb:
                case "rename":
                    tags.rename(first, data.draw(st.sampled_from([*TAGS, "new", "water/new"])))
                case "merge":
                    tags.merge(first, second)
                case "delete":
                    tags.delete(first)
                case _:
                    tags.edit(first, color="#aabbcc", description="words")
        self._did()

    @rule(data=st.data(), verb=st.sampled_from(["accept", "keep", "pick"]))
    def review(self, data: st.DataObject, verb: str) -> None:
        found = self.library.reviewing.list()
        assert {doubt.mark.state for doubt in found} <= {AnchorState.MOVED, AnchorState.LOST}
        if not found:
            return
        doubt = one(data, found)
        uid = doubt.mark.uid
        if verb == "pick":
            text = self._text(doubt.mark.document_uid)
            for match in self.library.reviewing.rough(uid)[:1]:
                self.library.annotate.move_range(uid, text, match.start, match.end)
        else:
            with suppress(ReaderError):
                (self.library.reviewing.accept if verb == "accept" else self.library.reviewing.keep_lost)([uid])
        self._did()

    # -- what comes from elsewhere, and from the past

    @rule(data=st.data(), newer=st.booleans())
    def import_(self, data: st.DataObject, newer: bool) -> None:
        """An export of an earlier moment, as it was or with notes that somebody changed since."""
        out: dict[str, Any] = json.loads(one(data, self.exports))
        for record in out["annotations"] if newer else ():
            record["note"], record["modified"] = f"{record['note']} there", "2027-01-01T00:00:00.000Z"
        preview = self.library.exchange.preview(json.dumps(out).encode())
        report = self.library.exchange.import_file(json.dumps(out).encode())
        assert (preview.new, preview.problems, report.problems) == (report.added, (), ())
        self._did()

    @rule(data=st.data())
    def restore_from_history(self, data: st.DataObject) -> None:
        for uid in self._some(data, 1):
            moments = [moment for moment in self.library.past.of(uid) if moment.mark]
            assert moments
            moment = one(data, moments)
            assert moment.mark
            with suppress(ReaderError):
                self.library.past.restore(moment.mark)
            self._did()

    @rule(data=st.data())
    def restore_deleted(self, data: st.DataObject) -> None:
        deleted = self.library.deleted.list()
        chosen = [
            [one for one in every if data.draw(st.booleans())]
            for every in (
                [found.mark.uid for found in deleted.marks],
                [found.uid for found in deleted.tags],
                [found.uid for found in deleted.documents],
            )
        ]
        with suppress(ReaderError):
            self.library.deleted.restore(*chosen)
        self._did()

    @rule()
    def back_up(self) -> None:
        path = self.library.backups.write(self.folder / f"backup{len(self.backups)}.sqlite")
        self.backups.append((path, list(self.states), list(self.ahead)))

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def merge_backup(self, data: st.DataObject) -> None:
        path, _, _ = one(data, self.backups)
        before = {mark.uid for mark in self._marks()}
        self.library.backups.merge(path)
        assert before <= {mark.uid for mark in self._marks()}
        self._did()

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def restore_backup(self, data: st.DataObject) -> None:
        """The library is what it was then, with the history that it had then."""
        path, states, ahead = one(data, self.backups)
        self.library.backups.restore(path)
        self.before = self.states, self.ahead
        self.states, self.ahead = list(states), list(ahead)

    @precondition(lambda self: self.before)
    @rule()
    def undo_restore(self) -> None:
        assert self.before
        self.library.backups.undo_restore()
        self.before, (self.states, self.ahead) = (self.states, self.ahead), self.before

    # -- back and forth, ends and beginnings

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(times):
            change = self.library.history.undo()
            assert (change is None) == (len(self.states) == 1)
            if change:
                self.ahead.append(self.states.pop())

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(times):
            change = self.library.history.redo()
            assert (change is None) == (not self.ahead)
            if change:
                self.states.append(self.ahead.pop())

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.library = self._open()

    @rule(writing=st.booleans())
    def kill(self, writing: bool) -> None:
        """The file as it is this very moment is all there is afterwards; half a write is none."""
        if writing:
            with suppress(Killed):
                self._die_writing()
        else:
            self._die()
        self.library.close()
        self.home += 1
        self.library = self._open()

    def _die_writing(self) -> None:
        with action(self.library.store, "Half done") as step:
            step.connection.execute("DELETE FROM annotation_tag")
            step.connection.execute("UPDATE annotation SET note = 'half'")
            self._die()
            raise Killed

    def _die(self) -> None:
        here = self.folder / f"home{self.home}"
        shutil.copytree(here, self.folder / f"home{self.home + 1}", ignore=shutil.ignore_patterns("*-shm"))

    # -- what holds after each step

    @invariant()
    def is_as_it_was(self) -> None:
        check_same(state_of(self.library), self.states[-1])
        assert steps(self.library) == len(self.states) - 1
        assert bool(self.library.history.undo_label()) == (len(self.states) > 1)
        assert bool(self.library.history.redo_label()) == bool(self.ahead)

    @invariant()
    def listeners_know_it(self) -> None:
        assert self.heard == {mark.uid: mark for mark in self._marks()}
        for found in self.library.documents.list():
            assert self.library.masks.of_document(found.uid) == self.masks.get(found.uid, ())

    @invariant()
    def everything_agrees(self) -> None:
        check_file(self.library)
        check_places(self.library)
        check_export(self.library, self.states[-1])

    def teardown(self) -> None:
        try:
            check_search(self.library, "water", "people", "residents")
            while len(self.states) > 1:
                assert self.library.history.undo()
                self.states.pop()
                check_same(state_of(self.library), self.states[-1])
            assert self.library.history.undo() is None
            check_file(self.library)
            check_search(self.library, "water")
        finally:
            self.library.close()
            shutil.rmtree(self.folder)
