"""A corrected text on its way into the library, and corrections tried again on a newer text."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from reader.model.annotation import AnchorState
from reader.model.document import Document
from reader.model.errors import ReaderError
from reader.model.hashing import sha256_of
from reader.services.preparing import Prepared, Source
from reader.services.text_writing import write_in_slices
from reader.services.writing import counted
from reader.store import documents, intake, texts, versions
from reader.store.database import Store
from reader.store.structure import encode
from reader.store.texts import TextVersion
from reader.text.anchoring import Resolver, describe
from reader.text.corrected import corrected
from reader.text.counting import count_words
from reader.text.editing import Edit, EditMap, Edits, edited, settled
from reader.text.passages import passages


@dataclass(frozen=True, slots=True)
class Again:
    """A new text with the corrections of the former one: its row id, what it is, and a report, empty if none.

    `text_sha256` (hex) is that of its text.
    """

    version_id: int
    document: Document
    report: str = ""
    text_sha256: str = ""


def write_correction(
    store: Store,
    document_id: int,
    made: TextVersion,
    document: Document,
    corrects: int,
    edits: Edits,
    cancelled: Callable[[], bool],
    written: Callable[[], object],
) -> int | None:
    """Write the corrected text of the version `corrects`, of which `edits` make it; its row id.

    `made` says where that one comes from. It is not complete yet. None when cancelled.
    """
    text = document.text
    about = replace(
        made, text_sha256=sha256_of(text.encode()), length=len(text), words=count_words(text), created=store.now()
    )
    # The pictures are copied as they are; of the file nothing new is kept.
    bare = replace(document, assets=())
    prepared = Prepared(
        Source("", 0, 0, b"", made.file_sha256), bare, "", about, encode(bare), list(passages(bare)), is_its_file=True
    )
    version_id = write_in_slices(store, document_id, prepared, cancelled, written)
    if version_id is not None:
        with store.transaction(urgent=False) as connection:
            rows = [(edit.start, edit.end, edit.replacement) for edit in edits]
            versions.set_correction(connection, version_id, corrects, rows)
    return version_id


def corrected_again(
    store: Store,
    document_id: int,
    version_id: int,
    version: TextVersion,
    document: Document,
    cancelled: Callable[[], bool],
    written: Callable[[], object],
) -> Again | None:
    """Try the corrections of the text that a document shows on another one, which is in the library but not shown.

    Each is made where its words stand in the new text, found as a mark is. `version` says where the new text comes
    from. None when cancelled. Where there are no corrections, or the new text has its own, it stays as it is.
    """
    base, rows = versions.correction(store, documents.shown_row(store, document_id))
    if not rows or base == version_id or versions.correction(store, version_id)[0]:
        return Again(version_id, document, "", version.text_sha256)
    edits = [Edit(*row) for row in rows]
    is_here, corrects = versions.is_here(store, base)
    if is_here:
        kept, made = _found(texts.text_of(store, base), edits, document.text)
    else:
        # Only told of in an import: then this is the very text or nothing is known of it.
        kept, made = edits if corrects == version.text_sha256 and _fit(edits, document.text) else [], 0
    whole = replace(texts.structured(store, version_id, document.text), metadata=document.metadata)
    try:
        new = corrected(whole, kept) if kept else document
    except ReaderError:
        kept, new = [], document
    report = _report(len(kept), made, len(edits) - len(kept) - made)
    if not kept:
        return Again(version_id, document, report, version.text_sha256)
    with store.transaction(urgent=False) as connection:
        intake.set_complete(connection, version_id)
    again = write_correction(store, document_id, version, new, version_id, kept, cancelled, written)
    return None if again is None else Again(again, new, report, sha256_of(new.text.encode()))


def _fit(edits: Edits, text: str) -> bool:
    """Whether edits that came from elsewhere can be made in a text."""
    try:
        return settled(text, edits) == tuple(edits)
    except ValueError:
        return False


def _found(before: str, edits: Edits, text: str) -> tuple[list[Edit], int]:
    """The edits of the older text as edits of the new one, and how many it has been given already."""
    resolver, kept = Resolver(text, before=before), list[Edit]()
    missing: list[Edit] = []
    for edit in edits:
        place = _place(resolver, text, before, edit.start, edit.end)
        if place and (not kept or kept[-1].end < place[0]):
            kept.append(Edit(*place, edit.replacement))
        else:
            missing.append(edit)
    if not missing:
        return kept, 0
    after, positions = edited(before, edits), EditMap(before, edits)
    resolver = Resolver(text, before=after)
    instead = [positions.block(edit.start, edit.end) for edit in missing]
    return kept, sum(_place(resolver, text, after, *place) is not None for place in instead)


def _place(resolver: Resolver, text: str, before: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the very words `before[start:end]` stand in the new text; None if nowhere for certain."""
    found = resolver.resolve(describe(before, start, end))
    if found.state is AnchorState.LOST or text[found.start : found.end] != before[start:end]:
        return None
    return found.start, found.end


def _report(kept: int, made: int, missing: int) -> str:
    parts = [f"{counted(kept, 'correction', 'corrections')} kept"] if kept else []
    if made:
        parts.append(f"{counted(made, 'correction is', 'corrections are')} in the new text already")
    if missing:
        parts.append(f"{counted(missing, 'correction', 'corrections')} not found")
    return ", ".join(parts)
