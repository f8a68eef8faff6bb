"""What differs between two states of an annotation, in words."""

from collections.abc import Iterator, Mapping

from reader.model.annotation import AnchorState, Annotation, Color
from reader.text.joining import joined

_CONTEXT = 3
_MOST = 160


def differences(before: Annotation | None, after: Annotation | None, names: Mapping[Color, str]) -> tuple[str, ...]:
    """Sentences without an end, the weightiest first; `names` are those of the categories."""
    if after is None:
        return ("Deleted",)
    if before is None:
        return tuple(_made(after, names))
    return tuple(_changed(before, after, names))


def _made(mark: Annotation, names: Mapping[Color, str]) -> Iterator[str]:
    yield f"Passage: “{_short(joined(mark.quote))}”" if mark.quote else "Made"
    yield f"Category: {names[mark.color]}"
    if mark.note:
        yield f"Note: “{_short(mark.note)}”"
    if mark.tags:
        yield f"Tags: {', '.join(mark.tags)}"


def _changed(before: Annotation, after: Annotation, names: Mapping[Color, str]) -> Iterator[str]:
    if before.quote != after.quote:
        yield "Passage: " + changed_words(joined(before.quote), joined(after.quote))
    if before.note != after.note:
        yield "Note: " + changed_words(before.note, after.note)
    if before.color is not after.color:
        yield f"Category: {names[before.color]} → {names[after.color]}"
    if before.style is not after.style:
        yield f"Drawn as: {before.style} → {after.style}"
    yield from _tags(before.tags, after.tags)
    yield from _place(before, after)


def _tags(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    if gone := [tag for tag in before if tag not in after]:
        yield f"Without the {'tag' if len(gone) == 1 else 'tags'} {', '.join(gone)}"
    if new := [tag for tag in after if tag not in before]:
        yield f"With the {'tag' if len(new) == 1 else 'tags'} {', '.join(new)}"
    if before != after and not gone and not new:
        yield "Tags in another order"


def _place(before: Annotation, after: Annotation) -> Iterator[str]:
    if before.state is not after.state:
        yield f"In the text: {before.state} → {after.state}"
    elif before.quote == after.quote and _start(before) != _start(after):
        yield "Stands elsewhere in the text"
    elif before.quote == after.quote and _rects(before) != _rects(after):
        yield "Stands elsewhere on the page"
    if before.picture != after.picture:
        yield "Another picture of the area" if after.picture else "Without a picture of the area"
    if before.reviewed != after.reviewed and after.state is AnchorState.LOST:
        yield "Kept as lost" if after.reviewed else "To be looked at again"


def _start(mark: Annotation) -> int | None:
    return mark.anchor.start if mark.anchor else None


def _rects(mark: Annotation) -> object:
    return mark.anchor.rects if mark.anchor else None


def changed_words(before: str, after: str) -> str:
    """ "“… was full …” → “… was empty …”": only the words that differ, with a few around them."""
    if not before:
        return f"“{_short(after)}”"
    if not after:
        return f"“{_short(before)}” → nothing"
    old, new = before.split(), after.split()
    if old == new:
        return "other blanks and lines"
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    first, last = max(head - _CONTEXT, 0), max(tail - _CONTEXT, 0)
    return f"“{_cut(old, first, last)}” → “{_cut(new, first, last)}”"


def _cut(words: list[str], first: int, last: int) -> str:
    kept = " ".join(words[first : len(words) - last])
    return _short(f"{'… ' if first else ''}{kept}{' …' if last else ''}")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _MOST else f"{line[: _MOST - 1]}…"
