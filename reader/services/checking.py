"""Is everything in order: the file, each annotation's place in its text, the newest backup when it is put back?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.formats.pandoc import program
from reader.model.annotation import AnchorState, Annotation
from reader.services.carrying import mask_stands, stands
from reader.services.writing import counted
from reader.store import originals

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
    from reader.services.proving import prove

    found: list[str] = []
    problems = library.integrity()
    if not problems:
        found.append("The library file is sound.")
    _check_annotations(library, found, problems)
    problems += _unreliable_copies(library)
    drill = prove(library)
    found += drill.found
    problems += drill.problems
    found.append(formats_here())
    return CheckReport(tuple(found), tuple(problems))


def _check_annotations(library: Library, found: list[str], problems: list[str]) -> None:
    """The bin is looked through too: what is in it may come back."""
    tally = _Tally()
    problems += misplaced(library, tally=tally)
    states = ", ".join(f"{number:,} {state}" for state, number in tally.states.items())
    found.append(f"{counted(tally.documents, 'document', 'documents')}; annotations: {states}.")
    if tally.waiting:
        found.append(f"{counted(tally.waiting, 'annotation waits', 'annotations wait')} for the text of a document.")


@dataclass(slots=True)
class _Tally:
    """Documents, annotations by state, and annotations whose document has no text here."""

    documents: int = 0
    waiting: int = 0
    states: dict[AnchorState, int] = field(default_factory=lambda: dict.fromkeys(AnchorState, 0))


def misplaced(
    library: Library,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    tally: _Tally | None = None,
) -> Iterator[str]:
    """Look at the place of every annotation and mask, also in the bin: one sentence for each that is wrong.

    `progress` gets documents looked through and their number; `tally` counts what is seen.
    """
    tally = tally or _Tally()
    summaries = [*library.documents.list(), *library.documents.list(removed=True)]
    tally.documents = len(summaries)
    masked = library.masks.of_documents([summary.uid for summary in summaries])
    for number, summary in enumerate(summaries):
        progress(number, len(summaries))
        if not summary.annotations and summary.uid not in masked:
            continue
        opened = library.documents.open(summary.uid)
        if not opened.document.text:
            tally.waiting += len(opened.annotations)
            continue
        for mark in opened.annotations:
            tally.states[mark.state] += 1
        yield from _misplaced(summary, opened.document.text, opened.annotations)
        yield from _misplaced_masks(summary, opened.document.text, opened.masks)


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
