"""Comments that a file brings, such as those in the margin of a Word document or marks in a PDF, taken over."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID, uuid5

from reader.model.annotation import Anchor, Annotation, Color, PageRect, Style
from reader.model.change import Change
from reader.model.document import Comment, CommentKind
from reader.model.errors import ReaderError
from reader.services.writing import Writer, counted
from reader.store import annotations, texts
from reader.store import tags as tag_rows
from reader.store.database import Store
from reader.store.ids import clean
from reader.store.journal import Step, action
from reader.text.anchoring import describe
from reader.text.limits import word_at

_SPACE = UUID("6f6e2c1e-3f0d-4c55-9d0b-8b5f2a7c9e41")
"""Comments have ids of their own in here, so that the same one is never taken over twice."""

_LINES = {CommentKind.UNDERLINE, CommentKind.SQUIGGLY, CommentKind.STRIKE}
_AREAS = {CommentKind.AREA, CommentKind.INK}
_STRUCK = "struck out"
"""The tag of what was struck out, which no mark here looks like."""


@dataclass(frozen=True, slots=True)
class Named:
    """A comment with the uid that is made for it here, and the one (or an empty text) that it came with."""

    comment: Comment
    made: str
    given: str


class Comments(Writer):
    """What is taken over is an annotation like any other; the comment in the file's text stays what it is."""

    def waiting(self, uid: str) -> int:
        """How many comments of a document's file are no annotations of it yet (or no longer)."""
        return len(_missing(self._store, uid, texts.comments_of(self._store, uid)))

    def import_into(self, uid: str) -> Change:
        """Take over the comments that wait, all in one undoable action.

        Each marks its passage, with who wrote it before the words of its note; one without a colour has that of all
        other things. A comment on no words at all stands on the word that it is beside. Marks of this program keep the
        uid that they were saved with, unless another document has it. A second time there is nothing to be done.
        """
        loaded = texts.load(self._store, uid)
        if loaded is None:
            raise ReaderError("This document is not in the library any more; undo its removal or add it again.")
        text, now = loaded.document.text, self._store.now()
        with action(self._store, "") as step:
            missing = _missing(self._store, uid, loaded.document.comments)
            added = [taken_over(own, uid, comment, text, now) for own, comment in missing.items()]
            annotations.insert_many(step.connection, [(mark, loaded.row_id) for mark in added])
            self._tag(step, added)
            word = "mark" if loaded.document.sheets else "comment"
            step.label = f"{counted(len(added), word, f'{word}s')} imported"
        if not step.changed:
            return Change()
        change = Change(
            step.label,
            annotations_added=tuple(added),
            documents_updated=self._summaries([uid]),
            tags=any(mark.tags for mark in added),
        )
        return self._bus.publish(change)

    def _tag(self, step: Step, marks: Sequence[Annotation]) -> None:
        tagged = [mark for mark in marks if mark.tags]
        rows = annotations.row_ids(self._store, [mark.uid for mark in tagged]) if tagged else {}
        for mark in tagged:
            tag_rows.set_annotation_tags(step.connection, self._store, rows[mark.uid], mark.tags)


def named(uid: str, comments: Sequence[Comment]) -> Iterator[Named]:
    """The comments of a document with their uids: made of what they say, or of the id that they have in the file, not
    of where they are, which another reading may tell anew.

    They begin with the time of the comment, as other uids do: what stands on the same words is listed in that order.
    """
    met: Counter[str] = Counter()
    for comment in comments:
        if comment.uid:
            words = "\0".join((uid, comment.uid))
        elif comment.kind is CommentKind.COMMENT:
            words = "\0".join((uid, comment.author, comment.created, comment.text))
        else:
            words = "\0".join((uid, comment.kind, comment.author, comment.created, comment.text, repr(comment.rects)))
        met[words] += 1
        own = uuid5(_SPACE, f"{words}\0{met[words]}").bytes
        # The form of version 7: milliseconds, the version's digit, and bits that are another's in no other comment.
        timed = _milliseconds(comment.created).to_bytes(6) + bytes([0x70 | own[6] & 0x0F]) + own[7:]
        yield Named(comment, str(UUID(bytes=timed)), _uuid(comment.uid) if met[words] == 1 else "")


