"""`reader facets` and `filters`, and filters as options of other commands."""

from collections.abc import Iterator
from dataclasses import fields

import click

from reader.commands.common import DONE, Commands, Context, complain, json_option, pass_context, row, say, say_json
from reader.model.annotation import Annotation
from reader.model.filters import Filter
from reader.model.workspace import Grouping, Order, View

WHERE_HELP = "A filter, such as 'tag:cost category:figure since:2026-01 no:note -tag:x words \"in quotes\"'."
_SORT_HELP = f"By {', '.join(Order)}."
_GROUP_HELP = f"By {', '.join(Grouping)}."
_PAGE = 500
"""Annotations that are read at a time."""


def filter_of(words: str) -> Filter:
    """The filter that the words say; UsageError when they are none."""
    from reader.text.filter_words import FilterError, parse

    try:
        return parse(words)
    except FilterError as error:
        raise click.UsageError(str(error)) from error


def listed(context: Context, wanted: Filter, order: Order, *, reverse: bool) -> Iterator[Annotation]:
    """What the filter finds, in order. What was taken for something else is said on standard error."""
    workspace = context.library.workspace
    listing = workspace.listing(wanted, order=order, descending=reverse)
    if listing.said:
        complain(listing.said)
    for at in range(0, len(listing.ids), _PAGE):
        yield from (found.mark for found in workspace.rows(listing.ids[at : at + _PAGE]))


@click.command()
@click.option("--where", "words", metavar="WORDS", default="", help=WHERE_HELP)
@json_option
@pass_context
def facets(context: Context, words: str, as_json: bool) -> int:
    """Count annotations by category, tag, document and so on.

    Writes one line a value: facet, value, number of annotations, and the filter that asks for it.
    """
    from reader.commands.shapes import facet_value

    found = context.library.workspace.facets(filter_of(words))
    shown = {field.name: getattr(found, field.name) for field in fields(found)[1:]}
    if as_json:
        say_json({"total": found.total} | {name: list(map(facet_value, values)) for name, values in shown.items()})
        return DONE
    for name, values in shown.items():
        for value in map(facet_value, values):
            row(name, value["label"], value["count"], value["where"])
    return DONE


@click.group(cls=Commands, invoke_without_command=True)
@json_option
@click.pass_context
def filters(click_context: click.Context, as_json: bool) -> int:
    """List the saved filters; save, rename or delete one.

    Each may have an order and groups, too, as a view of the workspace has.
    Writes one line a filter: name, words, order, group.
    """
    if click_context.invoked_subcommand:
        return DONE
    context = click_context.find_object(Context)
    assert context
    from reader.commands.shapes import saved_view

    found = [saved_view(name, view) for name, view in context.library.filters.views().items()]
    if as_json:
        say_json(found)
        return DONE
    for view in found:
        row(view["name"], view["where"], f"{view['order']}{' reversed' if view['reverse'] else ''}", view["group"])
    return DONE


@filters.command("save")
@click.argument("name")
@click.argument("words")
@click.option(
    "--sort", type=click.Choice([order.value for order in Order]), metavar="ORDER", default="document", help=_SORT_HELP
)
@click.option("--reverse", is_flag=True, help="The last ones first.")
@click.option("--group", type=click.Choice([group.value for group in Grouping]), metavar="GROUP", help=_GROUP_HELP)
@pass_context
def save_filter(context: Context, name: str, words: str, sort: str, reverse: bool, group: str | None) -> int:
    """Keep the filter WORDS under NAME.

    It takes the place of the one that has the name. With an order or groups it is a view of the workspace.
    """
    view = View(filter_of(words), Order(sort), reverse, Grouping(group) if group else None)
    say(f"Filter “{context.library.filters.save_view(name, view)}” saved")
    return DONE


@filters.command("rename")
@click.argument("name")
@click.argument("new_name")
@pass_context
def rename_filter(context: Context, name: str, new_name: str) -> int:
    """Give the filter NAME the name NEW_NAME."""
    say(f"Filter “{name}” renamed to “{context.library.filters.rename(name, new_name)}”")
    return DONE


@filters.command("delete")
@click.argument("name")
@pass_context
def delete_filter(context: Context, name: str) -> int:
    """Delete the filter NAME."""
    say(f"Filter “{context.library.filters.delete(name)}” deleted")
    return DONE
