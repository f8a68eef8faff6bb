"""What somebody chose in the export dialog, and what of it is remembered."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reader.ui.dialogs.export_fields import Place
from reader.ui.dialogs.export_scope import Scope

KEPT = frozenset({Scope.DOCUMENT, Scope.WORDS, Scope.VIEW, Scope.ALL})
"""Of what a folder can be kept up to date: what can be asked again later."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An export that somebody asks for. `by` is one of the form's groups, empty where it has none; `target` means
    nothing for the clipboard. `words` are those of the filter, or the name of the saved view, that the scope is about;
    `fields` those chosen of the form, none for all. `keep`: the folder is to be kept up to date."""

    form: str
    by: str
    scope: Scope
    place: Place
    target: Path
    words: str = ""
    fields: tuple[str, ...] = ()
    keep: bool = False


def content(wanted: Wanted) -> tuple[str, str, Scope, str, tuple[str, ...]]:
    """What of it decides which text it has."""
    return wanted.form, wanted.by, wanted.scope, wanted.words, wanted.fields


def remembered(wanted: Wanted) -> Mapping[str, str | list[str]]:
    """A choice as the settings keep it, and as `ExportDialog.choose` takes it."""
    text = {Scope.WORDS: "words", Scope.VIEW: "view"}.get(wanted.scope)
    return {
        "form": wanted.form,
        "by": wanted.by,
        "scope": str(wanted.scope),
        "place": str(wanted.place),
        "fields": list(wanted.fields),
        **({text: wanted.words} if text else {}),
    }
