"""What becomes of files that are added."""

from dataclasses import dataclass, field
from pathlib import Path

from reader.model.library import DocumentSummary


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of one file. `status` is added, known, changed or failed; `reason` is a sentence or empty.

    `document` is None for a failed one only.
    """

    path: Path
    status: str
    document: DocumentSummary | None = None
    reason: str = ""


@dataclass(slots=True)
class Written:
    """What one transaction did: path, status, row id (0: none) and reason of each file.

    `shown` are the documents that came into view, `changed` those with another text than before; `words` are
    still to be indexed, by the row ids of their passages.
    """

    outcomes: list[tuple[Path, str, int, str]] = field(default_factory=list)
    shown: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    words: list[tuple[int, str]] = field(default_factory=list)

    def add(self, path: Path, status: str, row_id: int, reason: str = "", *, shown: bool = False) -> None:
        """Note what became of a file."""
        self.outcomes.append((path, status, row_id, reason))
        if shown:
            self.shown.add(row_id)
