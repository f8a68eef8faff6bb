"""`reader undo`, `redo`, `history`, `check`, `backup`, `restore` and `demo`."""

from pathlib import Path

import click

from reader.commands.common import DONE, FAILED, Context, complain, pass_context, path_given, row, say


@click.command()
@pass_context
def undo(context: Context) -> int:
    """Take the last action back."""
    change = context.library.history.undo()
    if change is None:
        complain("There is nothing to undo.")
        return DONE
    say(change.label)
    return DONE


@click.command()
@pass_context
def redo(context: Context) -> int:
    """Do again what was undone last."""
    change = context.library.history.redo()
    if change is None:
        complain("There is nothing to redo.")
        return DONE
    say(change.label)
    return DONE


@click.command()
@click.option(
    "--annotation", "mark_id", metavar="ID", default="", help="The past of one annotation, also of a deleted one."
)
@click.option("--restore", "number", metavar="N", type=click.IntRange(min=1), help="Make it what it was after step N.")
@pass_context
def history(context: Context, mark_id: str, number: int | None) -> int:
    """List the last hundred actions, newest first.

    Writes one line an action: when, what, and done or undone. Of an annotation: the number of the step, when, what,
    done or undone, on which computer, and what was different.
    """
    if number is not None and not mark_id:
        raise click.UsageError("--restore belongs to --annotation")
    if mark_id:
        return _past(context, context.library.past.resolve_id(mark_id), number)
    for action in context.library.history.list(100):
        row(action.when, action.label, "undone" if action.undone else "done")
    return DONE


def _past(context: Context, uid: str, number: int | None) -> int:
    """List the steps of an annotation, the first of all is number 1; or bring back what it was after one of them."""
    moments = context.library.past.of(uid)
    if number is None:
        for at, moment in enumerate(moments):
            action = moment.action
            state = "undone" if action.undone else "done"
            row(len(moments) - at, action.when, action.label, state, action.device, "; ".join(moment.differences))
        return DONE
    found = moments[-number].mark if number <= len(moments) else None
    if found is None:
        complain(f"There is no state after step {number} to bring back; list the steps without --restore.")
        return FAILED
    say(context.library.past.restore(found).label or "The annotation is already what it was then.")
    return DONE


@click.command()
@pass_context
def check(context: Context) -> int:
    """Check the file, every anchor, the copies, the newest backup.

    Says too which formats this computer reads, and what it lacks for more.
    """
    from reader.services.checking import check as check_library

    report = check_library(context.library)
    for line in report.found:
        say(line)
    for problem in report.problems:
        complain(problem)
    return FAILED if report.problems else DONE


@click.command()
@click.argument("target", metavar="FILE", callback=path_given)
@pass_context
def backup(context: Context, target: str) -> int:
    """Write a verified copy of the library file to FILE."""
    path = context.library.backups.write(Path(target).absolute())
    say(f"The library is backed up in {path}")
    return DONE


@click.command()
@click.option(
    "--out",
    metavar="DIR",
    default="demo",
    show_default=True,
    callback=path_given,
    help="Where pictures and JSON go.",
)
def demo(out: str) -> int:
    """Show the whole journey in the window, offscreen.

    Leaves pictures of each step and the JSON in DIR.
    """
    from reader.ui.demo import run

    return run(Path(out))
