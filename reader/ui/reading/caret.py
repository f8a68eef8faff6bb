"""Where the caret goes: one function a kind of step, positions in and out as code points of the document."""

from enum import Enum, auto

from reader.ui.reading.base_flow import BaseFlow
from reader.ui.reading.box import Box


class Step(Enum):
    """A way to move. LEFT and RIGHT are as seen, the others follow the text."""

    LEFT = auto()
    RIGHT = auto()
    WORD_LEFT = auto()
    WORD_RIGHT = auto()
    SENTENCE_LEFT = auto()
    SENTENCE_RIGHT = auto()
    LINE_UP = auto()
    LINE_DOWN = auto()
    PARAGRAPH_UP = auto()
    PARAGRAPH_DOWN = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    LINE_START = auto()
    LINE_END = auto()
    TEXT_START = auto()
    TEXT_END = auto()


SIDEWAYS = {
    Step.LEFT: Step.RIGHT,
    Step.RIGHT: Step.LEFT,
    Step.WORD_LEFT: Step.WORD_RIGHT,
    Step.WORD_RIGHT: Step.WORD_LEFT,
    Step.SENTENCE_LEFT: Step.SENTENCE_RIGHT,
    Step.SENTENCE_RIGHT: Step.SENTENCE_LEFT,
}
UP_DOWN = frozenset({Step.LINE_UP, Step.LINE_DOWN, Step.PAGE_UP, Step.PAGE_DOWN})
_WORDS = frozenset({Step.WORD_LEFT, Step.WORD_RIGHT})
_SENTENCES = frozenset({Step.SENTENCE_LEFT, Step.SENTENCE_RIGHT})


def moved(flow: BaseFlow, position: int, step: Step, goal_x: int, page_height: int) -> int:
    """Where `step` leads from `position`. `goal_x` (chunk pixels) is kept over lines of different length."""
    box = flow.box_of(position)
    if box is None:
        return position
    if step in SIDEWAYS and box.right_to_left:
        step = SIDEWAYS[step]
    if step in _WORDS or step in _SENTENCES:
        return _by_unit(flow, position, step)
    if step in UP_DOWN:
        return _up_or_down(flow, box, position, step, goal_x, page_height)
    match step:
        case Step.LEFT:
            return _previous(flow, box, position)
        case Step.RIGHT:
            return _next(flow, box, position)
        case Step.PARAGRAPH_UP:
            return _paragraph_up(flow, box, position)
        case Step.PARAGRAPH_DOWN:
            return _paragraph_down(flow, position)
        case Step.LINE_START:
            return box.line_limits(position)[0]
        case Step.LINE_END:
            return box.line_limits(position)[1]
        case Step.TEXT_START:
            return flow.first
        case _:
            return flow.last


def paragraph_at(flow: BaseFlow, position: int) -> tuple[int, int]:
    """The whole block round a position, as it is shown (hard-wrapped lines are one paragraph)."""
    box = flow.box_of(position)
    return (box.block_start, box.block_end) if box else (position, position)


def word_at(flow: BaseFlow, position: int) -> tuple[int, int]:
    """The word at a position."""
    from reader.text import limits

    return limits.word_at(flow.source.document.text, position)


def _by_unit(flow: BaseFlow, position: int, step: Step) -> int:
    from reader.text import limits

    document = flow.source.document
    if step in _WORDS:
        by_word = limits.previous_word if step == Step.WORD_LEFT else limits.next_word
        found = by_word(document.text, position)
        return _allowed(flow, found, forward=step == Step.WORD_RIGHT)
    by_sentence = limits.previous_sentence if step == Step.SENTENCE_LEFT else limits.next_sentence
    found = by_sentence(document.text, position, hard_wrapped=document.hard_wrapped or flow.fixed)
    return _allowed(flow, found, forward=step == Step.SENTENCE_RIGHT)


def _allowed(flow: BaseFlow, position: int, *, forward: bool) -> int:
    """The nearest place for the caret on its way: within what is shown, not inside hidden text."""
    return min(max(flow.first, flow.source.hidden.outside(position, forward=forward)), flow.last)


def _previous(flow: BaseFlow, box: Box, position: int) -> int:
    if position > box.end:
        return box.end
    if position > box.start:
        return box.before(position)
    before = _box_before(flow, position)
    return before.end if before else position


def _next(flow: BaseFlow, box: Box, position: int) -> int:
    if position < box.end:
        return box.after(position)
    after = _box_after(flow, position)
    return after.start if after else position


def _box_before(flow: BaseFlow, position: int) -> Box | None:
    """The last box that ends before `position`, or on it without holding it."""
    boxes = flow.boxes_backward(flow.chunks.index_of(position))
    return next((box for box in boxes if box.start < position and box.end <= position), None)


def _box_after(flow: BaseFlow, position: int) -> Box | None:
    boxes = flow.boxes_forward(flow.chunks.index_of(position))
    return next((box for box in boxes if box.start > position), None)


def _paragraph_up(flow: BaseFlow, box: Box, position: int) -> int:
    if position > box.start:
        return box.block_start
    before = _box_before(flow, position)
    return before.block_start if before else flow.first


def _paragraph_down(flow: BaseFlow, position: int) -> int:
    after = _box_after(flow, position)
    return after.start if after else flow.last


def _up_or_down(flow: BaseFlow, box: Box, position: int, step: Step, goal_x: int, page_height: int) -> int:
    down = step in (Step.LINE_DOWN, Step.PAGE_DOWN)
    distance = page_height if step in (Step.PAGE_UP, Step.PAGE_DOWN) else 0
    index = flow.chunks.index_of(position)
    line = flow.line_rect(position)
    y = line.bottom() + 1 + distance if down else line.top() - 1 - distance
    if not distance:
        beside = _next_line(flow, box, position, down=down)
        return beside[0].position_at(goal_x, beside[1]) if beside else _edge(flow, down=down)
    index, y = flow.walk(index, y)
    page = flow.page(index)
    target = page.box_near(goal_x, y)
    if target is None or not -1 <= y <= page.height:
        return _edge(flow, down=down)
    return target.position_at(goal_x, y)


def _edge(flow: BaseFlow, *, down: bool) -> int:
    return flow.last if down else flow.first


def _next_line(flow: BaseFlow, box: Box, position: int, *, down: bool) -> tuple[Box, int] | None:
    """The box and chunk height of the line above or below: within the box, else in the next one that way."""
    inside = box.line_beside(position, down=down)
    if inside is not None:
        return box, inside
    index = flow.chunks.index_of(box.start)
    if down:
        after = next((b for b in flow.boxes_forward(index) if b.start > box.start and _is_below(flow, b, box)), None)
        return (after, after.y) if after else None
    before = next((b for b in flow.boxes_backward(index) if b.start < box.start and _is_below(flow, box, b)), None)
    return (before, before.y + before.height - 1) if before else None


def _is_below(flow: BaseFlow, lower: Box, upper: Box) -> bool:
    """Whether a box lies under another, not beside it in a row of a table."""
    same = flow.chunks.index_of(lower.start) == flow.chunks.index_of(upper.start)
    return not same or lower.is_below(upper)
