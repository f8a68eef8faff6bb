"""`reader export`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from reader.commands.common import (
    DONE,
    FAILED,
    Context,
    complain,
    counted,
    pass_context,
    path_given,
    row,
    say,
    say_bytes,
)
from reader.commands.keeping import check_keeping, keep_folder, keep_options
from reader.commands.locked import opened, password_option
from reader.commands.marks import COLOR_HELP, color_named
from reader.commands.workspace import WHERE_HELP, filter_of
from reader.model.annotation import Color

if TYPE_CHECKING:
    from reader.interchange.forms import Form
    from reader.services.library import Library
    from reader.services.pdf_copies import CopyReport


class Choice(TypedDict, total=False):
    """What is exported, as `Exchange.export` takes it."""

    documents: Sequence[str]
    annotations: Sequence[str]
    tags: Sequence[str]
    color: Color


def _form_given(_context: click.Context, parameter: click.Parameter, value: str) -> "Form":
    """The form of that name, out of the registry, which is imported once a command needs it."""
    from reader.interchange.forms import FORMS

    known = {form.name: form for form in FORMS}
    if value not in known:
        raise click.BadParameter(f"“{value}” is not one of {', '.join(known)}.", param=parameter)
    return known[value]


def _template_given(_context: click.Context, _parameter: click.Parameter, value: str | None) -> "Form | None":
    """The template of that name or path as a form."""
    from reader.interchange.template_form import template_form

    return template_form(value) if value else None


def _list_forms(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    """Write what forms there are, one a line, and end."""
    from reader.interchange.forms import FORMS

    if asked:
        for form in FORMS:
            row(form.name, form.suffix, form.title, form.about, " ".join(form.field_names()))
        context.exit(DONE)


@click.command("export")
@click.option(
    "--format",
    "form",
    default="passage",
    metavar="F",
    callback=_form_given,
    help="The form; --list tells which there are. The default is passage: passage 1, JSON.",
)
@click.option(
    "--list",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_list_forms,
    help="Write the forms: name, end of a file's name, title, what it is good for, its fields.",
)
@click.option(
    "--template",
    "template",
    metavar="NAME",
    callback=_template_given,
    help="Have this template write it, in place of a form; `reader templates` tells which there are. Or name a file.",
)
@click.option("--document", "ids", metavar="ID", multiple=True, help="Only this document; may be given repeatedly.")
@click.option("--tag", "tags", metavar="T", multiple=True, help="Only what has this tag; may be given repeatedly.")
@click.option("--color", metavar="C", help=f"Only this colour. {COLOR_HELP}")
@click.option("--query", metavar="Q", default="", help="Only those with these words in quote, note or tags.")
@click.option("--where", "words", metavar="WORDS", default="", help=WHERE_HELP)
@click.option("--view", metavar="NAME", default="", help="Only what this saved view finds (reader filters).")
@click.option("--annotation", "marks", metavar="UID", multiple=True, help="Only this one; may be given repeatedly.")
@click.option(
    "--by", metavar="GROUP", default="", help="What the marks stand under: chapter or category (markdown, html)."
)
@click.option("--field", "fields", metavar="NAME", multiple=True, help="Only these fields, in this order (csv, tsv).")
@click.option(
    "-o",
    "target",
    metavar="FILE",
    default="-",
    callback=path_given,
    help="Where to; - (or nothing) is standard output.",
)
@keep_options
@password_option
@pass_context
def export(
    context: Context,
    form: "Form",
    template: "Form | None",
    ids: tuple[str, ...],
    tags: tuple[str, ...],
    color: str | None,
    query: str,
    words: str,
    view: str,
    marks: tuple[str, ...],
    by: str,
    fields: tuple[str, ...],
    target: str,
    keep: bool,
    password_file: str | None,
) -> int:
    """Export annotations in one of many forms.

    They go to standard output or to a file, which appears whole or not at all. Markdown goes to a folder, with a file
    for each document, unless the name ends in .md; what was exported there before is brought up to date. With --format
    pdf a copy of one PDF document is written to a file, with its annotations in it.
    """
    form = template or form
    _check_fields(form, fields, target)
    if by and by not in form.groups:
        known = f"they are {', '.join(form.groups)}" if form.groups else f"the form “{form.name}” has none"
        raise click.UsageError(f"“{by}” is not a group; {known}.")
    is_folder = form.in_folder and target != "-" and not target.lower().endswith(form.suffix)
    if keep:
        check_keeping(is_folder, ids, (tags, color, query, marks, words and view, ids and (words or view)))
    library = context.library
    chosen: Choice = {}
    if ids:
        chosen["documents"] = [library.documents.resolve_id(one) for one in ids]
    if tags:
        chosen["tags"] = tags
    if color:
        chosen["color"] = color_named(context, color)
    found_by = [given for given in (library.filters.words(view) if view else "", words) if given.strip()]
    if marks or query.strip() or found_by:
        chosen["annotations"] = _uids(library, marks, query, found_by)
    if not form.writer:
        return _export_pdf(library, chosen, target, password_file)
    if target == "-":
        for piece in library.exchange.pieces(form=form.name, fields=fields, by=by, **chosen):
            say_bytes(piece.encode())
        return DONE
    if is_folder:
        done = _export_folder(library, chosen, by, target, exactly=keep)
        if keep:
            keep_folder(library, target, by, "".join(chosen.get("documents", ())), words, view)
        return done
    report = library.exchange.export(Path(target), form=form.name, fields=fields, by=by, **chosen)
    what = f"{counted(report.annotations, 'annotation')} of {counted(report.documents, 'document')}"
    if report.unmarked:
        what += f", and {counted(report.unmarked, 'document')} without any,"
    left_out = f"; {report.left_out:,} without words left out" if report.left_out else ""
    say(f"{what} written to {report.path}{left_out}")
    return DONE


def _check_fields(form: "Form", fields: tuple[str, ...], target: str) -> None:
    if form.binary and target == "-":
        raise click.UsageError(f"The form “{form.name}” is no text: name a file for it with -o.")
    known = form.field_names()
    if fields and not known:
        raise click.UsageError(f"The form “{form.name}” has no fields to choose; leave out --field.")
    for name in fields:
        if name not in known:
            raise click.UsageError(f"“{name}” is not a field; they are {', '.join(known)}.")


def _uids(library: "Library", marks: Sequence[str], query: str, filters: Sequence[str]) -> list[str]:
    """The annotations that are named, have the words that are looked for, and meet the filters."""
    choices: list[list[str]] = []
    if marks:
        choices.append([library.annotate.resolve_id(one) for one in marks])
    if query.strip():
        choices.append([mark.uid for mark in library.annotate.select(query=query)])
    choices += [library.workspace.uids(filter_of(words)) for words in filters]
    first, *others = choices
    wanted = set(first).intersection(*others)
    return [uid for uid in first if uid in wanted]


def _export_folder(library: "Library", chosen: Choice, by: str, target: str, *, exactly: bool) -> int:
    report = library.folders.export(Path(target), by=by, exactly=exactly, **chosen)
    for name, what in (*report.files, *((title, "deleted there, kept out") for title in report.kept_out)):
        if what != "unchanged":
            row(what, name)
    say(report.sentence())
    for problem in report.problems:
        complain(problem)
    return FAILED if report.problems else DONE


def _export_pdf(library: "Library", chosen: Choice, target: str, password_file: str | None) -> int:
    documents = chosen.get("documents", ())
    if len(documents) != 1 or len(chosen) != 1 or target == "-":
        raise click.UsageError("A PDF is exported as a whole: name one --document, no --tag, and a file with -o.")

    def save(password: str) -> "CopyReport":
        return library.exchange.save_pdf_copy(documents[0], Path(target), password=password)

    report = opened(save, password_file)
    left_out = f", {report.left_out:,} without a place in it left out" if report.left_out else ""
    say(f"{counted(report.written, 'annotation')} written to {report.path}{left_out}")
    return DONE
