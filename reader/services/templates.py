"""Templates of export: which there are, the user's own in their folder, and what one makes of a few annotations."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.interchange.file_names import file_name, folded, free_name
from reader.interchange.template_files import ENDING, TemplateFile, described, find, own_folder, source_of
from reader.interchange.template_files import template_files as files
from reader.model.errors import ReaderError
from reader.resources import resource
from reader.services.whole_file import write_whole
from reader.store.exchange import Choice

if TYPE_CHECKING:
    from reader.interchange.template_values import TemplateRequest
    from reader.services.exchange import Exchange
    from reader.services.templating import Templating

PREVIEW_MARKS = 20
"""How many annotations a preview shows."""
_PREVIEW_SECONDS = 5.0
_HEADING = re.compile(r"## ([^:]+)")
_ROW = re.compile(r"\| `([^`]+)` \| (.+) \|\Z")
_SUFFIX = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,8}\Z")

__all__ = ["PREVIEW_MARKS", "TemplateFile", "Templates"]


class Templates:
    """`exchange` gives what is exported, `templating` runs templates."""

    def __init__(self, exchange: "Exchange", templating: "Templating") -> None:
        self._exchange, self._templating = exchange, templating

    @property
    def folder(self) -> Path:
        """Where the user's own are; it is made with the first of them."""
        return own_folder()

    def list(self) -> tuple[TemplateFile, ...]:
        """Those that come with the program, then the user's own."""
        return files()

    def find(self, name: str) -> TemplateFile:
        """The one of that name, or at that path. ReaderError when there is none."""
        return find(name)

    def source(self, file: TemplateFile) -> str:
        """What it says. ReaderError when it cannot be read."""
        return source_of(file.path)

    def create(self, name: str, source: str) -> TemplateFile:
        """Write a new template of the user's own; its name is `name`, numbered if there is one of that name.

        A name without an ending makes text (".txt"). ReaderError when it cannot be written.
        """
        made = _free(name)
        path = own_folder() / (made + ENDING)
        _write(path, source)
        return TemplateFile(made, path, *described(source, path.name), is_own=True)

    def rename(self, file: TemplateFile, name: str) -> TemplateFile:
        """Give one of the user's own another name, numbered if there is one of that name. ReaderError."""
        if not name.strip() or name.strip().removesuffix(ENDING) == file.name or not file.is_own:
            return file
        made = _free(name)
        path = own_folder() / (made + ENDING)
        try:
            file.path.rename(path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ReaderError(f"The template “{file.name}” could not be renamed ({reason}).") from error
        return replace(file, name=made, path=path)

    def save(self, file: TemplateFile, before: str, source: str) -> TemplateFile:
        """Write one of the user's own, which said `before` when it was read; as it is now.

        What another program wrote into it meanwhile stays, and `source` goes to a new file beside it. ReaderError when
        it cannot be written.
        """
        if not file.is_own:
            raise ReaderError(f"“{file.name}” comes with the program; make a copy of it, and change that.")
        if file.path.exists() and source_of(file.path) not in (before, source):
            return self.create(file.name, source)
        _write(file.path, source)
        return TemplateFile(file.name, file.path, *described(source, file.path.name), is_own=True)

    def delete(self, file: TemplateFile) -> None:
        """Delete one of the user's own. ReaderError when it cannot be done."""
        if not file.is_own:
            raise ReaderError(f"“{file.name}” comes with the program and cannot be deleted.")
        try:
            file.path.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ReaderError(f"The template “{file.name}” could not be deleted ({reason}).") from error

    def preview(
        self,
        source: str,
        name: str,
        documents: Sequence[str] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> str:
        """What a template makes of the first annotations. ReaderError (with a `line`) when it is not right; Cancelled.

        `name` has the ending of what it makes; `documents` are the uids of those to take, None for all. Not for the
        interface's thread.
        """
        from reader.interchange.template_values import limited, pieces
        from reader.services.export_counting import Count

        with self._exchange.outgoing(Choice(documents), Count()) as outgoing:
            few = limited(outgoing, PREVIEW_MARKS)
            made = pieces(few, name, source, lambda request: iter([self._run(request, cancelled)]))
            return "".join(made)

    def _run(self, request: "TemplateRequest", cancelled: Callable[[], bool]) -> str:
        return self._templating.render_now(request, _PREVIEW_SECONDS, cancelled)


def reference() -> tuple[tuple[str, str], ...]:
    """What templates can use, each name with what it is; a line without a meaning is a heading."""
    lines = resource("schema", "templates.md").read_text("utf-8").splitlines()
    found: list[tuple[str, str]] = []
    for line in lines:
        if heading := _HEADING.match(line):
            found.append((heading[1], ""))
        elif row := _ROW.match(line):
            found.append((row[1], row[2].replace("`", "")))
    return tuple(found)


def _free(name: str) -> str:
    """The name that a new template of the user's own gets."""
    name = name.strip().removesuffix(ENDING)
    suffix = found[0] if (found := _SUFFIX.search(name)) else ".txt"
    taken = {folded(file.name.removesuffix(suffix)) for file in files() if file.name.endswith(suffix)}
    return free_name(file_name(name.removesuffix(suffix)), taken) + suffix


def _write(path: Path, source: str) -> None:
    """Write a template whole or not at all."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, source.encode("utf-8", "replace"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReaderError(
            f"The template could not be written to “{path}” ({reason}); copy its text and make room there."
        ) from error
