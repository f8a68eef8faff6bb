"""A document whose file has changed, or whose text was not there yet: which one it is, and its marks afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reader.model.annotation import AnchorState
from reader.model.document import Document
from reader.model.errors import ReaderError
from reader.services.carrying import Carried, carry, same_places
from reader.services.preparing import Prepared
from reader.services.reading import Readings
from reader.store import annotations, documents, intake, masks, texts, versions
from reader.store.database import Store
from reader.store.intake import Found
from reader.store.journal import Step

FIXED = frozenset({"pdf"})
"""Formats with pages of fixed form."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """The document that gets another text: its row id, the version if the library has it, whether it had none.

    `same_text`: it is the very text in which the marks of a document without one were placed. `same_file`: it is
    another view of the file that is shown.
    """

    document_id: int
    version_id: int | None
    was_without_text: bool
    same_text: bool = False
    same_file: bool = False


def document_like(store: Store, item: Prepared) -> Found | None:
    """The document that has this file, else this text.

    Pages of fixed form are more than their text: another file with the same one is another document, unless that one
    waits for its text.
    """
    version = item.version
    if item.kind not in FIXED:
        return intake.find(store, version.file_sha256, version.text_sha256)
    found = intake.find(store, version.file_sha256)
    if found is None and version.words:
        like = intake.find(store, "", version.text_sha256)
        found = like if like and not like.complete else None
    return found


def renewal_of(store: Store, item: Prepared, found: Found | None) -> Renewal | None:
    """Whether a file is the missing text of a document, or the new one of the document known at its place.

    `found` is the document that has this very text already, if any.
    """
    if found and found.current:
        if found.complete:
            return None
        with_text = intake.find(store, "", item.version.text_sha256)
        same_text = with_text is not None and with_text.version_id == found.version_id
        return Renewal(found.document_id, None, True, same_text)
    document_id = documents.row_at_place(store, item.source.path) if item.source.path else None
    if document_id is None or (found is None and _is_added_now(store, item)):
        return None
    return Renewal(document_id, texts.version_like(store, document_id, item.version), False)


def _is_added_now(store: Store, item: Prepared) -> bool:
    """Whether somebody else has added this very text since it was looked for; of pages of fixed form, this file."""
    text = "" if item.kind in FIXED else item.version.text_sha256
    return intake.find(store, item.version.file_sha256, text) is not None


def in_shown_view(
    store: Store, readings: Readings, path: Path, item: Prepared, renewal: Renewal, cancelled: Callable[[], bool]
) -> Prepared:
    """A web page in the view that its document shows now, or was marked in elsewhere, if it was read in the other."""
    view = texts.view_of(store, renewal.document_id)
    if not view or item.version.view in ("", view):
        return item
    try:
        return readings.prepare(item.source, path, view=view, cancelled=cancelled)
    except ReaderError:
        return item


def prepare_marks(store: Store, renewal: Renewal, text: str) -> Carried:
    """Where the document's marks and masks stand in its new text."""
    marks, hidden = annotations.of_document(store, renewal.document_id), masks.of_document(store, renewal.document_id)
    known = (marks or hidden) and not renewal.was_without_text
    before = texts.present_text(store, renewal.document_id) if known else ""
    paged = documents.format_of(store, renewal.document_id) == "pdf"
    same_text, same_file = renewal.same_text, renewal.same_file
    return carry(marks, text, masks=hidden, before=before, same_text=same_text, same_file=same_file, paged=paged)


def show_renewed(
    store: Store,
    step: Step,
    renewal: Renewal,
    version_id: int,
    document: Document,
    carried: Carried,
    kind: str = "",
) -> Carried:
    """Show a document with its new text and its marks where they stand there; marks made meanwhile are looked up.

    Details that nobody has edited are those of the new text too. `kind` is the format of its file, if that may be
    another one than before.
    """
    row_id = renewal.document_id
    if not same_places(carried, annotations.of_document(store, row_id), masks.of_document(store, row_id)):
        carried = prepare_marks(store, renewal, document.text)
    annotations.set_places(step.connection, carried.places)
    annotations.set_rects(step.connection, carried.rects)
    masks.set_places(step.connection, carried.mask_places)
    intake.set_complete(step.connection, version_id)
    versions.take_back(step.connection, version_id)
    if kind:
        documents.set_format(step.connection, row_id, kind)
    if not renewal.was_without_text:
        documents.refresh(step.connection, renewal.document_id, document.metadata)
    intake.show(step.connection, renewal.document_id, version_id)
    return carried


def marks_in_other_view(store: Store, uid: str) -> frozenset[str]:
    """The lost marks of a saved page whose words stand, exactly, in the view of it that is not shown.

    Where that view of the present file was not read yet, it is that of the former file, as far as the words stood there
    alone.
    """
    row_id, version = documents.row_id(store, uid), texts.shown_version(store, uid)
    if row_id is None or version is None or not version.view:
        return frozenset()
    marks = annotations.of_document(store, row_id)
    lost = [mark for mark in marks if mark.quote and mark.state is AnchorState.LOST]
    if not lost:
        return frozenset()
    others, own = texts.other_views(store, row_id, version), list[int]()
    if not others:
        others, own = texts.former_views(store, row_id, version.view)
    held, beside = ([texts.text_of(store, number) for number in numbers] for numbers in (others, own))
    return frozenset(
        mark.uid
        for mark in lost
        if any(mark.quote in text for text in held) and not any(mark.quote in text for text in beside)
    )
