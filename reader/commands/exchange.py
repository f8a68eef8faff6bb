"""`reader export` and `import`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.commands.common import (
    DONE,
    FAILED,
    Context,
    complain,
    counted,
    pass_context,
    path_given,
    read_standard_input,
    say,
    say_bytes,
)
from reader.commands.locked import opened, password_option

if TYPE_CHECKING:
    from reader.services.exchange import ImportPreview
    from reader.services.library import Library
    from reader.services.pdf_copies import CopyReport

FORMATS = ("passage",)
"""The formats by the names of --format; "passage" is passage 1, JSON."""
PDF = "pdf"
"""The copy of a PDF with its marks as annotations: written only; what one holds comes in with the file itself."""

export_format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice((*FORMATS, PDF)),
    default="passage",
    metavar="F",
    help="passage: passage 1, JSON. The default. pdf: a copy of one PDF document with its marks as annotations.",
)
format_option = click.option(
    "--format",
    type=click.Choice(FORMATS),
    metavar="F",
    expose_value=False,
    help="passage: passage 1, JSON. The default.",
)


@click.command("export")
@export_format_option
@click.option("--document", "ids", metavar="ID", multiple=True, help="Only this document; may be given repeatedly.")
@click.option("--tag", "tags", metavar="T", multiple=True, help="Only what has this tag; may be given repeatedly.")
@click.option(
    "-o",
    "target",
    metavar="FILE",
    default="-",
    callback=path_given,
    help="Where to; - (or nothing) is standard output.",
)
@password_option
@pass_context
def export(
    context: Context,
    format_name: str,
    ids: tuple[str, ...],
    tags: tuple[str, ...],
    target: str,
    password_file: str | None,
) -> int:
    """Export annotations as JSON, to standard output or a file.

    With --format pdf a copy of one PDF document is written to a file, with its annotations in it.
    """
    library = context.library
    documents = [library.documents.resolve_id(one) for one in ids] or None
    if format_name == PDF:
        return _export_pdf(library, documents or [], tags, target, password_file)
    if target == "-":
        for piece in library.exchange.pieces(documents=documents, tags=tags):
            say_bytes(piece.encode())
        return DONE
    report = library.exchange.export(Path(target), documents=documents, tags=tags)
    what = f"{counted(report.annotations, 'annotation')} of {counted(report.documents, 'document')}"
    say(f"{what} written to {report.path}")
    return DONE


def _export_pdf(
    library: "Library", documents: Sequence[str], tags: Sequence[str], target: str, password_file: str | None
) -> int:
    if len(documents) != 1 or tags or target == "-":
        raise click.UsageError("A PDF is exported as a whole: name one --document, no --tag, and a file with -o.")

    def save(password: str) -> "CopyReport":
        return library.exchange.save_pdf_copy(documents[0], Path(target), password=password)

    report = opened(save, password_file)
    left_out = f", {report.left_out:,} without a place in it left out" if report.left_out else ""
    say(f"{counted(report.written, 'annotation')} written to {report.path}{left_out}")
    return DONE


@click.command("import")
@click.argument("source", metavar="FILE", callback=path_given)
@format_option
@click.option("--document", "document_id", metavar="ID", help="Put the annotations on this document.")
@click.option("--dry-run", is_flag=True, help="Only say what the import would do.")
@pass_context
def import_file(context: Context, source: str, document_id: str | None, dry_run: bool) -> int:
    """Import annotations from an exported file.

    - reads standard input. What was changed later in the library than in the file stays as it is. One undo takes
    the whole import back.
    """
    library = context.library
    data = read_standard_input() if source == "-" else Path(source)
    uid = library.documents.resolve_id(document_id) if document_id else None
    if dry_run:
        preview = library.exchange.preview(data, document_uid=uid)
        say(_foreseen(preview))
        return _problems(preview.problems)
    report = library.exchange.import_file(data, document_uid=uid)
    library.completing.complete_areas()
    hidden = f", {counted(report.masks, 'hidden passage')}" if report.masks else ""
    say(f"{report.added:,} added, {report.updated:,} updated, {report.skipped:,} left as they are{hidden}")
    for note in report.notes:
        complain(note)
    return _problems(report.problems)


def _foreseen(preview: "ImportPreview") -> str:
    marks = f"{preview.new:,} new, {preview.newer:,} newer, {preview.same:,} the same, {preview.older:,} older"
    marks += f", {counted(preview.masks, 'hidden passage')}" if preview.masks else ""
    known, new = preview.documents_matched, preview.documents_new
    return f"{marks}; {counted(known, 'document')} in the library, {new:,} not"


def _problems(problems: tuple[str, ...]) -> int:
    for problem in problems:
        complain(problem)
    return FAILED if problems else DONE
