"""What the window's actions do while the workspace is shown."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reader.model.annotation import Color
from reader.ui.workspace.list_verbs import NOTHING_CHOSEN

if TYPE_CHECKING:
    from reader.ui.actions import Actions
    from reader.ui.main_window import MainWindow
    from reader.ui.parts import Parts
    from reader.ui.session import Session
    from reader.ui.workspace.page import WorkspacePage

IN_TEXT = frozenset(
    (
        "document_note", "read_again", "versions", "remove", "save_copy", "correct", "ran_together", "text_alone",
        "whole_page", "show_hidden", "offers", "as_text", "fit_width", "fit_page", "two_pages", "rotate_right",
        "rotate_left", "zoom_in", "zoom_out", "zoom_reset", "wider", "narrower", "area", "range", "hide", "unhide",
        "select_word", "select_sentence", "select_paragraph",
    )
)  # fmt: skip
"""Actions that are about the text, or the document in it, and would change it unseen."""

FROM_TEXT = frozenset(
    (
        "add", "add_folder", "paste", "samples", "search", "page", "next_document", "previous_document",
        "focus_text", "focus_contents", "focus_pages",
    )
)  # fmt: skip
"""Actions that lead to the text: it is shown first."""

ROW_MENU = (
    *(f"color_{color}" for color in Color), "underline", "tag", "note", "delete", "past", "", "copy", "export", "",
    "select_all",
)  # fmt: skip
"""What the menu of the rows offers."""

GO_BACK = "“{}” is about the text; go back to it with Esc, or open an annotation with Enter."
IN_LIST = "Show the list first, with the tab above; this is done to its rows."


def verbs(page: "WorkspacePage", parts: "Parts", window: "MainWindow") -> dict[str, Callable[[], object]]:
    """The window's actions that are done here in another way, by their names."""
    actions, session, rows, table = window.actions_, window.session, page.rows, page.list.table
    on_rows: dict[str, Callable[[], object]] = {
        **{f"color_{color}": partial(rows.color, color) for color in Color},
        "underline": rows.underline,
        "tag": rows.tag,
        "note": rows.note,
        "delete": rows.delete,
        "copy": rows.copy,
        "copy_citation": rows.copy,
        "past": partial(_on_current, page, session, parts.looking_back.annotation_of),
        "select_all": page.list.select_all,
    }
    return {
        **{name: partial(_in_list, page, session, verb) for name, verb in on_rows.items()},
        **{name: partial(_in_text, actions, session, name) for name in IN_TEXT},
        "details": partial(_on_document, page, session, lambda uid: parts.document_actions.details([uid])),
        "document_tags": partial(_on_document, page, session, lambda uid: parts.document_actions.tags([uid])),
        "reveal": partial(_on_document, page, session, parts.document_actions.reveal),
        "review": lambda: parts.reviewing.open(_current_uid(page), whole_library=True),
        "export": page.export,
        "find": page.filter.select_words,
        "find_next": partial(table.step, 1),
        "find_previous": partial(table.step, -1),
        "next_mark": partial(table.step, 1),
        "previous_mark": partial(table.step, -1),
        "focus_marks": page.to_list,
        "back": page.leave,
        "forward": partial(parts.places.step, 1, workspace=True),
    }


def _in_list(page: "WorkspacePage", session: "Session", verb: Callable[[], object]) -> None:
    """Do something to the rows, which are not in view beside the other ways to show them."""
    if page.views.currentWidget() is page.list:
        verb()
    else:
        session.say(IN_LIST)


def _in_text(actions: "Actions", session: "Session", name: str) -> None:
    action = actions[name]
    if action.isCheckable():
        action.setChecked(not action.isChecked())
    session.say(GO_BACK.format(action.text().replace("&", "").rstrip("…")))


def _current_uid(page: "WorkspacePage") -> str:
    row = page.list.model.row_of(page.inquiry.current)
    return row.mark.uid if row else ""


def _on_current(page: "WorkspacePage", session: "Session", verb: Callable[[str], object]) -> None:
    if uid := _current_uid(page):
        verb(uid)
    else:
        session.say(NOTHING_CHOSEN)


def _on_document(page: "WorkspacePage", session: "Session", verb: Callable[[str], object]) -> None:
    """Do something to the document that the current annotation is in."""
    row = page.list.model.row_of(page.inquiry.current)
    if row:
        verb(row.mark.document_uid)
    else:
        session.say(NOTHING_CHOSEN)
