"""`reader annotate`, `annotations` and `search`."""

from typing import TYPE_CHECKING

import click

from reader.commands.common import (
    DONE,
    Context,
    complain,
    json_option,
    pass_context,
    read_standard_input,
    row,
    say_json,
)
from reader.commands.documents import text_of
from reader.commands.places import Place, place_options
from reader.commands.workspace import WHERE_HELP, filter_of, listed
from reader.model.annotation import Annotation, Color
from reader.model.filters import Condition, Filter, Key
from reader.model.workspace import Order

if TYPE_CHECKING:
    from reader.services.search import Scope

COLOR_HELP = "One of the six colours, or the name you gave it."


@click.command()
@click.argument("document_id", metavar="ID")
@place_options
@click.option("--color", metavar="C", help=COLOR_HELP)
@click.option("--tag", "tags", metavar="T", multiple=True, help="A tag; may be given repeatedly.")
@click.option("--note", metavar="TEXT", default="", help="A note in Markdown; - reads it from standard input.")
@pass_context
def annotate(
    context: Context,
    document_id: str,
    place: Place,
    color: str | None,
    tags: tuple[str, ...],
    note: str,
) -> int:
    """Mark a passage, by its words or by its positions.

    With --note and no passage it is a note on the whole document. Writes the new annotation's line, as
    “annotations” does.
    """
    if not place.given and not note.strip():
        raise click.UsageError("Say what to mark: --exact TEXT, or --start N and --end N")
    library = context.library
    uid = library.documents.resolve_id(document_id)
    note = read_standard_input().decode("utf-8-sig", "replace").strip() if note == "-" else note
    if not place.given:
        change = library.annotate.note_document(uid, note, tags)
    else:
        text = text_of(library, uid)
        chosen = color_named(context, color) if color else Color.YELLOW
        change = library.annotate.highlight(uid, text, *place.span(text), color=chosen, note=note, tags=tags)
        library.completing.complete_document(uid)
    _rows(context, list(change.annotations_added))
    return DONE


def color_named(context: Context, chosen: str) -> Color:
    """The colour of that name, its own or the one that the user gave it; UsageError when there is none."""
    wanted = chosen.strip().casefold()
    for color, name in context.library.categories.names().items():
        if wanted in (color.value, name.casefold()):
            return color
    raise click.UsageError(f"“{chosen}” is not a colour; it is one of {', '.join(Color)}, or a category's name")


@click.command()
@click.argument("document_id", metavar="[ID]", required=False)
@click.option("--tag", metavar="T", help="Only those with this tag.")
@click.option("--color", metavar="C", help=COLOR_HELP)
@click.option("--query", metavar="Q", default="", help="Only those with these words in quote, note or tags.")
@click.option("--where", "words", metavar="WORDS", default="", help=WHERE_HELP)
@click.option(
    "--sort", type=click.Choice([order.value for order in Order]), metavar="ORDER", help=f"By {', '.join(Order)}."
)
@click.option("--reverse", is_flag=True, help="The last ones first.")
@json_option
@pass_context
def annotations(
    context: Context,
    document_id: str | None,
    tag: str | None,
    color: str | None,
    query: str,
    words: str,
    sort: str | None,
    reverse: bool,
    as_json: bool,
) -> int:
    """List annotations, of one document or all.

    Writes one line an annotation: id, document's id, colour, state, positions, quote, note, tags.
    """
    if words or sort or reverse:
        if query:
            raise click.UsageError("Write the words of --query into --where instead")
        wanted = _narrowed(context, filter_of(words), document_id, tag, color)
        found = list(listed(context, wanted, Order(sort or Order.DOCUMENT), reverse=reverse))
    else:
        found = _selected(context, document_id, tag, color, query)
    if as_json:
        from reader.commands.shapes import annotation

        say_json([annotation(mark) for mark in found])
    else:
        _rows(context, found)
    return DONE


def _narrowed(context: Context, wanted: Filter, document_id: str | None, tag: str | None, color: str | None) -> Filter:
    """The filter, and what the other options ask for."""
    parts = list(wanted.parts)
    if document_id:
        parts.append(Condition(Key.DOCUMENT, context.library.documents.resolve_id(document_id)))
    if tag:
        parts.append(Condition(Key.TAG, tag))
    if color:
        parts.append(Condition(Key.COLOR, color_named(context, color)))
    return Filter(tuple(parts))


def _selected(
    context: Context, document_id: str | None, tag: str | None, color: str | None, query: str
) -> list[Annotation]:
    library = context.library
    return list(
        library.annotate.select(
            document_uid=library.documents.resolve_id(document_id) if document_id else None,
            tag=tag,
            color=color_named(context, color) if color else None,
            query=query,
        )
    )


def _rows(context: Context, marks: list[Annotation]) -> None:
    from reader.text.joining import joined

    short = {summary.uid: summary.short_id for summary in context.library.documents.list()}
    quotes = context.library.masks.quotes(marks)
    for mark in marks:
        place = f"{mark.anchor.start}-{mark.anchor.end}" if mark.anchor else "document"
        tags = " ".join(f"#{tag}" for tag in mark.tags)
        row(
            mark.uid,
            short.get(mark.document_uid, "-"),
            mark.color,
            mark.state,
            place,
            joined(quotes[mark.uid]),
            mark.note,
            tags,
        )


@click.command()
@click.argument("query")
@click.option("--in", "scope", type=click.Choice(["text", "notes", "all"]), default="all", help="Where to look.")
@json_option
@pass_context
def search(context: Context, query: str, scope: "Scope", as_json: bool) -> int:
    """Search texts, quotes, notes and tags.

    Writes one line a hit: document's id, positions, kind, and the text round it.
    """
    from reader.commands.shapes import hits

    result = context.library.search.search(query, scope=scope)
    if as_json:
        groups = [hits(group) for group in result.groups]
        say_json({"query": query, "total": result.total, "truncated": result.truncated, "documents": groups})
        return DONE
    for group in result.groups:
        for hit in group.hits:
            row(group.document.short_id, f"{hit.start}-{hit.end}", hit.kind, hit.snippet)
    if not result.groups:
        complain("Nothing found.")
    elif result.truncated:
        complain("There is more than is shown here; more words find less.")
    return DONE
