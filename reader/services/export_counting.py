"""What is counted while an export is written: how far it is, and what it holds when it is done."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING

from reader.model.annotation import Annotation

if TYPE_CHECKING:
    from reader.interchange.outgoing import Mark


class Count:
    """Counts what is written, and tells. `chosen` is how many documents were."""

    def __init__(self, progress: Callable[[int, int], object] = lambda _done, _total: None) -> None:
        self.chosen = self.annotations = self.total = self.left_out = 0
        self._of: dict[str, int] = {}
        self._progress = progress

    @property
    def written(self) -> int:
        """Annotations for which the form has a place."""
        return self.annotations - self.left_out

    @property
    def documents(self) -> int:
        """Documents of which annotations were written."""
        return sum(number > 0 for number in self._of.values())

    @property
    def unmarked(self) -> int:
        """Documents that were chosen and have no annotations that were written."""
        return self.chosen - self.documents

    def counted(self, annotations: Iterator[Annotation]) -> Generator[Annotation]:
        of = self._of
        for annotation in annotations:
            self.annotations += 1
            of[annotation.document_uid] = of.get(annotation.document_uid, 0) + 1
            if self.annotations % 1000 == 0 or self.annotations == self.total:
                self._progress(self.annotations, self.total)
            yield annotation

    def leave_out(self, mark: Mark) -> None:
        self.left_out += 1
        self._of[mark.document.uid] -= 1
