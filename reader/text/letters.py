"""Where a code point of a short text is in another version of it, by the fewest edits that make one of the other."""

from collections.abc import Iterable

from reader.text.fold_table import table

Step = tuple[int, int, int, int]


def mapped(old: str, new: str, position: int, *, last: bool) -> list[int]:
    """Where `old[position]` begins in `new`, or, with `last`, ends; two places where it may be either.

    What was inserted right before it, or with `last` right behind it, does not belong to it. Of several ways that
    need as few edits, the one that keeps letters early and the one that keeps them late are looked at.
    """
    from rapidfuzz.distance import Levenshtein

    old, new = _folded(old), _folded(new)
    ahead = ((op.src_start, op.src_end, op.dest_start, op.dest_end) for op in Levenshtein.opcodes(old, new))
    back = (
        (len(old) - op.src_end, len(old) - op.src_start, len(new) - op.dest_end, len(new) - op.dest_start)
        for op in Levenshtein.opcodes(old[::-1], new[::-1])
    )
    early, late = _through(ahead, position, last=last), _through(back, position, last=last)
    return [early] if early == late else [early, late]


def _through(steps: Iterable[Step], position: int, *, last: bool) -> int:
    """The place of a code point through the steps that turn the older text into the newer."""
    for old_start, old_end, new_start, new_end in steps:
        if old_start <= position < old_end:
            return min(new_start + position - old_start + last, new_end)
    raise ValueError(f"position {position} is outside the text")


class _Folding(dict[int, str]):
    """Code point to the one without case and accent; to itself where there are more of these or none."""

    def __missing__(self, code_point: int) -> str:
        folded = table(case=True, accents=True)[code_point]
        self[code_point] = folded if len(folded) == 1 else chr(code_point)
        return self[code_point]


_folding = _Folding()


def _folded(text: str) -> str:
    """The text without case and accents, as far as its code points keep their number."""
    return text.translate(_folding)
