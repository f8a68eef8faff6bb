"""The text of an export before or without a file: its beginning, to look at, and the whole, for the clipboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.services.exchange import Exchange
from reader.services.export_counting import Count
from reader.store.exchange import Choice

if TYPE_CHECKING:
    from reader.interchange.forms import Form

PREVIEW_LINES = 20
_LINE_LENGTH = 240
"""Code points of a line that a preview still shows: pictures in a report are lines of megabytes."""
_HEADS = {
    ".html": re.compile(r"(?s)\A.*?<main>\s*"),
    ".json": re.compile(r'(?s)\A.*?\n(?= "annotations": \[)'),
}
"""What comes before the annotations, by the ending of the file: its style and contents, what its words mean."""
_LARGEST_HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class ExportedText:
    """The text of an export, and what is in it; the numbers are those of `exchange.ExportReport`."""

    text: str
    documents: int
    annotations: int
    left_out: int
    unmarked: int


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first lines of an export, long ones cut, and of how many annotations it would be."""

    text: str
    total: int


def forms() -> tuple[Form, ...]:
    """The forms in which annotations go out, in the order in which they are offered."""
    from reader.interchange.forms import FORMS
    from reader.interchange.template_form import template_forms

    return (*FORMS, *template_forms())


def form_of(name: str) -> Form:
    """The form of that name; KeyError when there is none."""
    from reader.interchange.forms import form

    return form(name)


def beginning(
    exchange: Exchange,
    form: str,
    *,
    fields: Sequence[str] = (),
    by: str = "",
    documents: Sequence[str] | None = None,
    annotations: Sequence[str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Beginning:
    """How an export begins in the form of that name, which has text.

    Where it is `cancelled`, what was made until then. Not for the interface's thread.
    """
    from reader.interchange.template_values import limited

    one, count = form_of(form), Count()
    text = ""
    with exchange.outgoing(Choice(documents, annotations), count, fields, by) as outgoing:
        # A template may want all of them before it makes anything.
        some = limited(outgoing, PREVIEW_LINES) if form.startswith("template:") else outgoing
        for piece in one.pieces(some):
            text += piece
            if cancelled() or _is_enough(text, one.suffix):
                break
    lines = _records(text, one.suffix).splitlines()
    shown = [line if len(line) <= _LINE_LENGTH else f"{line[:_LINE_LENGTH]}…" for line in lines[:PREVIEW_LINES]]
    return Beginning("\n".join([*shown, "…"] if len(lines) > PREVIEW_LINES else shown), count.total)


def whole(
    exchange: Exchange,
    form: str,
    *,
    fields: Sequence[str] = (),
    by: str = "",
    documents: Sequence[str] | None = None,
    annotations: Sequence[str] | None = None,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ExportedText | None:
    """All that `Exchange.export` would write in a form that has text; None when it was stopped.

    `progress` gets annotations done and their number. Not for the interface's thread.
    """
    count = Count(progress)
    made: list[str] = []
    one = form_of(form)
    with exchange.outgoing(Choice(documents, annotations), count, fields, by) as outgoing:
        for piece in one.pieces(outgoing):
            if cancelled():
                return None
            made.append(piece)
    unmarked = count.unmarked if one.has_unmarked else 0
    return ExportedText("".join(made), count.documents, count.written, count.left_out, unmarked)


def _records(text: str, suffix: str) -> str:
    head = _HEADS.get(suffix)
    found = head.match(text) if head else None
    return text[found.end() :] if found else text


def _is_enough(text: str, suffix: str) -> bool:
    if text.count("\n") <= PREVIEW_LINES and len(text) < _LARGEST_HEAD:
        return False
    head = _HEADS.get(suffix)
    is_past = head is None or head.match(text) is not None
    return (is_past and _records(text, suffix).count("\n") > PREVIEW_LINES) or len(text) > _LARGEST_HEAD
