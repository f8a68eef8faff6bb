"""`reader add`, `list` and `text`."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.commands.common import (
    DONE,
    FAILED,
    Context,
    complain,
    counted,
    json_option,
    pass_context,
    path_given,
    read_standard_input,
    row,
    say_bytes,
    say_json,
)
from reader.commands.locked import advised, opened, password_option, passwords
from reader.model.errors import ReaderError, Unknown
from reader.model.library import DocumentSummary

if TYPE_CHECKING:
    from reader.services.adding import AddResult
    from reader.services.library import Library


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH ...", callback=path_given)
@password_option
@pass_context
def add(context: Context, paths: tuple[str, ...], password_file: str | None) -> int:
    """Add files, and what folders hold, to the library.

    - adds the text on standard input. Writes one line a document, as soon as it is added: its id; added, known,
    changed or failed; its title or the reason. Files that are locked with a password come last; it is asked for, and
    kept nowhere. Ctrl+C stops it; what is added by then stays, and is one step to undo.
    """
    if password_file == "-" and "-" in paths:
        raise click.UsageError("Standard input is either the text to add or the password.")
    status = DONE
    number = 0
    for result in _results(context, paths, password_file):
        number += 1
        if result.status == "failed":
            status = FAILED
        row(*_line(result))
    if not number:
        complain("There is no document that Passage reads in there; name a file itself to have it tried.")
        return FAILED
    return status


def _results(context: Context, paths: tuple[str, ...], password_file: str | None) -> Iterator["AddResult"]:
    adding = context.library.adding
    if "-" in paths:
        yield adding.add_text(read_standard_input().decode("utf-8-sig", "replace"))
    if files := [Path(path).absolute() for path in paths if path != "-"]:
        locked: list[AddResult] = []
        for result in adding.add(files):
            if result.locked:
                locked.append(result)
            else:
                yield result
        given: list[str] = []
        for result in locked:
            yield _unlocked(context, result, password_file, given)


def _unlocked(context: Context, result: "AddResult", password_file: str | None, given: list[str]) -> "AddResult":
    """What becomes of a locked file by the passwords `given` for those before it, and by one more."""
    for password in chain(tuple(given), passwords(password_file, result.reason)):
        context.library.passwords.give(result.path, password)
        (result,) = context.library.adding.add([result.path])
        if not result.locked:
            if password not in given:
                given.append(password)
            return result
    return replace(result, reason=advised(result.reason))


def _line(result: "AddResult") -> tuple[str, str, str]:
    if result.document is None:
        named = result.path if result.path.name else "standard input"
        return "-", result.status, f"{named}: {result.reason}"
    title = result.document.title
    return result.document.short_id, result.status, f"{title} ({result.reason})" if result.reason else title


@click.command("list")
@click.option("--tag", metavar="T", help="Only documents with this tag.")
@json_option
@pass_context
def list_documents(context: Context, tag: str | None, as_json: bool) -> int:
    """List the documents.

    Writes one line a document: id, format, number of annotations, title, authors or source.
    """
    from reader.commands.shapes import document

    found = [summary for summary in context.library.documents.list() if tag is None or _has_tag(summary, tag)]
    if as_json:
        say_json([document(summary) for summary in found])
        return DONE
    for summary in found:
        by = ", ".join(summary.metadata.authors) or summary.metadata.source
        row(summary.short_id, summary.format, counted(summary.annotations, "annotation"), summary.title, by)
    return DONE


def _has_tag(summary: DocumentSummary, tag: str) -> bool:
    """Whether the document has the tag or one nested in it."""
    wanted = tag.strip().casefold()
    names = [name.casefold() for name in summary.tags]
    return any(name == wanted or name.startswith(wanted + "/") for name in names)


@click.command()
@click.argument("source", metavar="PATH|ID", callback=path_given)
@click.option("--all", "whole", is_flag=True, help="With what is hidden of it; positions count in this text.")
@password_option
@pass_context
def text(context: Context, source: str, whole: bool, password_file: str | None) -> int:
    """Write a document's canonical text to standard output.

    The document is a file, which is not added, or one of the library; of that, what is hidden is left out. A file is
    read within the limits that are set in the library.
    """
    say_bytes(_text(context, source, whole=whole, password_file=password_file).encode())
    return DONE


def _text(context: Context, source: str, *, whole: bool, password_file: str | None) -> str:
    path = Path(source)
    if path.exists():
        return opened(lambda password: _read(context, path, password), password_file)
    try:
        uid = context.library.documents.resolve_id(source)
    except Unknown as error:
        raise ReaderError(
            f"There is no file “{source}”, nor a document of that id in this library; `reader list` shows the ids."
        ) from error
    text = text_of(context.library, uid)
    if whole:
        return text
    from reader.text.masks import hidden_ranges, visible_text

    return visible_text(text, 0, len(text), hidden_ranges(context.library.masks.of_document(uid)))


def _read(context: Context, path: Path, password: str) -> str:
    """What a file holds, within the limits of the library, if there is one that can be opened."""
    try:
        library = context.library if context.library_path.exists() else None
    except ReaderError:
        library = None
    if library:
        library.passwords.give(path, password)
        return library.adding.look(path).text
    from reader.services.reading import look_at

    return look_at(path, password).text


def text_of(library: "Library", uid: str) -> str:
    """A document's canonical text. ReaderError when only its annotations are in the library."""
    opened = library.documents.open(uid)
    if not opened.document.text:
        raise ReaderError(f"The text of “{opened.summary.title}” is not in this library; add its file first.")
    return opened.document.text
