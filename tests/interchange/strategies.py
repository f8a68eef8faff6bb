"""Arbitrary records: every script, nothing at all, and the characters that break programs."""

import hashlib
from dataclasses import replace

from hypothesis import strategies as st

from reader.interchange.records import DocumentRecord, FileFacts, Snapshot, TextFacts
from reader.model.annotation import Anchor, AnchorState, Annotation, Color, PageRect, Picture, Style
from reader.model.document import FORMATS, Metadata
from reader.model.library import Tag
from reader.model.mask import Mask, MaskState
from reader.text.editing import Edit

AWKWARD = [
    "\u2028",
    "\u2029",
    "\u00a0",
    "\u00ad",
    "\t",
    "\n",
    "\\",
    '"',
    "</script>",
    "e\u0301",
    "👩‍👩‍👧",
    "سد",
    "水庫",
    "\x7f",
]
TEXTS = st.lists(
    st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(exclude_characters="\0", codec="utf-8"))), max_size=4
).map("".join)
NAMES = TEXTS.filter(str.strip)
LINES = st.lists(NAMES, max_size=3).map(tuple)
NUMBERS = st.integers(0, 2**53 - 1)
FRACTIONS = st.floats(0, 1)
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
UIDS = st.uuids().map(str)
TIMES = st.datetimes().map(lambda moment: moment.isoformat(timespec="milliseconds") + "Z")

RECTS = st.builds(PageRect, st.integers(0, 5000), FRACTIONS, FRACTIONS, FRACTIONS, FRACTIONS)
ANCHORS = st.builds(
    lambda start, length, exact, prefix, suffix, rects: Anchor(start, start + length, exact, prefix, suffix, rects),
    st.integers(0, 2**40),
    st.integers(1, 2**20),
    TEXTS.filter(bool),
    TEXTS,
    TEXTS,
    st.lists(RECTS, max_size=2).map(tuple),
)
AREAS = st.builds(
    lambda start, prefix, rect: Anchor(start, start, "", prefix, "", (rect,)), st.integers(0, 2**40), TEXTS, RECTS
)
PICTURES = st.builds(Picture, st.sampled_from(["image/png", "image/jpeg"]), st.binary(min_size=1, max_size=40))
VIEWS = st.sampled_from(["", "article", "page"])


def _edits(start: int, words: str, more: str) -> tuple[Edit, ...]:
    return Edit(start, start, words), Edit(start + 1, start + 9, more)


CORRECTED = st.builds(
    TextFacts,
    HASHES,
    NUMBERS,
    TEXTS,
    NUMBERS,
    NUMBERS,
    VIEWS,
    HASHES,
    st.builds(_edits, NUMBERS, NAMES, TEXTS),
)
DOCUMENTS = st.builds(
    DocumentRecord,
    uid=UIDS,
    format=st.sampled_from(FORMATS),
    metadata=st.builds(Metadata, TEXTS, LINES, TEXTS, TEXTS, TEXTS, TEXTS, st.just(()), TEXTS, TEXTS, LINES, LINES),
    tags=LINES,
    file=st.none() | st.builds(FileFacts, HASHES, NUMBERS),
    text=st.none() | st.builds(TextFacts, HASHES, NUMBERS, TEXTS, NUMBERS, NUMBERS, VIEWS) | CORRECTED,
)
TAGS = st.builds(Tag, uid=st.just(""), name=NAMES, color=TEXTS, description=TEXTS, uses=st.just(0))


def annotations_of(document_uid: str) -> st.SearchStrategy[Annotation]:
    """Annotations of the document, notes on the whole of it and lost marks among them."""
    return st.builds(
        Annotation,
        uid=UIDS,
        document_uid=st.just(document_uid),
        anchor=st.none() | ANCHORS | AREAS,
        color=st.sampled_from(Color),
        style=st.sampled_from(Style),
        note=TEXTS,
        tags=LINES,
        created=TIMES,
        modified=TIMES,
        state=st.sampled_from(AnchorState),
        score=FRACTIONS,
        reviewed=st.just("") | TIMES,
    )


def masks_of(document_uid: str) -> st.SearchStrategy[Mask]:
    """Masks of the document, kept and lost ones among them."""
    return st.builds(
        Mask,
        uid=UIDS,
        document_uid=st.just(document_uid),
        anchor=ANCHORS.map(lambda anchor: replace(anchor, rects=())),
        state=st.sampled_from(MaskState),
        anchor_state=st.sampled_from(AnchorState),
        created=TIMES,
        modified=TIMES,
    )


def _sha256(picture: Picture) -> str:
    return hashlib.sha256(picture.data).hexdigest()


def _annotation_order(annotation: Annotation) -> tuple[str, int, int, str]:
    """The sort key of annotations in a file."""
    anchor = annotation.anchor
    if anchor is None:
        return annotation.document_uid, -1, -1, annotation.uid
    return annotation.document_uid, anchor.start, anchor.end, annotation.uid


def _mask_order(mask: Mask) -> tuple[int, int, str]:
    """The sort key of the masks of a document in a file."""
    return mask.anchor.start, mask.anchor.end, mask.uid


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Whole files, sorted as the program sorts them."""
    documents = draw(st.lists(DOCUMENTS, max_size=3, unique_by=lambda document: document.uid))
    marks: list[Annotation] = []
    taken: set[str] = set()
    for number, document in enumerate(documents):
        masks = [mask for mask in draw(st.lists(masks_of(document.uid), max_size=3)) if mask.uid not in taken]
        masks = list({mask.uid: mask for mask in masks}.values())
        taken |= {mask.uid for mask in masks}
        documents[number] = replace(document, masks=tuple(sorted(masks, key=_mask_order)))
        marks += draw(st.lists(annotations_of(document.uid), max_size=4))
    marks = list({mark.uid: mark for mark in marks}.values())
    pictures = {mark.uid: draw(PICTURES) for mark in marks if mark.anchor and not mark.anchor.exact}
    marks = [replace(mark, picture=_sha256(pictures[mark.uid])) if mark.uid in pictures else mark for mark in marks]
    return Snapshot(
        categories={color: draw(NAMES) for color in Color},
        tags=tuple(sorted(draw(st.lists(TAGS, max_size=3)), key=lambda tag: tag.name)),
        documents=tuple(sorted(documents, key=lambda document: document.uid)),
        annotations=tuple(sorted(marks, key=_annotation_order)),
        picture=lambda mark: pictures.get(mark.uid),
    )
