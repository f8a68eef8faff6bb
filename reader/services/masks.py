"""Hiding parts of a text from reading, and showing them again: reversible, over a text that stays as it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.model.mask import Mask, MaskState
from reader.services.writing import Writer, counted
from reader.store import documents, texts
from reader.store import masks as rows
from reader.store.journal import Step, action
from reader.text.anchoring import describe
from reader.text.masks import Range, hidden_ranges, merged, touches, visible_quote, without


class Masks(Writer):
    """Ranges are code points of the canonical text, ends exclusive. Each verb is one undoable action.

    The masks of one document never overlap, but for those that an import brought.
    """

    def of_document(self, uid: str) -> tuple[Mask, ...]:
        """A document's masks in text order; none for a document that is not here."""
        row_id = documents.row_id(self._store, uid)
        return () if row_id is None else rows.of_document(self._store, row_id)

    def of_documents(self, uids: Iterable[str]) -> dict[str, tuple[Mask, ...]]:
        """The masks of documents in text order, by the document's uid; documents without any are left out."""
        return rows.of_documents(self._store, uids)

    def quotes(self, marks: Iterable[Annotation]) -> dict[str, str]:
        """The words of marks by their uid, without those that are hidden: for whoever reads them."""
        listed = list(marks)
        hidden = {
            uid: hidden_ranges(found)
            for uid, found in self.of_documents({mark.document_uid for mark in listed}).items()
        }
        return {mark.uid: visible_quote(mark, hidden.get(mark.document_uid, ())) for mark in listed}

    def hide(self, document_uid: str, text: str, ranges: Iterable[Range]) -> Change:
        """Hide parts of `text`, the document's text. ReaderError when there is nothing in them."""
        return self._decide(document_uid, text, ranges, MaskState.HIDDEN, "hidden")

    def keep(self, document_uid: str, text: str, ranges: Iterable[Range]) -> Change:
        """Refuse proposals to hide these parts: they are shown, and not proposed again."""
        return self._decide(document_uid, text, ranges, MaskState.KEPT, "kept")

    def show(self, document_uid: str, start: int, end: int) -> Change:
        """Show what is hidden of `start:end`; what is hidden before and after it stays so."""
        asked = ((start, end),)

        def work(step: Step, row_id: int) -> None:
            found = [mask for mask in _there(rows.of_document(self._store, row_id), asked) if _is_hidden(mask)]
            self._replace(step, row_id, found, self._cut(found, asked, texts.present_text(self._store, row_id)))
            step.label = f"{_passages(len(found))} shown again"

        return self._do(document_uid, work)

    def _decide(
        self,
        document_uid: str,
        text: str,
        ranges: Iterable[Range],
        state: MaskState,
        done: str,
    ) -> Change:
        asked = merged(ranges, touching=False)
        if not asked or any(end > len(text) or not text[start:end].strip() for start, end in asked):
            raise ReaderError("Nothing is selected; select some text first.")

        def work(step: Step, row_id: int) -> None:
            there = _there(rows.of_document(self._store, row_id), asked)
            same = [mask for mask in there if mask.state is state]
            other = [mask for mask in there if mask.state is not state]
            joined = merged([*asked, *map(_range, same)], touching=False)
            staying = {_range(mask) for mask in same} & set(joined)
            new = [self._mask(document_uid, text, found, state) for found in joined if found not in staying]
            gone = [mask for mask in same if _range(mask) not in staying]
            self._replace(step, row_id, [*gone, *other], [*new, *self._cut(other, asked, text)])
            step.label = f"{_passages(len(asked))} {done}"

        return self._do(document_uid, work)

    def _do(self, document_uid: str, work: Callable[[Step, int], None]) -> Change:
        with action(self._store, "") as step:
            row_id = documents.row_id(self._store, document_uid)
            if row_id is None:
                raise ReaderError("This document is not in the library any more; undo its removal or add it again.")
            work(step, row_id)
        if not step.changed:
            return Change()
        return self._bus.publish(Change(step.label, masks=(document_uid,)))

    def _replace(self, step: Step, row_id: int, gone: Iterable[Mask], new: Iterable[Mask]) -> None:
        rows.delete(step.connection, [mask.uid for mask in gone])
        rows.insert(step.connection, new, row_id)

    def _cut(self, masks: Iterable[Mask], cut: Sequence[Range], text: str) -> list[Mask]:
        """What is left of the masks outside `cut`, each piece a mask of its own; blanks between words need none."""
        return [
            replace(self._mask(mask.document_uid, text, piece, mask.state), created=mask.created)
            for mask in masks
            for piece in without([_range(mask)], cut)
            if text[slice(*piece)].strip()
        ]

    def _mask(self, document_uid: str, text: str, found: Range, state: MaskState) -> Mask:
        now = self._store.now()
        return Mask(self._store.new_uid(), document_uid, describe(text, *found), state, created=now, modified=now)


def _range(mask: Mask) -> Range:
    return mask.anchor.start, mask.anchor.end


def _is_hidden(mask: Mask) -> bool:
    return mask.state is MaskState.HIDDEN


def _there(masks: Iterable[Mask], asked: Sequence[Range]) -> list[Mask]:
    """The masks that cover any of the ranges; lost ones are nowhere."""
    return [mask for mask in masks if mask.stands and touches(*_range(mask), asked)]


def _passages(count: int) -> str:
    return "Passage" if count == 1 else counted(count, "passage", "passages")
