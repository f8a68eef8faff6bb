"""Masks: stretches of a text that are hidden from reading, or that were proposed for hiding and are kept."""

from dataclasses import dataclass
from enum import StrEnum

from reader.model.annotation import Anchor, AnchorState


class MaskState(StrEnum):
    """What was decided of a stretch: not to be shown, or to stay although it looked like debris."""

    HIDDEN = "hidden"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Mask:
    """A decision on a stretch of the text, which itself never changes.

    `uid` is a UUIDv7; `anchor_state` says where it stands in the present text (a lost one hides nothing);
    `created` and `modified` are UTC instants such as 2026-11-21T16:02:00.000Z.
    """

    uid: str
    document_uid: str
    anchor: Anchor
    state: MaskState = MaskState.HIDDEN
    anchor_state: AnchorState = AnchorState.EXACT
    created: str = ""
    modified: str = ""

    @property
    def stands(self) -> bool:
        """Whether the anchor's positions mean a place in the present text."""
        return self.anchor_state is not AnchorState.LOST
