"""`reader templates`."""

from typing import TYPE_CHECKING

import click

from reader.commands.common import DONE, Commands, Context, pass_context, row, say, say_bytes

if TYPE_CHECKING:
    from reader.services.templates import Templates


@click.group(cls=Commands, invoke_without_command=True)
@click.pass_context
def templates(click_context: click.Context) -> int:
    """List the templates of export; show, check or begin one.

    Writes one line a template: name, own or shipped, title, what it is good for.
    """
    if click_context.invoked_subcommand:
        return DONE
    context = click_context.find_object(Context)
    for file in _templates(context).list():  # type: ignore[arg-type]
        row(file.name, "own" if file.is_own else "shipped", file.title, file.about)
    return DONE


@templates.command("show")
@click.argument("name", metavar="NAME")
@pass_context
def show(context: Context, name: str) -> int:
    """Write what a template says.

    It may be changed and kept as one of your own; “new” begins one.
    """
    known = _templates(context)
    say_bytes(known.source(known.find(name)).encode("utf-8", "replace"))
    return DONE


@templates.command("new")
@click.argument("name", metavar="A")
@click.argument("like", metavar="NAME")
@pass_context
def new(context: Context, name: str, like: str) -> int:
    """Begin a template of your own.

    A is its name, such as essay.md; it says what the template NAME says. Writes where it is.
    """
    known = _templates(context)
    say(str(known.create(name, known.source(known.find(like))).path))
    return DONE


@templates.command("check")
@click.argument("name", metavar="NAME")
@pass_context
def check(context: Context, name: str) -> int:
    """Write what a template makes of some annotations.

    Of the first ones, that is; an error names the line.
    """
    known = _templates(context)
    file = known.find(name)
    say_bytes(known.preview(known.source(file), file.name).encode())
    return DONE


@templates.command("folder")
@pass_context
def folder(context: Context) -> int:
    """Write where your own templates are."""
    say(str(_templates(context).folder))
    return DONE


def _templates(context: Context) -> "Templates":
    return context.library.templates
