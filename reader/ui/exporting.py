"""Export from the window: the dialog asks and shows how it begins, the pool works, the dialog says how it went."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from reader.model.errors import ReaderError
from reader.services.export_choice import ExportChoice
from reader.text.filter_words import written
from reader.ui.dialogs.export import ExportDialog
from reader.ui.dialogs.export_fields import Place
from reader.ui.dialogs.export_scope import Scope
from reader.ui.dialogs.export_wanted import KEPT, Wanted, remembered
from reader.ui.export_places import FOLDER_KEY, export_folder, reveal
from reader.ui.tasks import Task, while_open

if TYPE_CHECKING:
    from reader.model.filters import Filter
    from reader.services.exchange import ExportReport
    from reader.services.export_text import ExportedText
    from reader.services.folders import FolderReport
    from reader.services.library import Library
    from reader.services.pdf_copies import CopyReport
    from reader.ui.session import Session

FILE_NAME = "passage-annotations.json"
NOTES_NAME = "passage-notes"
CHOICE_KEY, NOTES_KEY = "export", "export_notes"
"""The settings: what was chosen last, the folder of the last notes."""
NOTHING = "There are no annotations here yet; mark a passage first."
STOPPED = "The export was stopped; nothing was written."

_KEYS = ("form", "by", "scope", "place", "words", "view")

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of an export: the sentence on it, the text for the clipboard if any; `nothing`: it was stopped, and
    nothing was written."""

    sentence: str
    text: str | None = None
    nothing: bool = False