def _missing(store: Store, uid: str, comments: Sequence[Comment]) -> dict[str, Comment]:
    """The comments that are no annotations of the document, by the uid that they will have."""
    if not comments:
        return {}
    found = list(named(uid, comments))
    uids = [one for each in found for one in (each.made, each.given) if one]
    owners = {mark.uid: mark.document_uid for mark in annotations.by_uid(store, uids)}
    return {
        each.given if each.given and each.given not in owners else each.made: each.comment
        for each in found
        if uid not in (owners.get(each.made), owners.get(each.given))
    }


def _uuid(text: str) -> str:
    """The id as annotations have it, if it is a UUID; else nothing."""
    try:
        return str(UUID(text)) if len(text) == 36 else ""
    except ValueError:
        return ""


def taken_over(own: str, uid: str, comment: Comment, text: str, now: str) -> Annotation:
    """The annotation with the uid `own` that a comment on a document becomes at an instant."""
    note = ": ".join(filter(None, (comment.author, comment.text))) if comment.text else ""
    anchor, style = _place(comment, text)
    struck = (_STRUCK,) if comment.kind is CommentKind.STRIKE else ()
    return Annotation(
        own,
        uid,
        anchor,
        comment.color or (Color.YELLOW if comment.kind is CommentKind.HIGHLIGHT else Color.PURPLE),
        style,
        note=clean(note),
        tags=tuple(tag_rows.clean_names([*comment.tags, *struck])),
        created=_instant(comment.created) or now,
        modified=now,
    )


def _place(comment: Comment, text: str) -> tuple[Anchor | None, Style]:
    """Where a comment stands, and how: on its words, on its part of a page, else on the word beside it; on the whole
    document if there is none."""
    start, end = _trimmed(text, max(comment.start, 0), min(comment.end, len(text)))
    style = Style.UNDERLINE if comment.kind in _LINES else Style.HIGHLIGHT
    if start < end and comment.kind not in _AREAS:
        return replace(describe(text, start, end), rects=comment.rects), style
    if comment.rects and comment.kind not in (CommentKind.COMMENT, CommentKind.NOTE):
        return replace(describe(text, start, start), rects=(_around(comment.rects),)), Style.AREA
    if comment.kind is CommentKind.NOTE and not comment.rects:
        return None, Style.HIGHLIGHT
    start, end = word_at(text, start)
    found = start < end and text[start:end].strip()
    if found:
        return describe(text, start, end), Style.HIGHLIGHT
    spot = _spot(comment, text)
    return spot, Style.AREA if spot else Style.HIGHLIGHT


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its ends; empty when there is nothing else in it."""
    start = min(start, len(text))
    piece = text[start:end]
    if not piece.strip():
        return start, start
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _around(rects: Sequence[PageRect]) -> PageRect:
    """The rectangle around those that are on the page of the first."""
    first = rects[0]
    here = [rect for rect in rects if rect.page == first.page]
    return PageRect(
        first.page,
        min(rect.left for rect in here),
        min(rect.top for rect in here),
        max(rect.right for rect in here),
        max(rect.bottom for rect in here),
    )


def _spot(comment: Comment, text: str) -> Anchor | None:
    """The place of a note on a page without words."""
    if not comment.rects:
        return None
    at = min(max(comment.start, 0), len(text))
    return replace(describe(text, at, at), rects=(_around(comment.rects),))


def _milliseconds(created: str) -> int:
    """Since 1970; 0 for what has no time, or one before."""
    instant = _instant(created)
    return max(0, round(datetime.fromisoformat(instant).timestamp() * 1000)) if instant else 0


def _instant(value: str) -> str:
    """An ISO 8601 time as the library writes it; empty when it is none. One without a zone is taken as UTC."""
    try:
        moment = datetime.fromisoformat(value)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
