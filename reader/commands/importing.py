"""`reader import`."""

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
    say,
    say_json,
)

if TYPE_CHECKING:
    from reader.services.exchange import ImportReport
    from reader.services.import_preview import ImportFile, ImportPreview
    from reader.services.library import Library


def _form_given(_context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """The name of a form that is read, out of the registry, which is imported once it is needed."""
    if value is None:
        return ""
    from reader.interchange.incoming import NAMES

    if value not in NAMES:
        raise click.BadParameter(f"“{value}” is not one of {', '.join(NAMES)}.", param=parameter)
    return value


def _list_forms(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    """Write what forms are read, one a line, and end."""
    from reader.interchange.incoming import SOURCES

    if asked:
        for source in SOURCES:
            row(source.name, " ".join(source.suffixes), source.title, source.about)
        context.exit(DONE)


def _pairs_given(
    _context: click.Context, parameter: click.Parameter, values: str | tuple[str, ...] | None
) -> list[tuple[str, str]]:
    """ "a=b" as pairs: several between commas, or the option several times."""
    words = values.split(",") if isinstance(values, str) else list(values or ())
    pairs: list[tuple[str, str]] = []
    for word in words:
        name, equals, value = word.partition("=") if isinstance(values, str) else word.rpartition("=")
        if not equals or not name.strip() or not value.strip():
            raise click.BadParameter(f"“{word}” is not of the kind {parameter.metavar}.", param=parameter)
        pairs.append((name.strip(), value.strip()))
    return pairs


@click.command("import")
@click.argument("source", metavar="FILE", callback=path_given)
@click.option(
    "--format",
    "form",
    metavar="F",
    callback=_form_given,
    help="The form; --list tells which are read. It is read off the file when it is not said.",
)
@click.option(
    "--list",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_list_forms,
    help="Write the forms that are read: name, ends of files' names, title, where such a file is had from.",
)
@click.option(
    "--columns",
    metavar="FIELD=COLUMN,...",
    callback=_pairs_given,
    help="Which column of a table is what, such as quote=Highlight,note=Comment.",
)
@click.option("--document", "document_id", metavar="ID", help="Put the annotations on this document.")
@click.option(
    "--match",
    "matches",
    metavar="TITLE=ID",
    multiple=True,
    callback=_pairs_given,
    help="Take the document of this title (or uid) in the file for this one; - leaves it out. May be repeated.",
)
@click.option("--leave-out-lost", is_flag=True, help="Leave out what is not found, instead of keeping it as lost.")
@click.option("--dry-run", is_flag=True, help="Only say what the import would do.")
@json_option
@pass_context
def import_file(
    context: Context,
    source: str,
    form: str,
    columns: list[tuple[str, str]],
    document_id: str | None,
    matches: list[tuple[str, str]],
    leave_out_lost: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Import annotations from a file of this or of another program.

    - reads standard input. Another program's marks are found by their quotes; --dry-run says how. What was changed
    later in the library than in the file stays as it is. One undo takes the whole import back.
    """
    library = context.library
    data = read_standard_input() if source == "-" else Path(source)
    uid = library.documents.resolve_id(document_id) if document_id else None
    file = library.exchange.read(data, form=form, columns=dict(columns) or None)
    choices = _choices(library, file, matches)
    if dry_run:
        return _foresee(library, library.exchange.preview(file, document_uid=uid, choices=choices), as_json=as_json)
    report = library.exchange.import_file(file, document_uid=uid, choices=choices, keep_lost=not leave_out_lost)
    library.completing.complete_areas()
    return _tell(report, as_json=as_json)


def _choices(library: "Library", file: "ImportFile", matches: list[tuple[str, str]]) -> dict[str, str]:
    """What --match says, by the uids of the file's documents."""
    from reader.services.import_plan import LEFT_OUT

    choices: dict[str, str] = {}
    for name, given in matches:
        found = [one.uid for one in file.parsed.documents if name in (one.uid, one.metadata.title)]
        if not found:
            raise click.UsageError(f"The file has no document “{name}”; --dry-run --json tells its documents.")
        choices |= dict.fromkeys(found, LEFT_OUT if given == "-" else library.documents.resolve_id(given))
    return choices


def _foresee(library: "Library", preview: "ImportPreview", *, as_json: bool) -> int:
    if as_json:
        from reader.commands.import_shapes import previewed

        say_json(previewed(preview))
        return _problems(preview.problems)
    from reader.services.import_preview import Stands

    say(_foreseen(preview))
    if preview.records:
        say(", ".join(f"{preview.count(stands):,} {stands}" for stands in Stands))
    short = {summary.uid: summary.short_id for summary in library.documents.list()}
    for document in preview.documents:
        row(short.get(document.here, "-"), document.how, document.annotations, document.title or document.origin)
    for note in preview.notes:
        complain(note)
    return _problems(preview.problems)


def _foreseen(preview: "ImportPreview") -> str:
    marks = f"{preview.new:,} new, {preview.newer:,} newer, {preview.same:,} the same, {preview.older:,} older"
    marks += f", {counted(preview.masks, 'hidden passage')}" if preview.masks else ""
    known, new = preview.documents_matched, preview.documents_new
    return f"{marks}; {counted(known, 'document')} in the library, {new:,} not"


def _tell(report: "ImportReport", *, as_json: bool) -> int:
    if as_json:
        from reader.commands.import_shapes import imported

        say_json(imported(report))
    else:
        hidden = f", {counted(report.masks, 'hidden passage')}" if report.masks else ""
        say(f"{report.added:,} added, {report.updated:,} updated, {report.skipped:,} left as they are{hidden}")
    for note in report.notes:
        complain(note)
    return _problems(report.problems)


def _problems(problems: tuple[str, ...]) -> int:
    for problem in problems:
        complain(problem)
    return FAILED if problems else DONE
