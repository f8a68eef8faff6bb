"""A story with marks in it, and the words that they resolve to."""

from hypothesis import strategies as st

from reader.model.annotation import Anchor, AnchorState
from reader.text.anchoring import CONTEXT, describe, resolve
from tests.text.strategies import any_text, mixed_text

EXACT, MOVED, LOST = AnchorState.EXACT, AnchorState.MOVED, AnchorState.LOST

STORY = (
    "The water board met in March. The survey of 1988 says that the dam would hold forty million cubic metres. "
    "Nobody in Upper Lenn was asked, and nobody in Lower Lenn was told. The mayor called it a misunderstanding.\n\n"
    "In April the mill burned. The survey of 2013 says that the river carries half of what it carried then, and "
    "the farmers, who remember August, say less. The mayor called it a misunderstanding.\n\n"
    "There was no vote in May either; the keeper went on writing down the depth of the water every morning."
)
MISTAKE = "The mayor called it a misunderstanding."
repeated_text = st.builds(
    lambda piece, times: piece * times, st.text("ab \n", min_size=1, max_size=7), st.integers(1, 60)
)
texts = mixed_text | any_text | repeated_text | st.lists(st.sampled_from(STORY.split(". ")), max_size=9).map(". ".join)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text and a range in it that is not empty."""
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    return text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT]


def mark(quote: str, text: str = STORY, *, nth: int = 0) -> Anchor:
    at = -1
    for _ in range(nth + 1):
        at = text.index(quote, at + 1)
    return describe(text, at, at + len(quote))


def found(text: str, anchor: Anchor) -> str:
    """The words that the anchor resolves to; "" when it is lost."""
    result = resolve(text, anchor)
    return "" if result.state is LOST else text[result.start : result.end]
