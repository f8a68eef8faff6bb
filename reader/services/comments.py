"""Comments that a file brings, such as those in the margin of a Word document, taken over as notes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5

from reader.model.annotation import Anchor, Annotation, Color
from reader.model.change import Change
from reader.model.document import Comment
from reader.model.errors import ReaderError
from reader.services.writing import Writer, counted
from reader.store import annotations, texts
from reader.store.ids import clean
from reader.store.journal import action
from reader.text.anchoring import describe
from reader.text.limits import word_at

_SPACE = UUID("6f6e2c1e-3f0d-4c55-9d0b-8b5f2a7c9e41")
"""Comments have ids of their own in here, so that the same one is never taken over twice."""


class Comments(Writer):
    """What is taken over is an annotation like any other; the comment in the file's text stays what it is."""

    def waiting(self, uid: str) -> int:
        """How many comments of a document's file are no annotations of it yet (or no longer)."""
        return len(self._missing(uid, texts.comments_of(self._store, uid)))

    def import_into(self, uid: str, *, initiator: object = None) -> Change:
        """Take over the comments that wait, all in one undoable action.

        Each marks its passage in the colour of all other things, with who wrote it before the words of its note. A
        comment on no words at all stands on the word that it is beside. A second time there is nothing to be done.
        """
        loaded = texts.load(self._store, uid)
        if loaded is None:
            raise ReaderError("This document is not in the library any more; undo its removal or add it again.")
        text, now = loaded.document.text, self._store.now()
        with action(self._store, "") as step:
            missing = self._missing(uid, loaded.document.comments)
            added = [_annotation(own, uid, comment, text, now) for own, comment in missing.items()]
            annotations.insert_many(step.connection, [(mark, loaded.row_id) for mark in added])
            step.label = f"{counted(len(added), 'comment', 'comments')} imported"
        if not step.changed:
            return Change(initiator=initiator)
        change = Change(step.label, annotations_added=tuple(added), documents_updated=self._summaries([uid]))
        return self._published(change, initiator)

    def _missing(self, uid: str, comments: Sequence[Comment]) -> dict[str, Comment]:
        """The comments that are no annotations, by the uid that they will have."""
        if not comments:
            return {}
        named = dict(_named(uid, comments))
        here = annotations.row_ids(self._store, list(named))
        return {own: comment for own, comment in named.items() if own not in here}


def _named(uid: str, comments: Sequence[Comment]) -> Iterator[tuple[str, Comment]]:
    """Each comment with its uid: made of what it says, not of where it is, which another reading may tell anew.

    It begins with the time of the comment, as other uids do: what stands on the same words is listed in that order.
    """
    met: Counter[str] = Counter()
    for comment in comments:
        words = "\0".join((uid, comment.author, comment.created, comment.text))
        met[words] += 1
        own = uuid5(_SPACE, f"{words}\0{met[words]}").bytes
        # The form of version 7: milliseconds, the version's digit, and bits that are another's in no other comment.
        timed = _milliseconds(comment.created).to_bytes(6) + bytes([0x70 | own[6] & 0x0F]) + own[7:]
        yield str(UUID(bytes=timed)), comment


def _annotation(own: str, uid: str, comment: Comment, text: str, now: str) -> Annotation:
    note = f"{comment.author}: {comment.text}" if comment.author else comment.text
    return Annotation(
        own,
        uid,
        _place(comment, text),
        Color.PURPLE,
        note=clean(note),
        created=_instant(comment.created) or now,
        modified=now,
    )


def _place(comment: Comment, text: str) -> Anchor | None:
    """Where the comment stands: on its words, else on the word beside it; on the whole document if there is none."""
    start, end = max(comment.start, 0), min(comment.end, len(text))
    if not text[start:end].strip():
        start, end = word_at(text, start)
    return describe(text, start, end) if start < end and text[start:end].strip() else None


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
