"""`reader restore` and `reader recover`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.commands.common import DONE, FAILED, Context, complain, pass_context, path_given, say

if TYPE_CHECKING:
    from reader.services.comparing import Moves, Outcome
    from reader.services.library import Library

_NAMED = 20


@click.command()
@click.argument("source", metavar="[FILE]", required=False, callback=path_given)
@click.option("--replace", is_flag=True, help="Put the backup in the library's place instead of merging it.")
@click.option("--dry-run", is_flag=True, help="Say what either way would do, and do nothing.")
@click.option("--undo", is_flag=True, help="Take the last restore with --replace back.")
@pass_context
def restore(context: Context, source: str | None, *, replace: bool, dry_run: bool, undo: bool) -> int:
    """Add what a backup FILE holds and the library lacks.

    With --replace the library becomes what it was in the backup; what it is now is backed up first. A library too
    damaged to be opened is set aside, and the backup takes its place.
    """
    if undo == bool(source) or (undo and (replace or dry_run)) or (replace and dry_run):
        raise click.UsageError("Name a backup FILE, with --replace or --dry-run or neither, or --undo alone.")
    if not source:
        context.library.backups.undo_restore()
        say("The library is as it was before the restore.")
        return DONE
    path = Path(source).absolute()
    library = _opened(context, path)
    if library is None:
        return DONE
    if dry_run:
        _say_preview(library, path)
    elif replace:
        library.backups.restore(path)
        say(f"The library is as it was in {path}; “reader restore --undo” takes it back.")
    else:
        _merge(library, path)
    if library.backups.notice:
        complain(library.backups.notice)
    return DONE


def _opened(context: Context, path: Path) -> Library | None:
    """The library; None when it was too damaged and the backup has taken its place."""
    from reader.services.library import LibraryDamaged
    from reader.services.replacing import put_in_place

    try:
        return context.library
    except LibraryDamaged:
        aside = put_in_place(context.library_path, path)
        complain(f"The damaged library was set aside as {aside}")
        say(f"The library is as it was in {path}")
        return None


def _merge(library: Library, path: Path) -> None:
    report = library.backups.merge(path)
    if report.change:
        say(f"Merged: {report.words}. “reader undo” takes it back.")
    else:
        say(f"Nothing to merge: {report.words}.")
    for note in report.notes:
        complain(note)


def _say_preview(library: Library, path: Path) -> None:
    seen = library.backups.preview(path)
    say(f"The backup holds {seen.holds}.")
    for label, outcome in (("Merging it", seen.merge), ("Replacing the library by it", seen.replace)):
        say(f"{label}: {'; '.join(outcome.words) or 'nothing would change'}.")
        _say_names(outcome)


def _say_names(outcome: Outcome) -> None:
    for kind, moves in (("document", outcome.documents), ("annotation", outcome.annotations), ("tag", outcome.tags)):
        _say_moves(kind, moves)


def _say_moves(kind: str, moves: Moves) -> None:
    for sign, names in (("+", moves.added), ("*", moves.changed), ("-", moves.gone)):
        for name in names[:_NAMED]:
            say(f"  {sign} {kind} {name}")
        if len(names) > _NAMED:
            say(f"  {sign} and {len(names) - _NAMED:,} more")


@click.command()
@pass_context
def recover(context: Context) -> int:
    """Make a damaged library whole from what can be read.

    What its history knows and what the newest backup has fills the gaps. The damaged file is kept beside it,
    untouched. A sound library is left as it is.
    """
    from reader.services.recovery import recover as make_whole

    library = context.library_path
    if _is_open_elsewhere(library):
        complain("A window has this library open; close it first.")
        return FAILED
    if library.is_file() and _is_sound(library):
        say("The library is sound; there is nothing to recover.")
        return DONE
    said: list[str] = []

    def progress(what: str, _done: int, _total: int) -> None:
        if what not in said:
            said.append(what)
            complain(f"{what}…")

    report = make_whole(library, progress)
    for line in report.lines if report else ():
        say(line)
    return DONE


def _is_open_elsewhere(library: Path) -> bool:
    from reader.handover import ABSENT, hand_over

    return hand_over(str(library), []) != ABSENT


def _is_sound(library: Path) -> bool:
    """Whether the library opens and holds no damage; one that is busy, too new or away is said as it always is."""
    from reader.services.library import Library, LibraryDamaged

    try:
        opened = Library.open(library)
    except LibraryDamaged:
        return False
    try:
        return not opened.integrity()
    finally:
        opened.close()
