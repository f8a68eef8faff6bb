"""Every signal of the window and what answers it, in one place. Nothing is connected elsewhere between its parts."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from reader.ui.actions import COLORS, MENUS
from reader.ui.correcting import CorrectingText
from reader.ui.early_pages import EarlyWhileAdding
from reader.ui.page_wiring import connect_pages

Slots = dict[str, Callable[[], object]]

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.parts import Parts


def connect(window: "MainWindow", parts: "Parts") -> None:
    """Wire a window with its parts, once."""
    _what_happened(window, parts)
    _text(window, parts)
    _documents(window, parts)
    _side(window, parts)
    slots = _file(window, parts) | _edit(window, parts) | _view(window, parts) | _go(window, parts) | _annotate(parts)
    slots |= connect_pages(window, parts)
    for name, slot in slots.items():
        window.actions_[name].triggered.connect(lambda _checked=False, name=name, slot=slot: window.do(name, slot))


def _what_happened(window: "MainWindow", parts: "Parts") -> None:
    session = window.session
    session.opened.connect(parts.document_opened)
    session.closed.connect(parts.document_closed)
    session.changed.connect(window.apply)
    session.changed.connect(parts.changed)
    session.said.connect(window.status.show_message)
    session.failed.connect(window.status.show_error)
    session.turned.connect(window.status.move_on)
    session.unsaved_changed.connect(parts.show_unsaved)
    parts.unsaved_bar.again_requested.connect(parts.write_again)
    parts.unsaved_bar.close_requested.connect(window.close_without_saving)
    window.status.undo_requested.connect(session.undo)
    window.appearance.theme_changed.connect(lambda _theme: window.dress())
    window.appearance.typography_changed.connect(lambda _typography: window.dress())
    window.frame.panels_changed.connect(window.panels_changed)
    edit = list(MENUS).index("&Edit")
    window.menus[edit].aboutToShow.connect(parts.library_actions.name_steps)
    window.menus[edit].aboutToHide.connect(lambda: window.actions_.name_steps("", ""))


def _text(window: "MainWindow", parts: "Parts") -> None:
    pane = window.pane
    pane.visible_changed.connect(parts.visible_changed)
    pane.position_changed.connect(parts.position_changed)
    pane.zoom_requested.connect(window.appearance.zoom)
    pane.link_activated.connect(parts.places.follow)
    pane.leaving.connect(parts.places.leave)
    parts.finding.leaving.connect(parts.places.leave)
    pane.image_activated.connect(parts.show_image)
    pane.context_menu_requested.connect(parts.text_menu)
    pane.hidden_activated.connect(parts.masking.offer)
    parts.masking.mode_changed.connect(window.actions_["show_hidden"].setChecked)
    window.strip.position_requested.connect(parts.places.go)
    for field in (parts.documents.field, parts.search.field):
        field.escaped.connect(pane.setFocus)
    parts.marking.current_changed.connect(pane.set_current_annotation)
    parts.places.going.connect(window.leave_workspace)
    window.session.turned.connect(window.leave_workspace)
    parts.places.workspace_wanted.connect(window.show_workspace)
    parts.library_actions.marks_wanted.connect(window.show_workspace)


def _documents(window: "MainWindow", parts: "Parts") -> None:
    documents, adding, act = parts.documents, parts.adding, parts.document_actions
    documents.open_requested.connect(parts.places.open)
    documents.add_requested.connect(adding.ask_files)
    documents.samples_requested.connect(adding.add_samples)
    importing = parts.exchange.importing
    documents.paths_dropped.connect(lambda paths: importing.take(list(map(Path, paths))))
    importing.documents_wanted.connect(lambda paths: adding.add(paths, then_open=True))
    importing.review_requested.connect(parts.reviewing.open_lost)
    documents.edit_requested.connect(act.details)
    documents.tags_requested.connect(act.tags)
    documents.remove_requested.connect(act.remove)
    documents.reveal_requested.connect(act.reveal)
    documents.sort_changed.connect(partial(window.session.library.settings.set, "document_order"))
    parts.nothing.chosen.connect(lambda _number: adding.ask_files())
    adding.open_requested.connect(parts.places.open)
    EarlyWhileAdding(window, parts)
    parts.files.locked.connect(adding.unlock)
    parts.files.compare_requested.connect(parts.versions.compare)
    parts.offering.review_requested.connect(parts.reviewing.open)


def _side(window: "MainWindow", parts: "Parts") -> None:
    notes = parts.notes
    notes.jump_requested.connect(parts.go_to_mark)
    notes.note_edited.connect(parts.note_edited)
    notes.note_interrupted.connect(parts.note_interrupted, Qt.ConnectionType.QueuedConnection)
    notes.note_given_up.connect(window.session.give_up)
    notes.recolor_requested.connect(parts.recolor)
    notes.tag_requested.connect(lambda _uids: parts.marking.tag())
    notes.delete_requested.connect(parts.delete)
    notes.past_requested.connect(parts.looking_back.annotation_of)
    notes.review_requested.connect(parts.reviewing.open)
    notes.count_changed.connect(parts.tabs.set_count)
    notes.filter_changed.connect(parts.exchange.set_filtered)
    parts.marking.current_changed.connect(notes.set_current)
    parts.outline.position_requested.connect(parts.places.go_to_heading)
    parts.search.hit_activated.connect(parts.places.go_to_hit)
    parts.tabs.wanted.connect(partial(window.frame.show_right, True))


def _file(window: "MainWindow", parts: "Parts") -> Slots:
    documents, library = parts.document_actions, parts.library_actions
    return {
        "add": parts.adding.ask_files,
        "add_folder": parts.adding.ask_folder,
        "paste": parts.adding.paste,
        "samples": parts.adding.add_samples,
        **{name: partial(documents.on_current, name) for name in ("details", "document_tags", "reveal", "remove")},
        "document_note": parts.marking.note_on_document,
        "read_again": parts.reading_again.read,
        "versions": parts.list_texts,
        "bin": parts.looking_back.deleted,
        "export": parts.exchange.ask_export,
        "templates": lambda: parts.exchange.templates.open(),
        "kept_folders": parts.exchange.keeping.show,
        "import": parts.exchange.ask_import,
        "backup": library.backing_up.back_up,
        "restore": library.backing_up.restore,
        "undo_restore": library.backing_up.undo_restore,
        "prove": library.backing_up.prove,
        "quit": window.close,
        "guide": parts.places.open_guide,
        "shortcuts": library.shortcuts,
        "check": library.check,
        "about": library.about,
    }


def _edit(window: "MainWindow", parts: "Parts") -> Slots:
    correcting = CorrectingText(window)
    return {
        "correct": correcting.correct,
        "ran_together": correcting.ran_together,
        "undo": window.session.undo,
        "redo": window.session.redo,
        "history": parts.library_actions.history,
        "copy": parts.marking.copy,
        "copy_citation": partial(parts.marking.copy, cited=True),
        "select_all": lambda: window.pane.select(0, parts.length()),
        "find": parts.finding.open,
        "find_next": partial(parts.finding.step, 1),
        "find_previous": partial(parts.finding.step, -1),
        "search": parts.tabs.to_search,
        "settings": parts.library_actions.settings,
    }


def _view(window: "MainWindow", parts: "Parts") -> Slots:
    frame, look, actions = window.frame, window.appearance, window.actions_
    return {
        "workspace": window.turn_workspace,
        "left_panel": lambda: frame.show_left(actions["left_panel"].isChecked()),
        "right_panel": lambda: frame.show_right(actions["right_panel"].isChecked()),
        "text_alone": window.text_alone,
        "whole_page": parts.offering.change_view,
        "show_hidden": lambda: parts.masking.show_hidden(actions["show_hidden"].isChecked()),
        "offers": parts.offering.bring_back,
        **{f"theme_{name}": partial(look.choose_theme, name) for name in ("light", "sepia", "dark", "system")},
        **{f"face_{family}": partial(look.choose_face, family) for family in ("serif", "sans")},
        "wider": partial(look.widen, 1),
        "narrower": partial(look.widen, -1),
    }


def _go(window: "MainWindow", parts: "Parts") -> Slots:
    return {
        "back": partial(parts.places.step, -1),
        "forward": partial(parts.places.step, 1),
        "page": parts.places.ask_page,
        "next_mark": partial(parts.places.step_mark, 1),
        "previous_mark": partial(parts.places.step_mark, -1),
        "next_document": partial(parts.documents.step, 1),
        "previous_document": partial(parts.documents.step, -1),
        "focus_documents": parts.focus_documents,
        "focus_text": window.pane.setFocus,
        "focus_marks": parts.tabs.to_annotations,
        "focus_contents": parts.tabs.to_contents,
    }


def _annotate(parts: "Parts") -> Slots:
    marking = parts.marking
    return {
        **{f"color_{color}": partial(marking.color, color) for color in COLORS},
        "underline": marking.underline,
        "tag": marking.tag,
        "note": marking.note,
        "range": marking.change_range,
        "delete": parts.delete_focused,
        "past": parts.looking_back.annotation,
        "review": parts.reviewing.open,
        "hide": parts.masking.hide,
        "unhide": parts.masking.unhide,
        **{f"select_{what}": partial(parts.select_more, what) for what in ("word", "sentence", "paragraph")},
        "tags": parts.library_actions.tags,
    }
