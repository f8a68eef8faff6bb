"""`reader verify`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.commands.common import (
    DONE,
    FAILED,
    Context,
    complain,
    json_option,
    pass_context,
    path_given,
    read_standard_input,
    row,
    say_json,
)

if TYPE_CHECKING:
    from reader.services.verifying import Verified, VerifiedDocument


@click.command()
@click.argument("source", metavar="FILE", callback=path_given)
@json_option
@pass_context
def verify(context: Context, source: str, as_json: bool) -> int:
    """Say what of an exported file still holds.

    Compares it with the texts that the library has now, and changes nothing. Writes one line a document: its id here
    (- when it is not), whether its text is the same, how its marks stand, its title. - reads standard input. A folder
    that was exported to as Markdown is looked through file by file.
    """
    data = read_standard_input() if source == "-" else Path(source)
    found = context.library.exchange.verify(data)
    if as_json:
        from reader.commands.shapes import verified

        say_json(verified(found))
    else:
        short = {summary.uid: summary.short_id for summary in context.library.documents.list()}
        for document in found.documents:
            row(short.get(document.here, "-"), document.text, _counts(document), document.title)
        row("all", "", _counts(found), "")
    for problem in found.problems:
        complain(problem)
    return DONE if _all_holds(found) else FAILED


def _counts(found: "Verified | VerifiedDocument") -> str:
    from reader.services.verifying import Holds

    return ", ".join(f"{found.count(holds):,} {holds}" for holds in Holds)


def _all_holds(found: "Verified") -> bool:
    from reader.services.verifying import Holds

    return not found.problems and not any(found.count(holds) for holds in Holds if holds is not Holds.EXACT)
