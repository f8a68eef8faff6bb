"""Exported files that are verified: one, or those of a folder of Markdown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.errors import ReaderError
from reader.services.folder_files import document_in, markdown_in
from reader.services.verifying import Verified, VerifiedDocument, verify

if TYPE_CHECKING:
    from reader.interchange.records import Parsed
    from reader.store.database import Store

_FORM = "markdown"


def verify_file(
    store: Store,
    source: Path | bytes,
    form: str,
    progress: Callable[[int, int], object],
    cancelled: Callable[[], bool],
) -> Verified:
    """Compare a file (or its bytes), or all files of a folder that are ours, with the library.

    `form` is one of `interchange.verifiable.NAMES`, or empty; `progress` gets documents (of a folder: files) done and
    their number. ReaderError when there is nothing that can be verified.
    """
    if isinstance(source, Path) and source.is_dir():
        return _folder(store, source, progress, cancelled)
    return verify(store, _parsed(source, form), progress, cancelled)


def _parsed(source: Path | bytes, form: str) -> Parsed:
    from reader.interchange.given import Given
    from reader.interchange.verifiable import parse
    from reader.services.exchange import file_bytes

    return parse(Given(file_bytes(source) if isinstance(source, Path) else source), form)


def _folder(
    store: Store, folder: Path, progress: Callable[[int, int], object], cancelled: Callable[[], bool]
) -> Verified:
    """File after file, so that no more than one is in memory."""
    paths = [path for path in markdown_in(folder) if document_in(path)]
    if not paths:
        raise ReaderError(
            f"There is no file in the folder “{folder}” that an export to Markdown wrote; choose another."
        )
    documents: list[VerifiedDocument] = []
    problems: list[str] = []
    for number, path in enumerate(paths, 1):
        if cancelled():
            break
        name = path.relative_to(folder).as_posix()
        try:
            found = verify(store, _parsed(path, _FORM), lambda _done, _total: None, cancelled)
        except ReaderError as error:
            problems.append(f"{name}: {error}")
        else:
            documents += found.documents
            problems += (f"{name}: {problem}" for problem in found.problems)
        progress(number, len(paths))
    return Verified(_FORM, tuple(documents), tuple(problems))
