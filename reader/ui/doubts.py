"""Which marks of the open text its reader may want to look at again, kept up with every change."""

from collections.abc import Iterable

from reader.model.annotation import AnchorState, Annotation
from reader.text.changed_marks import words_changed


class Doubts:
    """The uids of marks on `changed` words, and of marks that are `lost` without a decision, of one text.

    A change looks at its own marks only: a document may have tens of thousands.
    """

    def __init__(self, marks: Iterable[Annotation], text: str) -> None:
        self.changed: set[str] = set()
        self.lost: set[str] = set()
        self._text = text
        self.take(marks)

    def take(self, marks: Iterable[Annotation]) -> None:
        """Judge marks that are new, or other than before."""
        for mark in marks:
            self._forget(mark.uid)
            if mark.state is AnchorState.MOVED and words_changed(mark, self._text):
                self.changed.add(mark.uid)
            elif mark.state is AnchorState.LOST and not mark.reviewed:
                self.lost.add(mark.uid)

    def drop(self, marks: Iterable[Annotation]) -> None:
        """Forget marks that are gone."""
        for mark in marks:
            self._forget(mark.uid)

    def _forget(self, uid: str) -> None:
        self.changed.discard(uid)
        self.lost.discard(uid)
