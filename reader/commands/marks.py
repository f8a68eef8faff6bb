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
from reader.commands.workspace import WHERE_HELP, filter_of, listed
from reader.model.annotation import Annotation, Color
from reader.model.errors import ReaderError
from reader.model.filters import Condition, Filter, Key
from reader.model.workspace import Order

if TYPE_CHECKING:
    from reader.services.search import Scope

COLOR_HELP = "One of the six colours, or the name you gave it."


@click.command()
@click.argument("document_id", metavar="ID")
@click.option("--exact", metavar="TEXT", help="The passage's words; line ends and spaces count as the same.")
@click.option("--prefix", metavar="P", default="", help="What stands right before it, when the words occur repeatedly.")
@click.option("--suffix", metavar="S", default="", help="What stands right after it.")
@click.option("--start", type=click.IntRange(min=0), metavar="N", help="The passage's first code point, from 0.")
@click.option("--end", type=click.IntRange(min=1), metavar="N", help="The code point after its last one.")
@click.option("--color", metavar="C", help=COLOR_HELP)
@click.option("--tag", "tags", metavar="T", multiple=True, help="A tag; may be given repeatedly.")
@click.option("--note", metavar="TEXT", default="", help="A note in Markdown; - reads it from standard input.")
@pass_context
def annotate(
    context: Context,
    document_id: str,
    exact: str | None,
    prefix: str,
    suffix: str,
    start: int | None,
    end: int | None,
    color: str | None,
    tags: tuple[str, ...],
    note: str,
) -> int:
    """Mark a passage, by its words or by its positions.

    With --note and no passage it is a note on the whole document. Writes the new annotation's line, as
    “annotations” does.
    """
    _check_place(exact, prefix, suffix, start, end, note)
    library = context.library
    uid = library.documents.resolve_id(document_id)
    note = read_standard_input().decode("utf-8-sig", "replace").strip() if note == "-" else note
    if exact is None and start is None:
        change = library.annotate.note_document(uid, note, tags)
    else:
        text = text_of(library, uid)
        place = of_positions(text, start, end) if exact is None else of_words(text, exact, prefix, suffix)
        chosen = color_named(context, color) if color else Color.YELLOW
        change = library.annotate.highlight(uid, text, *place, color=chosen, note=note, tags=tags)
        library.completing.complete_document(uid)
    _rows(context, list(change.annotations_added))
    return DONE


def _check_place(exact: str | None, prefix: str, suffix: str, start: int | None, end: int | None, note: str) -> None:
    by_position = start is not None or end is not None
    if exact is not None and by_position:
        raise click.UsageError("Give the words (--exact) or the positions (--start and --end), not both")
    if (start is None) != (end is None):
        raise click.UsageError("--start and --end belong together")
    if (prefix or suffix) and exact is None:
        raise click.UsageError("--prefix and --suffix belong to --exact")
    if exact is None and not by_position and not note.strip():
        raise click.UsageError("Say what to mark: --exact TEXT, or --start N and --end N")
    if exact is not None and not exact.strip():
        raise click.UsageError("--exact is empty")


def of_positions(text: str, start: int | None, end: int | None) -> tuple[int, int]:
    """The passage from `start` to `end`, in code points; ReaderError when there is none."""
    if start is None or end is None or not start < end <= len(text):
        raise ReaderError(f"There is no passage from {start} to {end}; the text has {len(text):,} code points.")
    return start, end


def of_words(text: str, exact: str, prefix: str, suffix: str) -> tuple[int, int]:
    """Where `exact` stands between `prefix` and `suffix`; any white space in them fits any other.

    Words that the ends of lines cut are found as they are shown, whole, where the text has none as they are given.
    """
    from reader.text.joining import joined_with_map, may_cut

    spans = _spans(text, exact, prefix, suffix)
    if not spans and may_cut(text):
        shown, places = joined_with_map(text)
        spans = {(places[start], places[end - 1] + 1) for start, end in _spans(shown, exact, prefix, suffix)}
    found = sorted(spans)
    if not found:
        raise ReaderError("These words are not in the document; look at its text with: reader text ID")
    if len(found) > 1:
        places = ", ".join(f"{start}-{end}" for start, end in found[:5]) + (", ..." if len(found) > 5 else "")
        raise ReaderError(
            f"These words are there {len(found)} times ({places}); add --prefix or --suffix, or --start and --end."
        )
    return found[0]


def _spans(text: str, exact: str, prefix: str, suffix: str) -> set[tuple[int, int]]:
    import re

    before, words, after = (r"\s+".join(map(re.escape, re.split(r"\s+", part))) for part in (prefix, exact, suffix))
    pattern = re.compile(f"{before}(?P<words>{words})(?={after})")
    spans: set[tuple[int, int]] = set()
    at = 0
    while match := pattern.search(text, at):
        spans.add(match.span("words"))
        at = match.start() + 1
    return spans


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
