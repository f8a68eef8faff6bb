"""Is everything in order: the file, each annotation's place in its text, the newest backup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.formats.pandoc import program
from reader.model.annotation import AnchorState, Annotation
from reader.model.errors import ReaderError
from reader.services.carrying import mask_stands, stands
from reader.services.writing import counted
from reader.store import backup, originals

if TYPE_CHECKING:
    from reader.model.library import DocumentSummary
    from reader.model.mask import Mask
    from reader.services.library import Library


_NAMED = 10


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Sentences: what was found in order, and what was not."""

    found: tuple[str, ...]
    problems: tuple[str, ...]


def check(library: Library) -> CheckReport:
    """Check a library; reads every text and every copy of a large file once, and writes nothing."""
    found: list[str] = []
    problems = library.integrity()
    if not problems:
        found.append("The library file is sound.")
    _check_annotations(library, found, problems)
    problems += _unreliable_copies(library)
    _check_backup(library, found, problems)
    found.append(formats_here())
    return CheckReport(tuple(found), tuple(problems))


def _check_annotations(library: Library, found: list[str], problems: list[str]) -> None:
    """The bin is looked through too: what is in it may come back."""
    counts = dict.fromkeys(AnchorState, 0)
    waiting = 0
    summaries = [*library.documents.list(), *library.documents.list(removed=True)]
    masked = library.masks.of_documents([summary.uid for summary in summaries])
    for summary in summaries:
        if not summary.annotations and summary.uid not in masked:
            continue
        opened = library.documents.open(summary.uid)
        if not opened.document.text:
            waiting += len(opened.annotations)
            continue
        for mark in opened.annotations:
            counts[mark.state] += 1
        problems += _misplaced(summary, opened.document.text, opened.annotations)
        problems += _misplaced_masks(summary, opened.document.text, opened.masks)
    states = ", ".join(f"{number:,} {state}" for state, number in counts.items())
    found.append(f"{counted(len(summaries), 'document', 'documents')}; annotations: {states}.")
    if waiting:
        found.append(f"{counted(waiting, 'annotation waits', 'annotations wait')} for the text of a document.")


def _misplaced(summary: DocumentSummary, text: str, marks: list[Annotation]) -> Iterator[str]:
    """The annotations whose place does not hold their quote, one sentence each."""
    for mark in marks:
        if mark.anchor and not stands(mark, text):
            place = f"{mark.anchor.start}-{mark.anchor.end}"
            yield (
                f"Annotation {mark.uid} of “{summary.title}” ({summary.short_id}): the text at {place} is not its "
                "quote; open it in the window and change its range."
            )


def _misplaced_masks(summary: DocumentSummary, text: str, masks: Sequence[Mask]) -> Iterator[str]:
    """The masks that cover other words than those that were hidden, one sentence each."""
    for mask in masks:
        if not mask_stands(mask, text):
            place = f"{mask.anchor.start}-{mask.anchor.end}"
            yield (
                f"A hidden passage of “{summary.title}” ({summary.short_id}): the text at {place} is not what was "
                "hidden; show it in the window and hide it again."
            )


def _unreliable_copies(library: Library) -> Iterator[str]:
    """One sentence about all documents whose file could not be read again."""
    uids = list(originals.unreliable(library.store))
    if not uids:
        return
    named = [library.documents.get(uid) for uid in uids[:_NAMED]]
    titles = ", ".join(f"“{summary.title}” ({summary.short_id})" for summary in named)
    more = f" and {len(uids) - len(named):,} more" if len(uids) > len(named) else ""
    what = "copy of the file" if len(uids) == 1 else f"copies of {len(uids):,} files"
    yield f"The library's {what} of {titles}{more} cannot be relied on: missing or damaged; add it again."


def formats_here() -> str:
    """A sentence about the formats that this machine reads, and what is missing for more."""
    always = "This computer reads text, Markdown, web pages, PDF, EPUB books and Word documents"
    others = "OpenDocument, RTF, FictionBook, reStructuredText, Org, LaTeX and notebooks"
    if program.is_usable():
        return f"{always}; with pandoc {'.'.join(map(str, program.version()))} also {others}."
    return f"{always}. With pandoc it reads also {others}: {program.how_to_get()}."


def _check_backup(library: Library, found: list[str], problems: list[str]) -> None:
    backups = library.backups.list()
    if not backups:
        found.append("There is no backup yet: the window makes one each day, “reader backup FILE” makes one now.")
        return
    newest = backups[0].path
    try:
        backup.check(newest)
    except ReaderError as error:
        problems.append(f"The newest backup, {newest}, cannot be relied on: {error}")
    else:
        found.append(f"The newest backup, {newest}, is sound.")
