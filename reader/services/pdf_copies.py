"""A PDF with its marks, for other programs: the file's own copy in the library, with annotations written into it."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.annotation import AnchorState, Annotation, Style
from reader.model.errors import ReaderError
from reader.services.comments import Named, named, taken_over
from reader.services.settings import Settings
from reader.services.targets import checked_target
from reader.services.whole_file import unwritten, write_whole
from reader.store import annotations as rows
from reader.store import documents, originals, texts

if TYPE_CHECKING:
    from reader.formats.pdf.writing import Part, Written
    from reader.formats.worker.frames import Message
    from reader.formats.worker.job import Job
    from reader.model.document import Document
    from reader.services.passwords import Passwords
    from reader.store.database import Store
    from reader.store.texts import Loaded

AUTHOR_KEY = "author"
"""The setting: the name that the user's marks have in copies; without it they have none."""

Run = Callable[["Job", Callable[[], bool]], "Message"]


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What was written: marks in the copy, and marks that have no place in it (such as lost ones). `path` is None when
    it was stopped."""

    path: Path | None
    written: int
    left_out: int


class PdfCopies:
    """`run` has a worker do a job."""

    def __init__(self, store: Store, run: Run, passwords: Passwords) -> None:
        self._store, self._run, self._passwords = store, run, passwords

    def save(
        self, uid: str, target: Path, cancelled: Callable[[], bool] = lambda: False, password: str = ""
    ) -> CopyReport:
        """Write a copy of a document's file with all its marks to `target`, which appears once it is whole.

        Never over a file that the document was read from. A locked one opens with `password`, else with the one known
        from before; PasswordNeeded when it does not. ReaderError when the document is no PDF, or the file cannot
        be had or written. Not for the interface's thread.
        """
        from reader.formats.pdf.writing import job_of
        from reader.formats.request import Limits

        loaded = texts.load(self._store, uid)
        if loaded is None:
            raise ReaderError("This document is not in the library any more; undo its removal or add it again.")
        data = self._data(loaded)
        real = self._checked(loaded, target)
        marks = rows.of_document(self._store, loaded.row_id)
        foreign = _by_mark(uid, loaded.document)
        changed = [mark for mark in marks if not _is_unchanged(mark, foreign.get(mark.uid), loaded.document)]
        written = list(self._written(loaded.document, changed, foreign))
        password = password or self._passwords.of(loaded.version.file_sha256)
        name = os.path.basename(loaded.summary.path) or loaded.summary.title
        answer = self._run(job_of(data, name, written, Limits(), password), cancelled)
        if cancelled():
            return CopyReport(None, 0, 0)
        _write(real, answer.frames[0], target)
        left_out = len(changed) - len(written) + len(answer.header["left_out"])
        return CopyReport(target, len(marks) - left_out, left_out)

    def _data(self, loaded: Loaded) -> bytes:
        """The bytes of the document's file."""
        version, title = loaded.version, loaded.summary.title
        if loaded.summary.format != "pdf":
            raise ReaderError(f"“{title}” is no PDF; export its annotations in another format.")
        data = originals.contents(self._store, version.file_sha256, version.file_suffix, version.file_size)
        if data is None:
            raise ReaderError(f"The library's copy of “{title}” is missing or damaged; add the file again first.")
        return data

    def _checked(self, loaded: Loaded, target: Path) -> Path:
        real = checked_target(target, self._store.path)
        own = [Path(path) for path in documents.places(self._store, loaded.row_id)]
        if any(real == Path(os.path.realpath(path)) or _same(path, real) for path in own):
            raise ReaderError(f"“{target}” is the document's own file, which is never written to; choose another name.")
        if originals.folder(self._store.path).resolve() in real.parents:
            raise ReaderError(f"“{target}” belongs to the library itself; choose another file.")
        return real

    def _written(
        self, document: Document, marks: Sequence[Annotation], foreign: Mapping[str, Named]
    ) -> Iterator[Written]:
        """The marks that have a place in the file, as the worker takes them."""
        from reader.formats.pdf.writing import Written

        author = Settings(self._store).get(AUTHOR_KEY, "")
        for mark in marks:
            origin = foreign.get(mark.uid)
            parts = tuple(_parts(document, mark))
            if mark.anchor and (not parts or mark.state is AnchorState.LOST):
                continue
            comment = origin.comment if origin else None
            if comment and not comment.uid:
                continue  # it is in the file already, under no name by which it could be replaced
            yield Written(
                mark.uid,
                mark.style.value,
                mark.color.value,
                mark.note,
                comment.author if comment else author if isinstance(author, str) else "",
                mark.created,
                mark.modified,
                mark.tags,
                (comment.uid,) if comment else (),
                parts,
            )


def _by_mark(uid: str, document: Document) -> Mapping[str, Named]:
    """The comments of the file by the uids that marks made of them have."""
    return {one: each for each in named(uid, document.comments) for one in (each.made, each.given) if one}


def _is_unchanged(mark: Annotation, origin: Named | None, document: Document) -> bool:
    """Whether a mark says what the file says already, in its own way, which other programs show better."""
    if origin is None:
        return False
    same = taken_over(mark.uid, mark.document_uid, origin.comment, document.text, mark.modified)
    parts = attrgetter("anchor", "color", "style", "note", "tags")
    return parts(mark) == parts(same)


def _parts(document: Document, mark: Annotation) -> Iterator[Part]:
    """What of a mark is on which page."""
    from reader.formats.pdf.writing import Part

    anchor = mark.anchor
    if anchor is None:
        return
    if mark.style is Style.AREA or anchor.start == anchor.end:
        for rect in anchor.rects:
            yield Part(rect.page, 0, 0, "", ((rect.left, rect.top, rect.right, rect.bottom),))
        return
    sheets = document.sheets
    first = max(bisect_right(sheets, anchor.start, key=attrgetter("start")) - 1, 0)
    for number in range(first, len(sheets)):
        begin = sheets[number].start
        if begin >= anchor.end:
            break
        # What is between pages belongs to neither.
        stop = sheets[number + 1].start - 1 if number + 1 < len(sheets) else len(document.text)
        start, end = max(anchor.start, begin), min(anchor.end, stop)
        if document.text[start:end].strip():
            rects = tuple((r.left, r.top, r.right, r.bottom) for r in anchor.rects if r.page == number)
            yield Part(number, start - begin, end - begin, document.text[start:end], rects)


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _write(real: Path, data: bytes, target: Path) -> None:
    try:
        write_whole(real, data)
    except OSError as error:
        raise unwritten("The copy", target, error) from error
