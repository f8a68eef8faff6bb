"""Texts that a file of annotations brings along: those of documents that are not here become documents of text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from reader.services.writing import counted

if TYPE_CHECKING:
    from reader.services.adding import Adding
    from reader.services.import_plan import Plan

_ENDINGS = frozenset({".txt", ".md", ".docx", ".doc", ".odt", ".rtf", ".pdf", ".html", ".htm", ".epub"})


@dataclass(frozen=True, slots=True)
class Brought:
    """What was added: how many documents, as which step of the history (None: nothing), and why some were not."""

    documents: int = 0
    action_id: int | None = None
    notes: tuple[str, ...] = ()


def bring(plan: Plan, adding: Callable[[], Adding], cancelled: Callable[[], bool]) -> Brought:
    """Add the texts of the file whose documents are not in the library; stopped, what was added by then stays."""
    missing = [place.record for place in plan.places if not place.here and place.record.uid in plan.parsed.texts]
    if not missing:
        return Brought()
    texts = [(plan.parsed.texts[record.uid], _title(record.metadata.title)) for record in missing]
    results, action_id = adding().add_texts(texts, cancelled)
    added = sum(1 for result in results if result.status == "added")
    notes = [result.reason for result in results if result.status == "failed"]
    if added:
        notes.insert(0, f"{counted(added, 'text', 'texts')} of the file added to the library.")
    return Brought(added, action_id, tuple(notes))


def _title(name: str) -> str:
    """What a document is called whose file had that name."""
    path = PurePath(name)
    return path.stem if path.suffix.lower() in _ENDINGS and path.name == name else name
