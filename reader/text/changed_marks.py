"""Marks that are not where they were: which of them wait for a decision, and which are on other words now."""

from reader.model.annotation import AnchorState, Annotation, Style
from reader.text.joining import joined


def is_doubtful(mark: Annotation) -> bool:
    """Whether a mark waits for a decision: it has moved, or is lost and nobody has said that it may stay so."""
    return mark.state is AnchorState.MOVED or (mark.state is AnchorState.LOST and not mark.reviewed)


def words_changed(mark: Annotation, text: str) -> bool:
    """Whether a mark stands on other words of the text than it was made on; how lines end makes no difference."""
    anchor = mark.anchor
    if mark.state is not AnchorState.MOVED or anchor is None or mark.style is Style.AREA:
        return False
    here = text[anchor.start : anchor.end]
    return here != anchor.exact and joined(here) != joined(anchor.exact)
