"""Correcting a text: a typo, words that ran together, a passage that is cut, in a text version of its own."""

from collections.abc import Callable, Iterable
from pathlib import Path

from reader.model.change import Change
from reader.model.errors import Cancelled, ReaderError
from reader.services.add_result import AddResult
from reader.services.correcting_marks import Followed, follow
from reader.services.correction_writing import write_correction
from reader.services.sweeping import discard_version
from reader.services.writing import Writer, counted
from reader.store import annotations, documents, intake, masks, texts, versions
from reader.store.database import Store
from reader.store.journal import Step, action
from reader.store.texts import Loaded
from reader.store.upkeep import BulkUpkeep
from reader.text.corrected import corrected, cut_out
from reader.text.editing import Edit, Edits, composed, reversed_edits, settled
from reader.text.normalise import normalise

_MANY = 2000
_CHANGED = "The text has changed in the meantime, and nothing was corrected; select the words again."


class Correcting(Writer):
    """The text as its reader made it stays; all corrections of it are one more text, made anew with each of them."""

    def correct(
        self,
        uid: str,
        text: str,
        edits: Iterable[Edit],
        *,
        label: str = "",
        cancelled: Callable[[], bool] = lambda: False,
    ) -> AddResult:
        """Make the edits of the text that is shown, which the caller has at hand as `text`: one undoable action.

        Marks and hidden passages follow; the reason of the result says what became of those whose words were cut.
        Edits that leave nothing of a paragraph take its line end too. Not for the interface's thread. ReaderError when
        the edits cannot be made, or when the document shows another text by now; Cancelled when `cancelled`.
        """
        loaded = self._loaded(uid, text)
        asked = self._settled(loaded, edits)
        document = corrected(loaded.document, asked)
        base, before = versions.correction(self._store, loaded.version_id)
        original = texts.text_of(self._store, base) if base else text
        together = composed(original, [Edit(*edit) for edit in before], asked)
        if together:
            with BulkUpkeep(self._store) as upkeep:
                version_id = write_correction(
                    self._store,
                    loaded.row_id,
                    loaded.version,
                    document,
                    base or loaded.version_id,
                    together,
                    cancelled,
                    upkeep.written,
                )
            if version_id is None:
                raise Cancelled
        else:
            version_id = base
        label = label or f"{counted(len(asked), 'correction', 'corrections')} made"
        try:
            return self._show(loaded, version_id, document.text, asked, label)
        except BaseException:
            if together:
                discard_version(self._store, version_id)
            raise

    def cut(
        self,
        uid: str,
        text: str,
        start: int,
        end: int,
        *,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> AddResult:
        """Take `text[start:end]` out; otherwise like `correct`."""
        edit = Edit(start, end, "")
        return self.correct(uid, text, [edit], label="Passage cut", cancelled=cancelled)

    def _loaded(self, uid: str, text: str) -> Loaded:
        loaded = texts.load(self._store, uid)
        if loaded is None or not loaded.version_id:
            raise ReaderError(f"The text of “{self._summary(uid).title}” is not in this library; add its file first.")
        if loaded.document.text != text:
            raise ReaderError(_CHANGED)
        return loaded

    def _settled(self, loaded: Loaded, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        document = loaded.document
        try:
            typed = [Edit(edit.start, edit.end, normalise(edit.replacement)) for edit in edits]
            wanted = settled(document.text, typed)
            wanted = settled(
                document.text,
                [edit if edit.replacement else cut_out(document, edit.start, edit.end) for edit in wanted],
            )
        except ValueError as error:
            raise ReaderError("These corrections cannot be made together; make them one after the other.") from error
        if not wanted:
            raise ReaderError("The words are what they were; change them first.")
        return wanted

    def _show(
        self,
        loaded: Loaded,
        version_id: int,
        text: str,
        edits: Edits,
        label: str,
    ) -> AddResult:
        store, uid = self._store, loaded.summary.uid
        with action(store, label, urgent=False) as step:
            followed = show_edited(store, step, loaded, version_id, text, edits)
            if versions.correction(store, loaded.version_id)[0]:
                # What it corrects stays, and is what the next correction begins with.
                versions.drop(step.connection, loaded.version_id, store.now())
        change = Change(
            label,
            documents_updated=self._summaries([uid]),
            annotations_updated=followed.marks[:_MANY],
            everything=len(followed.marks) > _MANY,
        )
        self._bus.publish(change)
        return AddResult(Path(loaded.summary.path), "changed", self._summary(uid), _report(followed))


def show_edited(store: Store, step: Step, loaded: Loaded, version_id: int, text: str, edits: Edits) -> Followed:
    """Show another text instead of the one loaded, of which `edits` make it; marks and masks go with their words.

    ReaderError when the document shows another text by now.
    """
    if documents.shown_text(store, loaded.summary.uid) != loaded.version_id:
        raise ReaderError(_CHANGED)
    followed = follow(
        annotations.of_document(store, loaded.row_id),
        masks.of_document(store, loaded.row_id),
        loaded.document.text,
        text,
        edits,
    )
    annotations.update_many(step.connection, [(mark, loaded.row_id) for mark in followed.marks])
    masks.update(step.connection, followed.masks, loaded.row_id)
    intake.set_complete(step.connection, version_id)
    versions.take_back(step.connection, version_id)
    intake.show(step.connection, loaded.row_id, version_id)
    return followed


def edits_between(store: Store, shown: int, wanted: int) -> tuple[Edit, ...]:
    """The edits of the text `shown` (a row id) that make the text `wanted`, if one corrects the other; else none."""
    of, rows = versions.correction(store, wanted)
    if of == shown and shown:
        return tuple(Edit(*row) for row in rows)
    of, rows = versions.correction(store, shown)
    return reversed_edits(texts.text_of(store, wanted), [Edit(*row) for row in rows]) if of == wanted else ()


def _report(followed: Followed) -> str:
    """What became of marks that did not simply follow; empty when all did."""
    parts = [f"{counted(followed.lost, 'annotation', 'annotations')} lost with the words"] if followed.lost else []
    if followed.found:
        parts.append(f"{counted(followed.found, 'lost annotation was', 'lost annotations were')} found")
    return ", ".join(parts)
