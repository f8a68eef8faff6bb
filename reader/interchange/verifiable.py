"""Files that are verified: those that come in, and those that this program wrote for people to read."""

from reader.interchange import incoming
from reader.interchange.given import Given
from reader.interchange.incoming import Source
from reader.interchange.json_file import InterchangeError
from reader.interchange.records import Parsed

WRITTEN: tuple[Source, ...] = (
    Source("markdown", "Markdown", "Passage: Export…, Markdown.", (".md",), "reader.interchange.markdown_reader"),
    Source("html", "Report (HTML)", "Passage: Export…, Report (HTML).", (".html",), "reader.interchange.html_reader"),
)
"""The forms that are verified and not imported."""

NAMES = (*incoming.NAMES, *(one.name for one in WRITTEN))


def written(given: Given) -> Source | None:
    """The form of a file that is verified only; None when it is no such file."""
    return next((one for one in WRITTEN if one.recognises(given)), None)


def parse(given: Given, form: str = "") -> Parsed:
    """What a file holds; `form` is one of NAMES where the user says which it has.

    `InterchangeError` when there is nothing in it that can be verified, or it is not the form that it is said to be.
    """
    known = {one.name: one for one in (*incoming.SOURCES, *WRITTEN)}
    found = known[form] if form else written(given) or incoming.recognised(given)
    if found:
        return found.read(given)
    raise InterchangeError(
        given.json_fault
        or "There is nothing in the file that can be verified; choose an export in another form. Passage JSON, W3C, "
        "tables, QDPX, Markdown and HTML are compared with their texts, Readwise and other programs' files by their "
        "quotes. A PDF with its marks is read when it is added, and what a template wrote is for people only."
    )
