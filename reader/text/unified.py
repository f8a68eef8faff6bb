"""Differences in the way that programmers read them: lines with - and +, and some lines around."""

from collections.abc import Iterator, Sequence

from reader.text.differences import changed

_AROUND = 3


def unified(before: str, after: str, names: tuple[str, str]) -> Iterator[str]:
    """The lines of a unified diff of two texts of these names, without line ends; none where they are the same."""
    old, new = (text.removesuffix("\n").split("\n") for text in (before, after))
    found = changed(old, new)
    if not found:
        return
    yield f"--- {names[0]}"
    yield f"+++ {names[1]}"
    group: list[tuple[int, int, int, int]] = []
    for where in found:
        if group and where[0] - group[-1][1] > 2 * _AROUND:
            yield from _hunk(old, new, group)
            group = []
        group.append(where)
    yield from _hunk(old, new, group)


def _hunk(old: Sequence[str], new: Sequence[str], group: Sequence[tuple[int, int, int, int]]) -> Iterator[str]:
    low, first = max(group[0][0] - _AROUND, 0), max(group[0][2] - _AROUND, 0)
    high, last = min(group[-1][1] + _AROUND, len(old)), min(group[-1][3] + _AROUND, len(new))
    yield f"@@ -{_place(low, high)} +{_place(first, last)} @@"
    at = low
    for start, end, here, there in group:
        yield from (f" {line}" for line in old[at:start])
        yield from (f"-{line}" for line in old[start:end])
        yield from (f"+{line}" for line in new[here:there])
        at = end
    yield from (f" {line}" for line in old[at:high])


def _place(low: int, high: int) -> str:
    return f"{low + 1 if high > low else low},{high - low}"
