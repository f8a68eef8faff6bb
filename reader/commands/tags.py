"""`reader tags`."""

import click

from reader.commands.common import DONE, Commands, Context, json_option, pass_context, row, say, say_json


@click.group(cls=Commands, invoke_without_command=True)
@json_option
@click.pass_context
def tags(click_context: click.Context, as_json: bool) -> int:
    """List the tags; rename, merge or delete one.

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


@tags.command("rename")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@pass_context
def rename_tag(context: Context, old: str, new: str) -> int:
    """Give tag A the name B."""
    say(context.library.tags.rename(old, new).label)
    return DONE


@tags.command("merge")
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@pass_context
def merge_tags(context: Context, source: str, target: str) -> int:
    """Make everything that has tag A have tag B, and A go."""
    say(context.library.tags.merge(source, target).label)
    return DONE


@tags.command("delete")
@click.argument("name", metavar="A")
@pass_context
def delete_tag(context: Context, name: str) -> int:
    """Take tag A from everything, and delete it."""
    say(context.library.tags.delete(name).label)
    return DONE
