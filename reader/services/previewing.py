"""An annotation with the passage that it stands in, to be looked at beside a list."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from reader.model.annotation import AnchorState, Annotation, Picture
from reader.model.workspace import Row
from reader.store import annotations, documents, masks, pictures, texts
from reader.store.database import Store
from reader.text.excerpts import Excerpt, excerpt
from reader.text.masks import Range, hidden_ranges

if TYPE_CHECKING:
    from reader.services.workspace import Workspace

_KEPT, _LENGTH = 4, 10_000_000
"""How many documents of which the text is kept, and how many code points they have together, but for the last."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What there is to see of an annotation.

    `passage` is None where the text does not hold it; `marks` and `hidden` count from where it begins. `picture` is
    that of an area.
    """

    row: Row
    passage: Excerpt | None
    marks: tuple[Annotation, ...] = ()
    hidden: tuple[Range, ...] = ()
    picture: Picture | None = None


class Previewing:
    """May be used from any thread."""

    def __init__(self, store: Store, workspace: "Workspace") -> None:
        self._store = store
        self._workspace = workspace
        self._texts: OrderedDict[tuple[str, int], texts.Loaded] = OrderedDict()
        self._lock = Lock()

    def of(self, row_id: int) -> Preview | None:
        """The annotation of a row id, as it is now; None when it is not there any more."""
        rows = self._workspace.rows((row_id,))
        if not rows:
            return None
        row = rows[0]
        mark, picture = row.mark, pictures.find(self._store, row.mark.picture)
        loaded = self._loaded(mark.document_uid)
        if loaded is None or not loaded.document.text or mark.anchor is None or mark.state is AnchorState.LOST:
            return Preview(row, None, picture=picture)
        passage = excerpt(loaded.document, mark.anchor.start, mark.anchor.end)
        return Preview(row, passage, self._marks(loaded.row_id, passage), self._hidden(loaded.row_id, passage), picture)

    def _loaded(self, uid: str) -> texts.Loaded | None:
        """A document with its text, read once for each of its versions."""
        key = uid, documents.shown_text(self._store, uid)
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
                return self._texts[key]
        loaded = texts.load(self._store, uid)
        if loaded is not None:
            with self._lock:
                self._texts[key] = loaded
                while len(self._texts) > 1 and (len(self._texts) > _KEPT or self._length() > _LENGTH):
                    self._texts.popitem(last=False)
        return loaded

    def _length(self) -> int:
        return sum(len(kept.document.text) for kept in self._texts.values())

    def _marks(self, document_id: int, passage: Excerpt) -> tuple[Annotation, ...]:
        found = annotations.between(self._store, document_id, passage.offset, passage.end)
        return tuple(_moved(mark, passage) for mark in found)

    def _hidden(self, document_id: int, passage: Excerpt) -> tuple[Range, ...]:
        ranges = hidden_ranges(masks.of_document(self._store, document_id))
        return tuple(
            (max(start, passage.offset) - passage.offset, min(end, passage.end) - passage.offset)
            for start, end in ranges
            if start < passage.end and end > passage.offset
        )


def _moved(mark: Annotation, passage: Excerpt) -> Annotation:
    """The mark with its place counted from where the passage begins."""
    assert mark.anchor is not None
    start = max(mark.anchor.start, passage.offset) - passage.offset
    end = min(mark.anchor.end, passage.end) - passage.offset
    return replace(mark, anchor=replace(mark.anchor, start=start, end=max(start, end)))
