"""`reader tags`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.commands.common import (
    DONE,
    Commands,
    Context,
    complain,
    counted,
    json_option,
    pass_context,
    path_given,
    read_standard_input,
    row,
    say,
    say_bytes,
    say_json,
)
from reader.commands.workspace import WHERE_HELP, filter_of

if TYPE_CHECKING:
    from reader.services.codebook import Form


@click.group(cls=Commands, invoke_without_command=True)
@json_option
@click.pass_context
def tags(click_context: click.Context, as_json: bool) -> int:
    """List the tags; add, rename, move, merge, split or delete one.

    Writes one line a tag: name, uses, colour, description.
    """
    if click_context.invoked_subcommand:
        return DONE
    from reader.commands.shapes import tag

    found = click_context.find_object(Context).library.tags.list()  # type: ignore[union-attr]
    if as_json:
        say_json([tag(one) for one in found])
        return DONE
    for one in found:
        row(one.name, one.uses, one.color, one.description)
    return DONE


@tags.command("add")
@click.argument("name", metavar="A")
@pass_context
def add_tag(context: Context, name: str) -> int:
    """Make tag A, which nothing has yet."""
    say(context.library.tags.add(name).label)
    return DONE


@tags.command("rename")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@pass_context
def rename_tag(context: Context, old: str, new: str) -> int:
    """Give tag A the name B."""
    say(context.library.tags.rename(old, new).label)
    return DONE


@tags.command("move")
@click.argument("name", metavar="A")
@click.argument("under", metavar="B")
@pass_context
def move_tag(context: Context, name: str, under: str) -> int:
    """Nest tag A, with those nested in it, in tag B; / for B: in none."""
    say(context.library.tags.move(name, under).label or "Nothing was to be moved.")
    return DONE


@tags.command("merge")
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@pass_context
def merge_tags(context: Context, source: str, target: str, dry_run: bool) -> int:
    """Make everything that has tag A have tag B, and A go."""
    if not dry_run:
        say(context.library.tags.merge(source, target).label)
        return DONE
    would = context.library.tags.merge_preview(source, target)
    marks, documents = counted(would.annotations, "annotation"), counted(would.documents, "document")
    say(f"{marks} and {documents} would be tagged anew; {would.both:,} with both tags would keep the second one.")
    if would.nested:
        say(f"Tags nested in the first one would stay: {', '.join(would.nested)}.")
    return DONE


@tags.command("split")
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@click.option("--where", "words", metavar="WORDS", required=True, help=WHERE_HELP)
@click.option("--dry-run", is_flag=True, help="Say how many annotations it would be, and change nothing.")
@pass_context
def split_tag(context: Context, source: str, target: str, words: str, dry_run: bool) -> int:
    """Give the annotations of tag A that meet a filter tag B instead."""
    library, wanted = context.library, filter_of(words)
    if dry_run:
        say(f"{counted(library.tags.split_preview(source, wanted), 'annotation')} would be tagged anew.")
        return DONE
    say(library.tags.split(source, wanted, target).label)
    return DONE


@tags.command("delete")
@click.argument("name", metavar="A")
@pass_context
def delete_tag(context: Context, name: str) -> int:
    """Take tag A from everything, and delete it."""
    say(context.library.tags.delete(name).label)
    return DONE


@tags.command("twins")
@pass_context
def twin_tags(context: Context) -> int:
    """List pairs of tags that may be one.

    Writes one line a pair: the tag used more often, the other, how like they are in per cent.
    """
    for pair in context.library.tags.twins():
        row(pair.kept, pair.other, round(pair.likeness * 100))
    return DONE


@tags.command("unused")
@click.option("--delete", is_flag=True, help="Delete them, as one action.")
@pass_context
def unused_tags(context: Context, delete: bool) -> int:
    """List the tags that nothing has, one a line."""
    if delete:
        say(context.library.tags.delete_unused().label)
        return DONE
    for tag in context.library.tags.unused():
        row(tag.name)
    return DONE


@tags.command("export")
@click.argument("file", metavar="FILE", callback=path_given)
@click.option("--format", "form", type=click.Choice(["csv", "qdc"]), help="Else it is read off the end of the name.")
@pass_context
def export_tags(context: Context, file: str, form: "Form | None") -> int:
    """Write the codebook to FILE.

    - is standard output. CSV is for spreadsheets, QDC for programs of qualitative analysis.
    """
    chosen: Form = form or ("qdc" if file.lower().endswith(".qdc") else "csv")
    if file == "-":
        say_bytes(context.library.codebook.data(chosen))
        return DONE
    say(f"{counted(context.library.codebook.export(Path(file), chosen), 'tag')} written to {file}")
    return DONE


@tags.command("import")
@click.argument("file", metavar="FILE", callback=path_given)
@click.option("--replace", is_flag=True, help="Take colours and descriptions of the file where there are others here.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@pass_context
def import_tags(context: Context, file: str, replace: bool, dry_run: bool) -> int:
    """Take the tags of a codebook, CSV or QDC.

    - reads standard input. Writes one line a tag: added, changed or kept, and its name.
    """
    data = read_standard_input() if file == "-" else Path(file).read_bytes()
    report = context.library.codebook.import_data(data, replace=replace, dry_run=dry_run)
    for what, names in (("added", report.added), ("changed", report.changed), ("kept", report.kept)):
        for name in names:
            row(what, name)
    if report.kept:
        complain("What was kept has another colour or description in the file; --replace takes those of the file.")
    return DONE
