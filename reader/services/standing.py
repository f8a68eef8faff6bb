"""Where a new mark stands if the text was replaced by another while its reader was still looking at the former one."""

from dataclasses import replace

from reader.model.annotation import Anchor, AnchorState, Annotation
from reader.services.carrying import carry
from reader.store import documents, texts
from reader.store.database import Store


def standing(store: Store, mark: Annotation, text: str) -> Annotation:
    """The mark, made on `text`, as it stands in the text that the document shows: most often that is the same one.

    What is lost there is kept as lost, with its quote and its note. To be called within the transaction that writes it.
    """
    anchor = mark.anchor
    if anchor is None or not anchor.exact or _stands(store, mark.document_uid, anchor):
        return mark
    version_id = documents.shown_text(store, mark.document_uid)
    present = texts.text_of(store, version_id)
    if not version_id or present == text:
        return mark
    found = documents.by_uid(store, mark.document_uid)
    paged = found is not None and found.format == "pdf"
    ((start, end, state, score, _),) = carry([mark], present, before=text, paged=paged).places
    if state == AnchorState.LOST:
        return replace(mark, state=AnchorState.LOST, score=score)
    from reader.text.anchoring import describe

    there = replace(describe(present, start, end), rects=anchor.rects)
    if there.exact == anchor.exact:
        return replace(mark, anchor=there)
    return replace(mark, anchor=replace(anchor, start=start, end=end), state=AnchorState(state), score=score)


def _stands(store: Store, document_uid: str, anchor: Anchor) -> bool:
    """Whether the quote stands at its place with what was around it; reads no more than that."""
    around = anchor.prefix + anchor.exact + anchor.suffix
    start = anchor.start - len(anchor.prefix)
    return texts.stretch(store, document_uid, start, start + len(around)) == around
