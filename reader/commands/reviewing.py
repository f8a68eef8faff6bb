"""`reader review`: what moved and what was lost, listed and decided on."""

import click

from reader.commands.common import DONE, Context, complain, json_option, pass_context, row, say, say_json
from reader.model.annotation import AnchorState


@click.command()
@click.argument("document", metavar="[ID]", default="")
@click.option("--accept", "accepted", metavar="UID", multiple=True, help="Take a moved mark for what it is on now.")
@click.option("--keep-lost", "kept", metavar="UID", multiple=True, help="Have a lost mark stay lost.")
@click.option("--all-moved", is_flag=True, help="Accept every moved mark that is listed.")
@click.option("--all-lost", is_flag=True, help="Keep every lost mark that is listed as lost.")
@json_option
@pass_context
def review(
    context: Context,
    document: str,
    accepted: tuple[str, ...],
    kept: tuple[str, ...],
    all_moved: bool,
    all_lost: bool,
    as_json: bool,
) -> int:
    """List what moved and what was lost; decide on it.

    Of a document or of all. Writes one line a mark: uid, document's id, moved or lost, how like it is in per cent, the
    words that were marked, and those that it is on now. UID is an annotation's, or a part of it that names it.
    """
    library = context.library
    decided = bool(accepted or kept or all_moved or all_lost)
    if decided and as_json:
        raise click.UsageError("--json lists; it does not go with a decision")
    uid = library.documents.resolve_id(document) if document else ""
    listed = library.reviewing.list(uid) if not decided or all_moved or all_lost else ()
    if decided:
        of = library.annotate.resolve_id
        moved = [found.mark.uid for found in listed if all_moved and found.now]
        lost = [found.mark.uid for found in listed if all_lost and not found.now]
        if moved := [*map(of, accepted), *moved]:
            say(library.reviewing.accept(moved).label)
        if lost := [*map(of, kept), *lost]:
            say(library.reviewing.keep_lost(lost).label)
        if not moved and not lost:
            complain("There is nothing of that kind to review.")
        return DONE
    if as_json:
        from reader.commands.shapes import doubt

        say_json([doubt(found) for found in listed])
        return DONE
    short = {summary.uid: summary.short_id for summary in library.documents.list()}
    for found in listed:
        mark = found.mark
        score = "-" if mark.state is AnchorState.LOST else f"{mark.score:.0%}"
        now = found.now.words if found.now else ""
        row(mark.uid, short.get(mark.document_uid, "-"), mark.state, score, found.was.words, now)
    return DONE
