"""What the history knows of single things: how an annotation came to be what it is, and what was deleted."""

from dataclasses import dataclass

from reader.model.annotation import Annotation
from reader.model.library import Action


@dataclass(frozen=True, slots=True)
class Moment:
    """One step in an annotation's past: the step, the annotation after it (None: deleted), and what was different.

    `differences` are sentences without an end; they call tags what they were called then. `present`: it is what the
    annotation is now.
    """

    action: Action
    mark: Annotation | None
    differences: tuple[str, ...] = ()
    present: bool = False


@dataclass(frozen=True, slots=True)
class DeletedMark:
    """An annotation as it was before it was deleted, the title of its document, and the step that deleted it."""

    mark: Annotation
    title: str
    action: Action


@dataclass(frozen=True, slots=True)
class DeletedTag:
    """A tag that was deleted or merged into another one: its uid and name, on how much it was, and the step."""

    uid: str
    name: str
    uses: int
    action: Action
