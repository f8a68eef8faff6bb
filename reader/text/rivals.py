"""Whether a place found for a quote can be trusted: nothing else reads like it, and it is more than a set phrase."""

from reader.text.as_read import Reading
from reader.text.matching import occurrences
from reader.text.pieces import key_of
from reader.text.seeds import SeedIndex

# Signs of a key in a piece that, if it stands elsewhere too, tells nothing.
_PIECE = 10
# So many signs that stand nowhere else make a place the quote's own.
_OWN = 20
_OWN_VERBATIM = 16
# Of these so many of the context on both sides, or so many of each half of the words.
_OWN_SIDE = 6
_OWN_WORDS = 8
# Equal signs in a row that are not equal by chance.
_RUN = 4
# Another place whose words and surroundings are nearly as like those of the mark makes it doubtful.
_MARGIN = 0.25
_MARGIN_VERBATIM = 0.1
_RIVALS = 6
# Any two passages are as like as that.
_BY_CHANCE = 0.45
# A rival holds the words themselves, likeness out of 100, so many signs from where its surroundings say.
_WORDS_ALIKE = 70
_ASIDE = 8


class Rivals:
    """What speaks against places of one text; knows what stands in it more than once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._seeds = SeedIndex(reading.key, _PIECE)

    def verbatim(self, prefix: str, exact: str, suffix: str) -> tuple[int, int] | None:
        """The place of the quote with all of its context, as it reads, if there is no doubt about it."""
        before, words, after = map(key_of, (prefix, exact, suffix))
        pattern = before + words + after
        for low in self._seeds.places(pattern, 1) if words else ():
            if low >= 0 and self._reading.key.startswith(pattern, low):
                place = self._reading.span(low + len(before), low + len(before) + len(words))
                return place if self.is_sure(prefix, exact, suffix, place) else None
        return None

    def same(self, exact: str, most: int) -> list[tuple[int, int]]:
        """Where the words stand, however they are written; signs round them belong to them as they do in the quote."""
        key = key_of(exact)
        if 2 * len(key) < len(exact):
            return []
        found = occurrences(self._reading.key, key, most)
        return [self._with_signs(exact, *self._reading.span(low, low + len(key))) for low in found]

    def _with_signs(self, exact: str, start: int, end: int) -> tuple[int, int]:
        """The place with as many signs before and behind it as the quote has there; spaces are none."""
        before = next(at for at, char in enumerate(exact) if key_of(char))
        after = next(at for at, char in enumerate(reversed(exact)) if key_of(char))
        text = self._reading.text
        while before and start and not text[start - 1].isspace() and not key_of(text[start - 1]):
            start, before = start - 1, before - 1
        while after and end < len(text) and not text[end].isspace() and not key_of(text[end]):
            end, after = end + 1, after - 1
        return start, end

    def is_sure(self, prefix: str, exact: str, suffix: str, place: tuple[int, int]) -> bool:
        """Whether the place holds enough of the quote and its context that is nowhere else, nor anything like it."""
        pattern, low, high = self._window(prefix, exact, suffix, place)
        alike = self._alike(pattern, low, high)
        first = len(key_of(prefix))
        own = self._own(pattern, low, high)
        last = first + len(key_of(exact))
        middle = (first + last) // 2
        left, words, right = sum(own[:first]), min(sum(own[first:middle]), sum(own[middle:last])), sum(own[last:])
        framed = left >= min(first, _OWN_SIDE) and right >= min(len(pattern) - last, _OWN_SIDE)
        begins = low == 0 and 0 < left == first
        if alike == 1:
            enough, margin = sum(own) >= _OWN_VERBATIM, _MARGIN_VERBATIM
        else:
            enough, margin = sum(own) >= _OWN and (words >= _OWN_WORDS or framed or begins), _MARGIN
        return enough and not self._has_rival(pattern, low, alike - margin, (first, last))

    def _own(self, pattern: str, low: int, high: int) -> list[bool]:
        """Of each sign of the pattern, whether it stands at the place and, in such company, nowhere else."""
        from rapidfuzz.distance import Levenshtein

        only = self._seeds.single(low, high)
        own = [False] * len(pattern)
        for block in Levenshtein.editops(pattern, self._reading.key[low:high]).as_matching_blocks():
            if block.size >= _RUN:
                own[block.a : block.a + block.size] = only[block.b : block.b + block.size]
        return own

    def _has_rival(self, pattern: str, low: int, least: float, words: tuple[int, int]) -> bool:
        """Whether something elsewhere is like the pattern at least as much, its words included."""
        from rapidfuzz.fuzz import partial_ratio

        size, (first, last) = len(pattern), words
        exact, key, least = pattern[first:last], self._reading.key, max(least, _BY_CHANCE)
        return any(
            self._alike(pattern, start, start + size) >= least
            and partial_ratio(exact, key[max(0, start + first - _ASIDE) : start + last + _ASIDE]) >= _WORDS_ALIKE
            for start in self._seeds.places(pattern, _RIVALS)
            if abs(start - low) > size // 4
        )

    def _alike(self, pattern: str, low: int, high: int) -> float:
        from rapidfuzz.distance import Levenshtein

        return Levenshtein.normalized_similarity(pattern, self._reading.key[max(0, low) : max(0, high)])

    def _window(self, prefix: str, exact: str, suffix: str, place: tuple[int, int]) -> tuple[str, int, int]:
        """The key of a quote with its context, and what of the text's key it is to be compared with."""
        before, words, after = map(key_of, (prefix, exact, suffix))
        low, high = self._reading.of(place[0]), self._reading.of(place[1])
        low, high = max(0, low - len(before)), min(len(self._reading.key), high + len(after))
        return before + words + after, low, high
