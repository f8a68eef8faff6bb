"""Annotations in a folder with a Markdown file for each document, brought up to date without touching the user's words.

A file is found by the uid in its head, wherever in the folder and under whatever name it is. What was written before is
told by the files themselves; a hidden file in the folder lists their documents, so that a file that the user deleted
stays deleted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.annotation import Color
from reader.model.errors import ReaderError
from reader.services.exchange import Exchange, records_of
from reader.services.export_counting import Count
from reader.services.folder_files import ATTACHMENTS, LIST, Files, is_our_name
from reader.store import exchange as rows
from reader.store import masks
from reader.store.exchange import Choice

if TYPE_CHECKING:
    from reader.interchange.outgoing import Mark, Outgoing
    from reader.interchange.records import DocumentRecord
    from reader.store.database import Store

WRITTEN, UPDATED, UNCHANGED = "written", "updated", "unchanged"

_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp"}


@dataclass(slots=True)
class FolderReport:
    """What was done in a folder.

    `files` are their names in it, each with WRITTEN, UPDATED or UNCHANGED; `renamed` old and new names. `kept_out` are
    titles of documents whose file the user deleted; `marks_kept_out` counts marks taken out of their files,
    `marks_kept` those that stay as the user changed them though there is something new. `problems` are sentences on
    files left alone. `stopped`: what was done until then stays.
    """

    folder: Path
    files: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    renamed: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    kept_out: list[str] = field(default_factory=list[str])
    marks_kept_out: int = 0
    marks_kept: int = 0
    problems: list[str] = field(default_factory=list[str])
    stopped: bool = False

    def count(self, what: str) -> int:
        """How many files were WRITTEN, UPDATED or UNCHANGED."""
        return sum(1 for _, done in self.files if done == what)

    def sentence(self) -> str:
        """All of it in one sentence."""
        said = [f"{self.count(what):,} {what}" for what in (WRITTEN, UPDATED, UNCHANGED)]
        if self.renamed:
            said.append(f"{len(self.renamed):,} renamed")
        told = f"{self.folder}: {', '.join(said)}"
        out = len(self.kept_out), self.marks_kept_out
        if any(out):
            told += f"; kept out, as they were taken out there: files {out[0]:,}, annotations {out[1]:,}"
        if self.marks_kept:
            told += f"; left as they were changed there: annotations {self.marks_kept:,}"
        return told


class Folders:
    """Not for the interface's thread."""

    def __init__(self, store: Store, exchange: Exchange) -> None:
        self._store, self._exchange = store, exchange

    def export(
        self,
        folder: Path,
        *,
        by: str = "",
        documents: Sequence[str] | None = None,
        annotations: Sequence[str] | None = None,
        tags: Sequence[str] = (),
        color: Color | None = None,
        exactly: bool = False,
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> FolderReport:
        """Write the annotations chosen to the files of a folder, which is made if there is none.

        `by` is one of `markdown_notes.GROUPS`. `exactly`: marks that are not chosen are taken out of the files of the
        documents chosen (or of all), unless the user has changed them there; else they stay. `progress` gets
        annotations done and their number. ReaderError when the folder cannot be written to; a file of it that cannot be
        is a problem of the report.
        """
        choice = Choice(documents, annotations, tags, color)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with self._exchange.outgoing(choice, Count(progress), by=by) as outgoing:
                there = self._records(documents) if exactly else None
                return _Run(self._store, folder, outgoing, cancelled, there).done()
        except OSError as error:
            reason = error.strerror or str(error)
            raise ReaderError(
                f"The annotations could not be written to the folder “{folder}” ({reason}); choose another one."
            ) from error

    def _records(self, documents: Sequence[str] | None) -> tuple[DocumentRecord, ...]:
        """The documents of these uids, or all, marked or not."""
        found = rows.chosen_documents(self._store, Choice(documents))
        return records_of(self._store, found, masks.of_documents(self._store, [one.uid for one, _ in found]))


class _Run:
    """One export into a folder. `there` are the documents of whose marks only those chosen are to stay."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        outgoing: Outgoing,
        cancelled: Callable[[], bool],
        there: Sequence[DocumentRecord] | None = None,
    ) -> None:
        self._store, self._outgoing, self._cancelled = store, outgoing, cancelled
        self._there = there
        self._files = Files(folder)
        self._report = FolderReport(folder)

    def done(self) -> FolderReport:
        marked: set[str] = set()
        try:
            for record, marks in self._outgoing.by_document():
                if self._cancelled():
                    self._report.stopped = True
                    return self._report
                marked.add(record.uid)
                self._document(record, marks)
            for record in self._outgoing.snapshot.documents if self._there is None else self._there:
                if record.uid not in marked and self._files.find(record.uid):
                    self._document(record, [])
        finally:
            self._remember()
        return self._report

    def _remember(self) -> None:
        try:
            self._files.remember()
        except OSError as error:
            reason = error.strerror or str(error)
            self._report.problems.append(
                f"The list of what was written, “{LIST}”, could not be ({reason}); make room and export again."
            )

    def _document(self, record: DocumentRecord, marks: Sequence[Mark]) -> None:
        path = self._files.find(record.uid)
        title = record.metadata.title
        if path is None and self._files.was_written(record.uid):
            self._report.kept_out.append(title)
            return
        try:
            self._write(path or self._files.new_path(title), record, marks, is_new=path is None)
        except UnicodeDecodeError:
            self._report.problems.append(f"“{path}” is not UTF-8 text and was left alone; save it as UTF-8.")
        except OSError as error:
            reason = error.strerror or str(error)
            self._report.problems.append(f"The file of “{title}” could not be written ({reason}); it is as it was.")

    def _write(self, path: Path, record: DocumentRecord, marks: Sequence[Mark], *, is_new: bool) -> None:
        from reader.interchange.markdown_file import updated
        from reader.interchange.markdown_notes import note

        before = b"" if is_new else path.read_bytes()
        text = before.decode("utf-8")
        there = Path(os.path.relpath(self._files.folder / ATTACHMENTS, path.parent)).as_posix()
        pictures = {mark.annotation.uid: name for mark in marks if (name := self._picture_name(mark))}

        def address(mark: Mark) -> str:
            name = pictures.get(mark.annotation.uid, "")
            return f"{there}/{name}" if name else ""

        made = note(record, marks, self._outgoing.by, address)
        renamed = self._files.renamed(path, text, record.metadata.title) if text else path
        # What the user called it is never taken for a name that we gave.
        name = renamed.stem if not text or renamed != path or is_our_name(path, text) else ""
        result = updated(text, made, self._is_gone(record.uid, marks), name)
        for mark in marks:
            if mark.annotation.uid in pictures and mark.annotation.uid in result.fresh:
                self._write_picture(mark, pictures[mark.annotation.uid])
        data = result.text.encode("utf-8", "replace")
        if data != before:
            self._files.write(path, before, data)
        if renamed != path:
            self._files.rename(path, renamed)
            self._report.renamed.append((self._files.name(path), self._files.name(renamed)))
        self._files.add(record.uid, renamed)
        self._report.marks_kept_out += result.kept_out
        self._report.marks_kept += result.kept
        done = WRITTEN if is_new else UPDATED if data != before else UNCHANGED
        self._report.files.append((self._files.name(renamed), done))

    def _is_gone(self, document_uid: str, marks: Sequence[Mark]) -> Callable[[str], bool]:
        if self._there is not None:
            chosen = {mark.annotation.uid for mark in marks}
            return lambda key: key not in chosen
        return lambda key: not rows.is_here(self._store, key, document_uid)

    def _picture_name(self, mark: Mark) -> str:
        found = self._outgoing.snapshot.picture(mark.annotation) if mark.annotation.picture else None
        ending = _ENDINGS.get(found.media_type) if found else None
        return mark.annotation.uid + ending if ending else ""

    def _write_picture(self, mark: Mark, name: str) -> None:
        found = self._outgoing.snapshot.picture(mark.annotation)
        if found:
            self._files.write_picture(name, found.data)
