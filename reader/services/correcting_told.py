"""Corrections that a file of annotations tells of, made in the text that the library has."""

from collections.abc import Callable
from dataclasses import dataclass

from reader.model.errors import ReaderError
from reader.model.hashing import sha256_of
from reader.services.correcting import show_edited
from reader.services.correction_writing import write_correction
from reader.store import texts
from reader.store.database import Store
from reader.store.exchange import KnownDocument
from reader.store.journal import Step
from reader.store.texts import Loaded
from reader.store.upkeep import BulkUpkeep
from reader.text.corrected import corrected
from reader.text.editing import Edits, settled


@dataclass(frozen=True, slots=True)
class Told:
    """A corrected text that is written and not shown yet."""

    store: Store
    loaded: Loaded
    version_id: int
    text: str
    edits: Edits

    def show(self, step: Step) -> None:
        """Show it, with marks and masks where their words are now."""
        show_edited(self.store, step, self.loaded, self.version_id, self.text, self.edits)


def prepare_told(
    store: Store, here: KnownDocument, edits: Edits, hashes: tuple[str, str], cancelled: Callable[[], bool]
) -> Told | None:
    """Write the text that `edits` make of the one that is shown.

    `hashes` are the sha256 (hex) of the text before and after. None where the text shown is another one, where the
    edits do not make the one that was told of, and when cancelled.
    """
    loaded = texts.load(store, here.uid)
    if loaded is None or not loaded.version_id or loaded.version.text_sha256 != hashes[0]:
        return None
    try:
        edits = settled(loaded.document.text, edits)
        document = corrected(loaded.document, edits)
    except (ValueError, ReaderError):
        return None
    if sha256_of(document.text.encode()) != hashes[1]:
        return None
    with BulkUpkeep(store) as upkeep:
        version_id = write_correction(
            store, loaded.row_id, loaded.version, document, loaded.version_id, edits, cancelled, upkeep.written
        )
    return None if version_id is None else Told(store, loaded, version_id, document.text, edits)