class Exporting(QObject):
    """One export at a time, and one preview of the next. `folder_kept` carries one that was written to, and is kept,
    `templates_wanted` the name of a template, or nothing."""

    folder_kept = Signal(str)
    templates_wanted = Signal(str)

    def __init__(self, session: "Session", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self._uids: dict[Scope, list[str]] = {}
        self._task: Task | None = None
        self._preview: Task | None = None

    def ask(
        self,
        filtered: Sequence[str] | None,
        *,
        selection: Sequence[str] | None = None,
        wanted: "Filter | None" = None,
        form: str = "",
    ) -> None:
        """Show the dialog; `filtered` are the uids of the annotations that the filter leaves, None without one.

        Whoever comes with a `selection` of uids, with what a filter wants or with a `form`, has that chosen in the
        dialog.
        """
        from reader.services.export_text import forms

        self._uids = {Scope.FILTERED: list(filtered or ()), Scope.SELECTION: list(selection or ())}
        session = self._session
        document, settings, folder = session.document, session.library.settings, export_folder(session)
        dialog = ExportDialog(
            folder / FILE_NAME,
            forms=forms(),
            folder=Path(str(settings.get(NOTES_KEY, str(folder / NOTES_NAME)))),
            everything=sum(d.annotations for d in session.library.documents.list()),
            document_title=document.summary.title if document else "",
            document=len(session.annotations),
            selected=len(selection) if selection else None,
            filtered=None if filtered is None else len(filtered),
            views=list(session.library.filters.all()),
            is_pdf=bool(document and document.summary.format == "pdf"),
            is_kept=lambda folder: session.library.kept_folders.find(folder) is not None,
            can_keep=not session.library.read_only,
            parent=self._parent,
        )
        dialog.export_requested.connect(lambda wanted: self._export(dialog, wanted))
        dialog.preview_requested.connect(lambda wanted: self._show_beginning(dialog, wanted))
        dialog.stop_requested.connect(self._stop)
        dialog.reveal_requested.connect(reveal)
        dialog.templates_requested.connect(self.templates_wanted)
        dialog.finished.connect(lambda _code: self._stop_preview())
        dialog.choose(**{**remembered_choice(settings.get(CHOICE_KEY, {})), **_preset(selection, wanted)})
        if form:
            dialog.forms.choose(form)
        dialog.open()

    def _show_beginning(self, dialog: ExportDialog, wanted: Wanted) -> None:
        self._stop_preview()
        form = dialog.forms.form()
        if not form.is_text:
            return dialog.set_preview(form.about)
        library, choice = self._session.library, self._choice(wanted)

        def work(task: Task) -> tuple[Task, str, int]:
            from reader.services.export_text import beginning

            begun = beginning(
                library.exchange,
                wanted.form,
                fields=wanted.fields,
                by=wanted.by,
                cancelled=task.cancelled,
                **choice.limits(library),
            )
            return task, begun.text, begun.total

        def done(made: tuple[Task, str, int]) -> None:
            task, text, total = made
            if not task.cancelled():
                while_open(dialog, dialog.set_preview)(text if total else NOTHING, total)

        failed = while_open(dialog, lambda error: dialog.set_preview(str(error)))
        self._preview = self._session.tasks.start(work, done, failed)
        return None

    def _export(self, dialog: ExportDialog, wanted: Wanted) -> None:
        self._remember(wanted)
        tasks, make = self._session.tasks, self._maker(wanted)

        def work(task: Task) -> _Made:
            def progress(done: int, total: int) -> None:
                tasks.report(while_open(dialog, dialog.set_progress), done, total)

            return make(progress, task.cancelled)

        def done(made: _Made) -> None:
            if wanted.keep:
                self.folder_kept.emit(str(wanted.target.expanduser().absolute()))
            if made.text is not None:
                QGuiApplication.clipboard().setText(made.text)
            while_open(dialog, dialog.set_stopped if made.nothing else dialog.set_result)(made.sentence)
            self._session.say(made.sentence)

        def sorry(error: ReaderError) -> None:
            self._session.failed.emit(str(error))
            while_open(dialog, dialog.set_error)(str(error))

        self._task = tasks.start(work, done, sorry)

    def _maker(self, wanted: Wanted) -> Callable[[Progress, Callable[[], bool]], _Made]:
        """What does the work off this thread."""
        library, choice, form, uid = self._session.library, self._choice(wanted), wanted.form, self._session.uid

        def make(progress: Progress, cancelled: Callable[[], bool]) -> _Made:
            from reader.services.export_text import form_of, whole

            if form_of(form).per_document:
                copy = library.exchange.save_pdf_copy(uid, wanted.target, cancelled=cancelled)
                return _Made(copied(copy), nothing=copy.path is None)
            limits: dict[str, Any] = {**choice.limits(library), "by": wanted.by}
            limits |= {"progress": progress, "cancelled": cancelled}
            if wanted.place is Place.FOLDER:
                report = library.folders.export(wanted.target, exactly=wanted.keep, **limits)
                as_before = report.stopped or wanted.scope not in KEPT or library.read_only
                kept = "" if as_before else _kept(library, wanted, choice)
                return _Made(in_folder(report) + kept)
            limits["fields"] = wanted.fields
            if wanted.place is Place.FILE:
                file = library.exchange.export(wanted.target, form=form, **limits)
                return _Made(exported(file, wanted.target), nothing=file.path is None)
            made = whole(library.exchange, form, **limits)
            if made is None:
                return _Made("The export was stopped; nothing was copied.", nothing=True)
            return _Made(f"{_counted(made)} copied to the clipboard", made.text)

        return make

    def _choice(self, wanted: Wanted) -> ExportChoice:
        if wanted.scope in self._uids:
            return ExportChoice(annotations=tuple(self._uids[wanted.scope]))
        if wanted.scope is Scope.DOCUMENT:
            return ExportChoice(document=self._session.uid)
        if wanted.scope is Scope.VIEW:
            return ExportChoice(view=wanted.words)
        return ExportChoice(words=wanted.words)

    def _remember(self, wanted: Wanted) -> None:
        settings = self._session.library.settings
        settings.set(CHOICE_KEY, dict(remembered(wanted)))
        if wanted.place is Place.FILE:
            settings.set(FOLDER_KEY, str(wanted.target.parent))
        elif wanted.place is Place.FOLDER:
            settings.set(NOTES_KEY, str(wanted.target))

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()

    def _stop_preview(self) -> None:
        if self._preview:
            self._preview.cancel()


def exported(report: "ExportReport", target: Path) -> str:
    """What an export wrote, in a sentence."""
    if report.path is None:
        return STOPPED
    return f"{_counted(report)} exported to {target}"


def in_folder(report: "FolderReport") -> str:
    """What was done in a folder, in a line."""
    begun = "Stopped; what was done until then stays. " if report.stopped else ""
    left = len(report.problems)
    more = f" (and {left - 1:,} more)" if left > 1 else ""
    return f"{begun}{report.sentence()}" + (f"; {report.problems[0]}{more}" if left else "")


def _kept(library: "Library", wanted: Wanted, choice: ExportChoice) -> str:
    """Keep the folder up to date from now on, or no longer, as it is wanted; what is new in that, to be added."""
    folders = library.kept_folders
    was_kept = folders.find(wanted.target) is not None
    if wanted.keep:
        folders.keep(wanted.target, choice, wanted.by)
        return "; it is kept up to date"
    if was_kept:
        folders.stop(wanted.target)
    return "; it is no longer kept up to date" if was_kept else ""


def _counted(report: "ExportReport | ExportedText") -> str:
    marks, documents = _number(report.annotations, "annotation"), _number(report.documents, "document")
    others = f", and {_number(report.unmarked, 'document')} without any," if report.unmarked else ""
    left = f" ({report.left_out:,} without words left out)" if report.left_out else ""
    return f"{marks} of {documents}{others}{left}"


def _number(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def copied(report: "CopyReport") -> str:
    """What became of a copy with annotations, in a sentence."""
    if report.path is None:
        return "Stopped; no copy was written."
    marks = f"{report.written:,} annotation{'' if report.written == 1 else 's'}"
    left = f"; {report.left_out:,} without a place in it left out" if report.left_out else ""
    return f"A copy with {marks} was saved to {report.path}{left}"


def remembered_choice(value: object) -> dict[str, Any]:
    """What `ExportDialog.choose` takes, of what the settings have under a name."""
    known = cast("dict[str, object]", value) if isinstance(value, dict) else {}
    chosen: dict[str, Any] = {key: str(known[key]) for key in _KEYS if key in known}
    fields = known.get("fields")
    return chosen | (
        {"fields": [str(name) for name in cast("list[object]", fields)]} if isinstance(fields, list) else {}
    )


def _preset(selection: Sequence[str] | None, wanted: "Filter | None") -> dict[str, str]:
    """What is chosen for whoever comes with marks, or with a filter."""
    if selection:
        return {"scope": str(Scope.SELECTION)}
    if wanted is None:
        return {}
    return {"scope": str(Scope.WORDS), "words": written(wanted)} if wanted else {"scope": str(Scope.ALL)}
