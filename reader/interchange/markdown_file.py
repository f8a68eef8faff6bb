"""A Markdown file that we and the user write: read, brought up to date, and what is to be known of it."""

from collections.abc import Callable
from dataclasses import dataclass

from reader.interchange import front_matter
from reader.interchange.managed import digest, written_before
from reader.interchange.managed_merging import merge
from reader.interchange.markdown_notes import COUNT, UID, Note

_FRONT = "front-"
_NAME = "name"


@dataclass(frozen=True, slots=True)
class Updated:
    """A file brought up to date. The numbers and `fresh` are those of `managed_merging.Merged`."""

    text: str
    kept_out: int = 0
    kept: int = 0
    fresh: frozenset[str] = frozenset()


def document_of(text: str) -> str:
    """The uid of the document that a file (or its beginning) is of; empty for a file that is not ours."""
    return front_matter.value(text.removeprefix("\ufeff"), UID)


def name_given(text: str) -> str:
    """The digest of the name that we gave a file."""
    return written_before(text)[1].get(_NAME, "")


def updated(text: str, made: Note, is_gone: Callable[[str], bool], name: str) -> Updated:
    """`text` (empty for a new file) with what `made` says, outside of which nothing changes.

    `is_gone` tells whether the mark of a key is in the library no more; `name` is what we call the file, empty for one
    that the user named.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    end = "\r\n" if "\r\n" in text else "\n"
    head, body = front_matter.split(text.removeprefix(mark))
    values = written_before(body)[1]
    before = {key.removeprefix(_FRONT): said for key, said in values.items() if key.startswith(_FRONT)}
    result = merge(body or end, made.items, is_gone, end)
    front = front_matter.merge(head, {**made.head, COUNT: result.marks}, before, end)
    named = digest(name) if name else values.get(_NAME)
    now = {_FRONT + key: said for key, said in front.written.items()} | ({_NAME: named} if named else {})
    lines = f"---{end}{front.text}---{end}" if front.text != head or not text else _before(text, mark, body)
    return Updated(mark + lines + result.text(now), result.kept_out, result.kept, result.fresh)


def _before(text: str, mark: str, body: str) -> str:
    """The head of a text as it stands there."""
    return text[len(mark) : len(text) - len(body)]
