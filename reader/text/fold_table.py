"""What each code point folds to, worked out when it is first met and kept for the process."""

import unicodedata
from collections.abc import Iterable
from functools import cache

# Dropped: soft hyphen, grapheme joiner, Arabic letter mark, zero width space and joiners, directional
# marks and isolates, word joiner, variation selectors, byte order mark, tatweel.
_DROPPED = frozenset(
    "\u00ad\u034f\u061c\u180e\u0640\ufeff"
    + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))))
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)

# Letters that two keyboards type differently for the same word, and typographic punctuation.
_VARIANTS = {
    **dict.fromkeys("يىې", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ةۀەۂۃ", "ه"),
    "ٱ": "ا",
    **dict.fromkeys("‘’‚‛ʼʻ′´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u2028\u2029\x85\u1680", " "),
}

# Letters whose stroke or form Unicode does not decompose, for folding accents.
_STROKED = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
_BASES = {
    **_STROKED,
    **{letter.upper(): base.upper() for letter, base in _STROKED.items() if letter != "ı"},
    "ئ": "ی",
    "ؤ": "و",
}

# Ideographs and Hangul syllables fold to themselves; skipping them saves 30,000 look-ups in a CJK text.
_UNCHANGED_PAGES = frozenset((*range(0x34, 0x4D), *range(0x4E, 0x9F), *range(0xAC, 0xD7), *range(0xD8, 0xE0)))


def is_accent(char: str) -> bool:
    """Whether this is a mark that readers may leave out: Latin, Greek or Cyrillic accents, points, harakat.

    Vowel signs and the like of Indic and South East Asian scripts are no accents, nor are kana voicing marks.
    """
    place = unicodedata.combining(char)
    return place == 1 or 10 <= place <= 36 or place >= 200


class FoldTable(dict[int, str]):
    """Code point to folded string, for one choice of case and accents; fit for `str.translate`."""

    def __init__(self, case: bool, accents: bool) -> None:
        super().__init__()
        self._case = case
        self._accents = accents
        self._pages: dict[int, tuple[str, str]] = {}

    def __missing__(self, code_point: int) -> str:
        folded = self._folded(chr(code_point))
        self[code_point] = folded
        return folded

    def changed(self, page: int) -> str:
        """The code points of this page (256 of the BMP) whose folded form differs."""
        return self._page(page)[0]

    def resized(self, page: int) -> str:
        """The code points of this page whose folded form is not one code point long."""
        return self._page(page)[1]

    def of(self, chars: Iterable[str], *, resized: bool) -> str:
        """Those of `chars` that change, or that change their length."""
        return "".join(c for c in chars if (len(self[ord(c)]) != 1 if resized else self[ord(c)] != c))

    def _page(self, page: int) -> tuple[str, str]:
        if page in _UNCHANGED_PAGES:
            return "", ""
        if page not in self._pages:
            chars = [chr(page << 8 | low) for low in range(256)]
            self._pages[page] = self.of(chars, resized=False), self.of(chars, resized=True)
        return self._pages[page]

    def _folded(self, char: str) -> str:
        """One code point folded; again and again until nothing changes, so that folding twice is folding once."""
        before, after = char, self._step(char)
        while after != before:
            before, after = after, "".join(map(self._step, after))
        return after

    def _step(self, char: str) -> str:
        if char in _DROPPED:
            return ""
        if char in _VARIANTS:
            return _VARIANTS[char]
        if unicodedata.decimal(char, None) is not None:
            return str(unicodedata.decimal(char))
        plain = unicodedata.normalize("NFKC", char)
        if self._case:
            plain = unicodedata.normalize("NFKC", plain.casefold())
        return self._without_accents(plain) if self._accents else _accents_apart(plain)

    def _without_accents(self, text: str) -> str:
        bases = "".join(_BASES.get(c, c) for c in text)
        kept = (c for c in unicodedata.normalize("NFD", bases) if not is_accent(c))
        return unicodedata.normalize("NFC", "".join(_BASES.get(c, c) for c in kept))


def _accents_apart(text: str) -> str:
    """Accents as marks of their own, however they were typed; everything else stays composed."""
    apart = unicodedata.normalize("NFD", text)
    return apart if any(map(is_accent, apart)) else unicodedata.normalize("NFC", text)


@cache
def table(case: bool, accents: bool) -> FoldTable:
    """The table for this choice; True means that the difference is folded away."""
    return FoldTable(case, accents)
