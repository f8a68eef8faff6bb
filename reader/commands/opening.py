"""`reader open`: a document or an annotation in the window that runs, else in a new one."""

import click

from reader.commands.common import DONE, FAILED, Context, complain, pass_context
from reader.model.errors import ReaderError, Unknown

SCHEME = "passage:"


@click.command("open")
@click.argument("place", metavar="ID")
@pass_context
def open_place(context: Context, place: str) -> int:
    """Show a document or an annotation in the window.

    ID is the id of one, or an address of an annotation, passage://annotation/UID. The window that has the library open
    goes there; if there is none, a new one comes up.
    """
    from reader.handover import ABSENT, SILENT, hand_over

    uid = _uid(context, place)
    context.close()
    outcome = hand_over(str(context.library_path), [], place=uid)
    if outcome == SILENT:
        complain("The window that has this library open does not answer; wait, or close it and try again.")
        return FAILED
    return _new_window(context, uid) if outcome == ABSENT else DONE


def _uid(context: Context, place: str) -> str:
    """The uid of the document or the annotation that is meant."""
    if place.startswith(SCHEME):
        return _linked(context, place)
    try:
        return context.library.documents.resolve_id(place)
    except Unknown:
        pass
    try:
        return context.library.annotate.resolve_id(place)
    except Unknown:
        raise ReaderError(
            f"There is no document or mark “{place}” in this library; list them to see their ids."
        ) from None


def _linked(context: Context, address: str) -> str:
    from reader.handover import uid_of_link

    uid = uid_of_link(address)
    if not uid:
        raise click.UsageError(f"“{address}” is no address of an annotation; they are passage://annotation/UID")
    return context.library.annotate.get(uid).uid


def _new_window(context: Context, uid: str) -> int:
    from reader.app import run

    return run(context.library_path, [], place=uid)
