"""Marking: every verb is one committed, undoable action."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.model.annotation import Anchor, AnchorState, Annotation, Color, PageRect, Picture, Style
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.services.row_changes import MANY
from reader.services.writing import Writer, counted, only
from reader.store import annotations, categories, documents, pictures
from reader.store import tags as tag_rows
from reader.store.ids import clean, instant
from reader.store.journal import Step, action

if TYPE_CHECKING:
    from reader.text.page_rects import PageGlyphs

MERGE_SECONDS = 60
"""Edits of one note that follow each other within this time are one step of the history."""


class Annotate(Writer):
    """Positions are code points of the canonical text, which the caller has at hand; ends are exclusive."""

    def highlight(
        self,
        document_uid: str,
        text: str,
        start: int,
        end: int,
        *,
        color: Color = Color.YELLOW,
        style: Style = Style.HIGHLIGHT,
        note: str = "",
        tags: Sequence[str] = (),
        glyphs: Sequence["PageGlyphs"] = (),
    ) -> Change:
        """Mark `text[start:end]`; `glyphs` are those of the pages of fixed form on which it stands."""
        anchor = _describe(text, start, end, glyphs)
        word = "Underline" if style is Style.UNDERLINE else categories.name_of(self._store, color)
        return self._add(document_uid, anchor, color, style, note, tags, f"{word} added", text=text)

    def mark_area(
        self,
        document_uid: str,
        text: str,
        position: int,
        area: PageRect,
        *,
        picture: Picture | None = None,
        color: Color = Color.ORANGE,
        note: str = "",
        tags: Sequence[str] = (),
    ) -> Change:
        """Mark a rectangle of a page: `position` is the nearest one in its text, `picture` what it looks like."""
        from reader.text.anchoring import describe

        if not (area.left < area.right and area.top < area.bottom and 0 <= position <= len(text)):
            raise ReaderError("Nothing is selected; draw a rectangle on the page first.")
        anchor = replace(describe(text, position, position), rects=(area,))
        label = f"{categories.name_of(self._store, color)} added"
        return self._add(document_uid, anchor, color, Style.AREA, note, tags, label, picture)

    def move_area(
        self,
        uid: str,
        text: str,
        position: int,
        area: PageRect,
        *,
        picture: Picture | None,
        together: bool = False,
    ) -> Change:
        """Let an area mark another rectangle instead; note and tags stay.

        What is done `together`, within a minute of each other, is one step of the history.
        """
        from reader.text.anchoring import describe

        anchor = replace(describe(text, position, position), rects=(area,))
        clock = self._store.clock()
        now, since = instant(clock), instant(clock - MERGE_SECONDS)
        with action(
            self._store, "Area changed", merge_key=f"area:{uid}" if together else "", merge_since=since
        ) as step:
            kept = pictures.keep(step.connection, picture) if picture else ""
            annotations.set_anchor(step.connection, uid, anchor, now)
            annotations.set_columns(step.connection, [uid], now, picture=kept)
        return self._updated(step, [uid])

    def picture(self, mark: Annotation) -> Picture | None:
        """What an area looked like when it was marked; None when nothing was kept."""
        return pictures.find(self._store, mark.picture)

    def note_document(self, document_uid: str, note: str, tags: Sequence[str] = ()) -> Change:
        """Write a note on the whole document."""
        if not note.strip() and not tags:
            raise ReaderError("The note is empty; write something first.")
        return self._add(document_uid, None, Color.YELLOW, Style.HIGHLIGHT, note, tags, "Note added")

    def recolor(self, uids: Sequence[str], color: Color) -> Change:
        """Give marks another category."""
        name = categories.name_of(self._store, color)
        label = f"Changed to {name}" if len(uids) == 1 else f"{counted(len(uids), 'mark', 'marks')} changed to {name}"
        return self._set(uids, label, color=color.value)

    def restyle(self, uids: Sequence[str], style: Style) -> Change:
        """Draw marks as highlights or as underlines; areas stay what they are."""
        marks = annotations.by_uid(self._store, uids)
        uids = [mark.uid for mark in marks if mark.style is not Style.AREA]
        if marks and not uids:
            raise ReaderError("An area of a page is neither highlighted nor underlined; choose a mark on words.")
        label = "Changed to underline" if style is Style.UNDERLINE else "Changed to highlight"
        return self._set(uids, label, style=style.value)

    def edit_note(self, uid: str, note: str) -> Change:
        """Set a mark's note (Markdown). Edits within a minute of each other are undone together."""
        now = self._store.clock()
        since = instant(now - MERGE_SECONDS)
        with action(self._store, "Note edited", merge_key=f"note:{uid}", merge_since=since) as step:
            annotations.set_columns(step.connection, [uid], instant(now), note=clean(note))
        return self._updated(step, [uid])

    def set_tags(self, uid: str, tags: Sequence[str]) -> Change:
        """Give a mark exactly these tags, in order; new ones are made."""
        wanted = tag_rows.clean_names(tags)
        return self._retag([uid], "Tags set", lambda _have: wanted)

    def add_tags(self, uids: Sequence[str], tags: Sequence[str]) -> Change:
        """Add tags to marks that lack them."""
        new = tag_rows.clean_names(tags)
        return self._retag(uids, "Tagged", lambda have: tag_rows.clean_names([*have, *new]))

    def remove_tags(self, uids: Sequence[str], tags: Sequence[str]) -> Change:
        """Take tags off marks that have them, whatever the case of their names."""
        gone = {tag_rows.key_of(name) for name in tag_rows.clean_names(tags)}

        def left(have: Sequence[str]) -> list[str]:
            return [name for name in have if tag_rows.key_of(name) not in gone]

        return self._retag(uids, "Tags taken off", left)

    def retag(self, uids: Sequence[str], add: Sequence[str], remove: Sequence[str]) -> Change:
        """Add tags to marks that lack them and take others off, as one action."""
        new, gone = tag_rows.clean_names(add), {tag_rows.key_of(name) for name in tag_rows.clean_names(remove)}

        def names(have: Sequence[str]) -> list[str]:
            return tag_rows.clean_names([*(name for name in have if tag_rows.key_of(name) not in gone), *new])

        return self._retag(uids, "Tags changed", names)

    def move_range(
        self,
        uid: str,
        text: str,
        start: int,
        end: int,
        *,
        glyphs: Sequence["PageGlyphs"] = (),
        label: str = "Range changed",
    ) -> Change:
        """Let a mark cover `text[start:end]` instead; note and tags stay. `glyphs` as for `highlight`."""
        from reader.services.standing import standing

        anchor = _describe(text, start, end, glyphs)
        now = self._store.now()
        with action(self._store, label) as step:
            for mark in annotations.by_uid(self._store, [uid]):
                moved = standing(self._store, replace(mark, anchor=anchor, state=AnchorState.EXACT), text)
                if moved.state is not AnchorState.EXACT or moved.anchor is None:
                    raise ReaderError("The text has changed meanwhile; choose the range again.")
                annotations.set_anchor(step.connection, uid, moved.anchor, now)
        return self._updated(step, [uid])

    def delete(self, uids: Sequence[str]) -> Change:
        """Delete marks with their notes; the history keeps them."""
        gone = tuple(annotations.by_uid(self._store, uids))
        label = f"{counted(len(gone), 'mark', 'marks')} deleted"
        with action(self._store, label) as step:
            annotations.delete(step.connection, [mark.uid for mark in gone])
        if not step.changed:
            return Change()
        owners = self._summaries(list(dict.fromkeys(mark.document_uid for mark in gone)))
        change = Change(label, annotations_removed=gone, documents_updated=owners, tags=any(mark.tags for mark in gone))
        return self._bus.publish(change)

    def get(self, uid: str) -> Annotation:
        """One annotation; ReaderError when it does not exist."""
        found = self.find(uid)
        if found is None:
            raise ReaderError("This mark does not exist any more; undo its deletion to get it back.")
        return found

    def find(self, uid: str) -> Annotation | None:
        """One annotation; None when it does not exist."""
        return next(iter(annotations.by_uid(self._store, [uid])), None)

    def of_document(self, uid: str) -> list[Annotation]:
        """A document's annotations in text order, notes on the whole document first."""
        row_id = documents.row_id(self._store, uid)
        return [] if row_id is None else annotations.of_document(self._store, row_id)

    def select(
        self,
        *,
        document_uid: str | None = None,
        tag: str | None = None,
        color: Color | None = None,
        query: str = "",
    ) -> Iterator[Annotation]:
        """Annotations of documents outside the bin that meet every condition, by document and in text order.

        `tag` includes the tags nested in it; `query` looks into quotes, notes and tags as the library search does.
        """
        from reader.store.selecting import selected

        match = self._match(query)
        if match == "":
            return
        value = None if color is None else color.value
        yield from selected(self._store, document_uid=document_uid, tag=tag, color=value, match=match)

    def resolve_id(self, text: str) -> str:
        """The uid that a short id or a unique beginning of a uid stands for."""
        wanted = text.strip().lower()
        return only(annotations.matching_uids(self._store, wanted) if wanted else [], text, "mark")

    def _match(self, query: str) -> str | None:
        """The index expression for a query: None when nothing is asked, empty when no words are in it."""
        if not query.strip():
            return None
        from reader.services.indexing import catch_up
        from reader.store.search import match_expression
        from reader.text.folding import query_terms

        catch_up(self._store)
        return match_expression((term.tokens, term.prefix) for term in query_terms(query))

    def _add(
        self,
        document_uid: str,
        anchor: Anchor | None,
        color: Color,
        style: Style,
        note: str,
        tags: Sequence[str],
        label: str,
        picture: Picture | None = None,
        text: str = "",
    ) -> Change:
        from reader.services.standing import standing

        store = self._store
        now = store.now()
        names = tag_rows.clean_names(tags)
        with action(store, label) as step:
            row_id = documents.row_id(store, document_uid)
            if row_id is None:
                raise ReaderError("This document is not in the library any more; undo its removal or add it again.")
            kept = pictures.keep(step.connection, picture) if picture else ""
            mark = Annotation(
                store.new_uid(),
                document_uid,
                anchor,
                color,
                style,
                clean(note),
                created=now,
                modified=now,
                picture=kept,
            )
            mark = standing(store, mark, text)
            mark_id = annotations.insert(step.connection, mark, row_id)
            if names:
                tag_rows.set_annotation_tags(step.connection, store, mark_id, names)
        added = tuple(annotations.by_uid(store, [mark.uid])) if names else (mark,)
        about = (self._summary(document_uid),)
        change = Change(label, annotations_added=added, documents_updated=about, tags=bool(names))
        return self._bus.publish(change)

    def _set(self, uids: Sequence[str], label: str, **columns: str) -> Change:
        with action(self._store, label) as step:
            annotations.set_columns(step.connection, uids, self._store.now(), **columns)
        return self._updated(step, uids)

    def _retag(self, uids: Sequence[str], label: str, names: Callable[[Sequence[str]], list[str]]) -> Change:
        with action(self._store, label) as step:
            rows = annotations.row_ids(self._store, uids)
            changed = [
                rows[mark.uid]
                for mark in annotations.by_uid(self._store, uids)
                if tag_rows.set_annotation_tags(step.connection, self._store, rows[mark.uid], names(mark.tags))
            ]
            annotations.touch(step.connection, changed, self._store.now())
        return self._updated(step, uids, tags=True)

    def _updated(self, step: Step, uids: Sequence[str], *, tags: bool = False) -> Change:
        """The change after marks were updated; an action that changed nothing needs the marks to exist.

        Very many are not read to be told: Python would go through all that they are made of, and everyone wait for it.
        """
        many = step.changed and len(uids) > MANY
        marks = () if many else tuple(annotations.by_uid(self._store, uids))
        if not (many or marks):
            raise ReaderError("This mark does not exist any more; undo its deletion to get it back.")
        if not step.changed:
            return Change()
        return self._bus.publish(Change(step.label, annotations_updated=marks, tags=tags, everything=many))


def _describe(text: str, start: int, end: int, glyphs: Sequence["PageGlyphs"]) -> Anchor:
    from reader.text.anchoring import describe

    if not 0 <= start < end <= len(text):
        raise ReaderError("Nothing is selected; select some text first.")
    anchor = describe(text, start, end)
    if not glyphs:
        return anchor
    from reader.text.page_rects import rects_of

    return replace(anchor, rects=rects_of(glyphs, start, end))
