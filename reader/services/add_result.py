"""What becomes of files that are added."""

from dataclasses import dataclass, field
from pathlib import Path

from reader.model.library import DocumentSummary


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of one file. `status` is added, known, changed or failed; `reason` is a sentence or empty.

    `document` is None for a failed one only. `locked`: it failed for want of the password, or of the right one.
    """

    path: Path
    status: str
    document: DocumentSummary | None = None
    reason: str = ""
    locked: bool = False


@dataclass(slots=True)
class Written:
    """What one transaction did: path, status, row id (0: none) and reason of each file.

    `shown` are the documents that came into view, `changed` those with another text than before; `tags` are those
    that the new documents bring, `summaries` the new documents without any, both by row id.
    """

    outcomes: list[tuple[Path, str, int, str]] = field(default_factory=list)
    shown: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    tags: dict[int, list[str]] = field(default_factory=dict)
    summaries: dict[int, DocumentSummary] = field(default_factory=dict)
    locked: set[Path] = field(default_factory=set[Path])
    hashes: dict[str, int] = field(default_factory=dict)

    def add(self, path: Path, status: str, row_id: int, reason: str = "", *, shown: bool = False) -> None:
        """Note what became of a file."""
        self.outcomes.append((path, status, row_id, reason))
        if shown:
            self.shown.add(row_id)

    def remember(self, row_id: int, *hashes: str) -> None:
        """Note the hashes of a new document, so that its twin in the same batch is recognised."""
        for value in hashes:
            self.hashes[value] = row_id

    def twin(self, *hashes: str) -> int:
        """The new document with one of these hashes; 0 when there is none."""
        return next((self.hashes[value] for value in hashes if value in self.hashes), 0)
