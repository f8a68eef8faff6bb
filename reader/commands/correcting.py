"""`reader correct`: a typo, a passage to be cut, words that ran together."""

from typing import TYPE_CHECKING

import click

from reader.commands.common import DONE, Context, pass_context, row, say
from reader.commands.places import Place, place_options

if TYPE_CHECKING:
    from reader.text.editing import Edit


@click.command()
@click.argument("document_id", metavar="ID")
@place_options
@click.option("--with", "words", metavar="TEXT", help="What is to stand there instead; empty cuts the passage out.")
@click.option("--ran-together", is_flag=True, help="List the words that probably ran together.")
@click.option("--apply", "applied", is_flag=True, help="With --ran-together: write those apart that are sure.")
@pass_context
def correct(
    context: Context,
    document_id: str,
    place: Place,
    words: str | None,
    ran_together: bool,
    applied: bool,
) -> int:
    """Correct a document's text, beside the one that was read.

    Annotations follow their words. “versions” shows the text as it was, undo takes the correction back.
    """
    from reader.text.editing import Edit

    if ran_together == (place.given or words is not None):
        raise click.UsageError("Give --exact (or --start and --end) and --with; or --ran-together alone")
    if not ran_together and (not place.given or words is None):
        raise click.UsageError("Say which words (--exact, or --start and --end) and what is to be there (--with)")
    if applied and not ran_together:
        raise click.UsageError("--apply belongs to --ran-together")
    library = context.library
    uid = library.documents.resolve_id(document_id)
    text = library.documents.open(uid).document.text
    if ran_together:
        return _ran_together(context, uid, text, applied=applied)
    edit = Edit(*place.span(text), words or "")
    return _make(context, uid, text, [edit], "1 correction made" if words else "Passage cut")


def _ran_together(context: Context, uid: str, text: str, *, applied: bool) -> int:
    from reader.text.run_together import ran_together

    found = ran_together(text)
    sure = [item.edit for item in found if item.sure]
    if not applied:
        for item in found:
            certainty = "sure" if item.sure else "perhaps"
            row(f"{item.start}-{item.end}", certainty, text[item.start : item.end], item.apart)
        return DONE
    if not sure:
        say("Nothing ran together for certain.")
        return DONE
    return _make(context, uid, text, sure, f"{len(sure):,} corrections made" if len(sure) > 1 else "1 correction made")


def _make(context: Context, uid: str, text: str, edits: "list[Edit]", done: str) -> int:
    result = context.library.correcting.correct(uid, text, edits, label=done)
    say(f"{done}: {result.reason}" if result.reason else done)
    return DONE
