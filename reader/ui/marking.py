"""From a selection or a mark to an annotation: the floating bar, the pop-ups, the keys."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from reader.model.annotation import AnchorState, Annotation, Color, Style
from reader.model.change import Change
from reader.ui.citation import citation, pages_of
from reader.ui.selecting import without_blank_ends
from reader.ui.unsaved import in_words

if TYPE_CHECKING:
    from reader.ui.reading.pane import ReadingPane
    from reader.ui.session import Session
    from reader.ui.theme import Theme

ONLY_BLANK = "Only blank space is selected; select some words."
IN_HIDDEN = "This mark lies in hidden text. View, Show hidden text, shows it."
CHANGE_AREA = "Drag the frame, its edges or corners; arrows move it, with Shift they change its size. Enter ends it."
NOTHING_CHOSEN = "Select a passage in the text first, or click a mark."


class Marking(QObject):
    """Turns the reader's gestures into writes. One mark at a time is current; the panel may add more."""

    current_changed = Signal(object)

    def __init__(self, session: "Session", pane: "ReadingPane", parent: QWidget) -> None:
        super().__init__(parent)
        from reader.ui.marking_popups import Popups

        self._session, self._pane = session, pane
        self._popups = Popups(parent, pane, session)
        self._color = Color.YELLOW
        self._current: str | None = None
        self.also_selected: Callable[[], list[str]] = list
        self.offers_bar = True
        bar = self._popups.bar
        bar.color_chosen.connect(self.color)
        bar.underline_chosen.connect(self.underline)
        bar.tag_chosen.connect(self.tag)
        bar.note_chosen.connect(self.note)
        bar.copy_chosen.connect(self.copy)
        bar.range_chosen.connect(self.change_range)
        bar.delete_chosen.connect(self.delete)
        pane.gesture_begun.connect(self.hide_bar)
        pane.selection_made.connect(self._selected)
        pane.selection_cleared.connect(self.hide_bar)
        pane.escape_pressed.connect(self.escape)
        pane.annotation_activated.connect(self._activated)
        pane.text_clicked.connect(lambda: self.set_current(None))
        pane.range_changed.connect(self._range_changed)
        pane.scrolled.connect(self._popups.place_again)

    def set_theme(self, theme: "Theme") -> None:
        self._popups.set_theme(theme)

    def set_category_names(self, names: dict[Color, str]) -> None:
        self._popups.set_category_names(names)

    # -- what is marked

    @property
    def current(self) -> Annotation | None:
        return self._session.annotations.get(self._current or "")

    def set_current(self, uid: str | None) -> None:
        """Make a mark the current one, everywhere it is shown."""
        if uid != self._current:
            self._current = uid
            self.current_changed.emit(uid)

    def show_new(self, uid: str) -> None:
        """Make a mark that was just made the current one."""
        self.hide_bar()
        self._pane.clear_selection()
        self.set_current(uid)

    def _selection(self) -> tuple[int, int] | None:
        """The passage that a verb applies to: none while the keyboard is in the cards."""
        return None if self.also_selected() else self._pane.selection()

    def targets(self) -> list[str]:
        """The uids that a verb applies to: those selected in the panel, else the current mark."""
        chosen = [uid for uid in self.also_selected() if uid in self._session.annotations]
        return chosen or ([self.current.uid] if self.current else [])

    # -- verbs

    def color(self, color: Color) -> None:
        """Mark the selection in this category, or give it to the current marks."""
        self._color = color
        if self._selection():
            self._make(color=color)
        else:
            self._on_marks(lambda uids: self._session.library.annotate.recolor(uids, color))

    def underline(self) -> None:
        """Underline the selection; on marks, change between underline and highlight."""
        if self._selection():
            self._make(color=self._color, style=Style.UNDERLINE)
            return
        lined = self.current is not None and self.current.style == Style.UNDERLINE
        style = Style.HIGHLIGHT if lined else Style.UNDERLINE
        self._on_marks(lambda uids: self._session.library.annotate.restyle(uids, style))

    def tag(self) -> None:
        """Ask for tags at the selection or the current marks; nothing is made until they are given."""
        selection, targets = self._selection(), self.targets()
        if selection:
            if self._passage():
                self._popups.ask_tags([], self._pane.selection_rect(), lambda tags: self._make(tags=tags))
        elif len(targets) == 1:
            mark = self._session.annotations[targets[0]]
            write = self._session.library.annotate.set_tags
            self._popups.ask_tags(
                mark.tags, self._rect_of(mark.uid), lambda t: self._write(lambda: write(mark.uid, t), words=in_words(t))
            )
        elif targets:
            write_all = self._session.library.annotate.add_tags
            self._popups.ask_tags(
                [], self._rect_of(None), lambda t: self._write(lambda: write_all(targets, t), words=in_words(t))
            )
        else:
            self._session.say(NOTHING_CHOSEN)

    def give_or_take(self, tag: str) -> None:
        """Mark the selection with a tag, or add it to the current marks; where all of them have it, take it off."""
        annotate = self._session.library.annotate
        if self._selection():
            self._make(tags=(tag,))
        else:
            self._on_marks(lambda uids: annotate.add_tags(uids, [tag]) or annotate.remove_tags(uids, [tag]))

    def note(self) -> None:
        """Ask for a note at the selection or the current mark; the text stays in the editor if writing fails."""
        if self._selection():
            if self._passage():
                self._popups.ask_note("", self._pane.selection_rect(), lambda text: self._make(note=text))
        elif mark := self.current:
            write = self._session.library.annotate.edit_note
            self._popups.ask_note(
                mark.note, self._rect_of(mark.uid), lambda text: self._write(lambda: write(mark.uid, text), words=text)
            )
        else:
            self._session.say(NOTHING_CHOSEN)

    def note_on_document(self) -> None:
        """Ask for a note on the whole document."""
        if self._session.uid:
            write, uid = self._session.library.annotate.note_document, self._session.uid
            self._popups.ask_note(
                "", self._rect_of(None), lambda text: self._write(lambda: write(uid, text), words=text)
            )

    def copy(self, *, cited: bool = False) -> None:
        """Put the selection, or what the current marks say, on the clipboard, with its source if asked."""
        selection = self._selection()
        passages = [(self._pane.selected_text(), selection)] if selection else self._quotes()
        document = self._session.document
        if not passages or not document:
            self._session.say(NOTHING_CHOSEN)
            return
        pages, about = document.document.pages, document.summary.metadata
        texts = [citation(t, about, pages_of(pages, *at) if at else "") if cited else t for t, at in passages]
        QGuiApplication.clipboard().setText("\n\n".join(texts))
        self._session.say("Copied with its source" if cited else "Copied")

    def _quotes(self) -> list[tuple[str, tuple[int, int] | None]]:
        """What the current marks say, and where; a note on the whole document stands nowhere."""
        marks = [self._session.annotations[uid] for uid in self.targets()]
        return [
            (text, (mark.anchor.start, mark.anchor.end) if mark.anchor else None)
            for mark in marks
            if (text := self._read_on(self._words_of(mark)))
        ]

    def _read_on(self, words: str) -> str:
        """Words of a page as they are read on over its lines; those of any other text as they are."""
        document = self._session.document
        if not document or not document.document.sheets:
            return words
        from reader.text.joining import joined

        return joined(words)

    def _words_of(self, mark: Annotation) -> str:
        """The quote without what is hidden in it; of a note on the document, the note."""
        hidden, document = self._session.hidden, self._session.document
        if not hidden or not document or not mark.anchor or mark.state is AnchorState.LOST:
            return mark.quote or mark.note
        from reader.text.masks import touches, visible_text

        start, end = mark.anchor.start, mark.anchor.end
        return visible_text(document.document.text, start, end, hidden) if touches(start, end, hidden) else mark.quote

    def change_range(self) -> None:
        """Show the handles at the current mark's ends."""
        if self.current and self.current.anchor:
            self.hide_bar()
            self._pane.begin_range_edit(self.current.uid)
            self._pane.setFocus()
            if self.current.style == Style.AREA and self._pane.view.stage:
                self._session.say(CHANGE_AREA)
        else:
            self._session.say(NOTHING_CHOSEN)

    def delete(self) -> None:
        self._on_marks(self._session.library.annotate.delete)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) mark in text order, from the current one or the top of the page."""
        marks = sorted((a.anchor.start, a.uid) for a in self._session.annotations.values() if a.anchor)
        if not marks:
            self._session.say("This document has no marks yet." if self._session.uid else "No document is open.")
            return
        current = self.current
        here = (current.anchor.start, current.uid) if current and current.anchor else (self._pane.top_position(), "")
        later = [m for m in marks if (m > here if by > 0 else m < here)]
        self.jump((later[0] if by > 0 else later[-1])[1] if later else marks[0 if by > 0 else -1][1])

    def jump(self, uid: str) -> None:
        """Scroll to a mark and make it current."""
        annotation = self._session.annotations.get(uid)
        if annotation and annotation.anchor:
            if any(s <= annotation.anchor.start and annotation.anchor.end <= e for s, e in self._session.hidden):
                self._session.say(IN_HIDDEN)
            if not self._pane.go_to_area(uid):
                self._pane.go_to(annotation.anchor.start, end=annotation.anchor.end)
        self.set_current(uid)

    def aim(self, where: QPoint) -> None:
        """Mean what is under that point of the viewport: the selection if there is one, else the shortest mark."""
        if self._pane.selection():
            return
        pointer = self._pane.pointer
        position, marks = pointer.position_on(where), pointer.marks_at(where)
        if position is not None:
            self._pane.place_caret(position)
        self.set_current(marks[0].uid if marks else None)

    def hide_bar(self) -> None:
        self._popups.hide_bar()

    def flush(self) -> None:
        """Commit what stands in an open pop-up."""
        self._popups.flush()

    def escape(self) -> None:
        """Put away the bar, then the current mark; a selection goes first, which is the pane's own."""
        if self._pane.selection():
            return
        if self._popups.bar.isVisible():
            self.hide_bar()
        else:
            self.set_current(None)

    # -- what the pane tells

    def _selected(self, _start: int, _end: int) -> None:
        self.set_current(None)
        if self.offers_bar:
            self._popups.bar_for_selection()

    def _activated(self, uids: Sequence[str], where: QPoint) -> None:
        marks = [self._session.annotations[u] for u in uids if u in self._session.annotations]
        if len(marks) > 1:
            self._popups.choose(marks, where, self._show_mark)
        elif marks:
            self._show_mark(marks[0].uid)

    def _show_mark(self, uid: str) -> None:
        self.set_current(uid)
        if (mark := self.current) and self.offers_bar:
            self._popups.bar_for_mark(mark)

    def _range_changed(self, uid: str, start: int, end: int) -> None:
        if document := self._session.document:
            text = document.document.text
            glyphs = self._pane.page_glyphs(start, end)
            self._write(lambda: self._session.library.annotate.move_range(uid, text, start, end, glyphs=glyphs))

    # -- writing

    def _passage(self) -> tuple[str, str, tuple[int, int]] | None:
        """The document's uid, its text, and what of it is selected; None, with the reason said, where nothing can be.

        It is asked before a note or tags are: nobody is to type what then has no place.
        """
        selection, document = self._pane.selection(), self._session.document
        if not selection:
            return None
        if not document:
            self._session.failed.emit("This text is not in the library yet; mark it when it is added.")
            return None
        stretch = without_blank_ends(document.document.text, *selection)
        if stretch is None:
            self._session.say(ONLY_BLANK)
            return None
        return document.summary.uid, document.document.text, stretch

    def _make(
        self, *, color: Color | None = None, style: Style = Style.HIGHLIGHT, note: str = "", tags: Sequence[str] = ()
    ) -> bool:
        found = self._passage()
        if not found:
            return False
        uid, text, stretch = found
        change = self._session.perform(
            lambda: self._session.library.annotate.highlight(
                uid,
                text,
                *stretch,
                color=color or self._color,
                style=style,
                note=note,
                tags=tags,
                glyphs=self._pane.page_glyphs(*stretch),
            ),
            words=note or in_words(tags) or None,
            again=self.flush,
        )
        if change is None:
            return False
        self.show_new(change.annotations_added[0].uid)
        return True

    def _on_marks(self, write: Callable[[list[str]], Change]) -> None:
        targets = self.targets()
        if not targets:
            self._session.say(NOTHING_CHOSEN)
        elif self._write(lambda: write(targets)):
            self.hide_bar()

    def _write(self, write: Callable[[], Change], *, words: str | None = None) -> bool:
        return self._session.perform(write, words=words, again=self.flush) is not None

    def _rect_of(self, uid: str | None) -> QRect:
        """Where a pop-up about a mark belongs: at the mark if it is in view, else at the top of the pane."""
        rect = self._pane.annotation_rect(uid) if uid else QRect()
        view = self._pane.viewport().rect()
        return rect if rect.intersects(view) else QRect(view.center().x(), view.top() + 40, 1, 1)
