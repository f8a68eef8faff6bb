"""The doubtful marks, kept up change by change, are those that are found among all marks anew."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import AnchorState, Annotation
from reader.text.anchoring import describe
from reader.ui.doubts import Doubts

BEFORE, NOW = "The council promised the town a lake.", "The council promises the city a lake."
MARKS = st.builds(
    lambda uid, place, state, reviewed: replace(
        Annotation(uid, "d", describe(BEFORE, *place)), state=state, reviewed=reviewed
    ),
    st.sampled_from("abcdef"),
    st.sampled_from([(0, 11), (12, 20), (25, 29)]),
    st.sampled_from(AnchorState),
    st.sampled_from(["", "2026-01-01T00:00:00.000Z"]),
)
CHANGES = st.lists(st.tuples(st.lists(MARKS, max_size=3), st.lists(st.sampled_from("abcdef"), max_size=2)), max_size=6)


@given(st.lists(MARKS), CHANGES)
def test_every_change_leads_to_what_all_marks_have(
    first: list[Annotation], changes: list[tuple[list[Annotation], list[str]]]
) -> None:
    here = {mark.uid: mark for mark in first}
    followed = Doubts(here.values(), NOW)
    for put, gone in changes:
        here |= {mark.uid: mark for mark in put}
        followed.take(put)
        followed.drop([here.pop(uid) for uid in set(gone) & here.keys()])
        anew = Doubts(here.values(), NOW)
        assert (followed.changed, followed.lost) == (anew.changed, anew.lost)


def test_only_other_words_and_undecided_losses_count() -> None:
    mark = Annotation("", "d", describe(BEFORE, 12, 20))
    same = replace(mark, uid="same", anchor=describe(BEFORE, 0, 11), state=AnchorState.MOVED)
    other = replace(mark, uid="other", state=AnchorState.MOVED)
    lost = replace(mark, uid="lost", state=AnchorState.LOST)
    kept = replace(lost, uid="kept", reviewed="2026-01-01T00:00:00.000Z")
    found = Doubts([replace(mark, uid="exact"), same, other, lost, kept], NOW)
    assert (found.changed, found.lost) == ({"other"}, {"lost"})
