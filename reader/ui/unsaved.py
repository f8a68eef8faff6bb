"""Words that could not be written: kept until they are, or until whoever wrote them lets them go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unsaved:
    """`words` as they were typed, the `reason` in one sentence; `again` tries to write what stands there now."""

    words: str
    reason: str
    again: Callable[[], object]


def in_words(tags: Sequence[str]) -> str:
    """Tags as they are typed, for the clipboard."""
    return ", ".join(tags)
