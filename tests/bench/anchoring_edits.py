"""Edits as people and converters make them, in growing strength, with the truth: where each code point went."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

NEW = -1
"""The origin of a code point that no code point of the older text became."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A text, and for each of its code points the one of the older text that it was (or `NEW`)."""

    text: str
    origins: list[int]

    def part(self, start: int, end: int) -> "Edited":
        return Edited(self.text[start:end], self.origins[start:end])

    def rewritten(self, text: str) -> "Edited":
        """Other letters at the same places."""
        assert len(text) == len(self.text)
        return Edited(text, self.origins)


def unedited(text: str) -> Edited:
    return Edited(text, list(range(len(text))))


def new(text: str) -> Edited:
    return Edited(text, [NEW] * len(text))


def together(parts: list[Edited], between: str = "") -> Edited:
    """The parts one after the other, `between` put in as new."""
    text = between.join(part.text for part in parts)
    origins: list[int] = []
    for number, part in enumerate(parts):
        origins += [NEW] * (len(between) if number else 0) + part.origins
    return Edited(text, origins)


def _replaced(edited: Edited, pattern: str, change: Callable[[re.Match[str]], str | None]) -> Edited:
    """What the pattern finds replaced (None: left); letters keep their origins."""
    parts: list[str] = []
    origins: list[int] = []
    at = 0
    for found in re.finditer(pattern, edited.text):
        instead = change(found)
        if instead is None:
            continue
        start, end = found.span()
        parts += (edited.text[at:start], instead)
        origins += edited.origins[at:start] + _origins(found.group(), instead, edited.origins[start:end])
        at = end
    return Edited("".join(parts) + edited.text[at:], origins + edited.origins[at:])


def _origins(old: str, instead: str, origins: list[int]) -> list[int]:
    """The origins of what stands instead: letters that were swapped, or had others put before them, keep theirs."""
    if instead == old[::-1]:
        return origins[::-1]
    if instead.endswith(old) or old.endswith(instead):
        return [NEW] * (len(instead) - len(old)) + origins[max(0, len(old) - len(instead)) :]
    return origins[: len(instead)] + [NEW] * (len(instead) - len(old))


def _pieces(edited: Edited, pattern: str) -> list[Edited]:
    """The text cut behind each place that the pattern finds."""
    edges = [0, *(found.end() for found in re.finditer(pattern, edited.text)), len(edited.text)]
    return [edited.part(a, b) for a, b in pairwise(edges) if a < b]


def paragraphs(edited: Edited) -> list[Edited]:
    return _pieces(edited, r"\n+")


def sentences(edited: Edited) -> list[Edited]:
    return _pieces(edited, r"[.?!。؟]+[\"”]?\s*|\n+")


def _letters_near(letter: str) -> str:
    """A letter of the same script, by its code point."""
    return chr(ord(letter) + 1) if chr(ord(letter) + 1).isalpha() else chr(ord(letter) - 1)


def typos(rng: Random, edited: Edited, strength: float) -> Edited:
    """So many letters of a hundred mistyped, doubled, left out or swapped."""

    def change(found: re.Match[str]) -> str | None:
        if rng.random() >= strength / 100:
            return None
        letter = found.group()
        return rng.choice((_letters_near(letter[0]) + letter[1:], letter[0] + letter, letter[1:], letter[::-1]))

    return _replaced(edited, r"[^\W_]{2}", change)


def rewording(rng: Random, edited: Edited, strength: float) -> Edited:
    """So many words of a hundred replaced, left out or added."""
    stock = re.findall(r"[^\W\d_]{1,9}", edited.text)

    def change(found: re.Match[str]) -> str | None:
        if rng.random() >= strength / 100:
            return None
        word, luck = found.group(), rng.random()
        other = rng.choice(stock)
        return other if luck < 0.5 else "" if luck < 0.75 else f"{word} {other}"

    return _replaced(edited, r"[^\W\d_]{1,9}", change)


def inserted(rng: Random, edited: Edited, strength: float) -> Edited:
    """A new sentence behind so many of a hundred."""
    parts: list[Edited] = []
    stock = sentences(edited)
    for piece in stock:
        parts.append(piece)
        if rng.random() < strength / 100:
            first, second = rng.choice(stock).text, rng.choice(stock).text
            parts.append(new(first[: len(first) // 2] + second[len(second) // 2 :]))
    return together(parts)


def deleted(rng: Random, edited: Edited, strength: float) -> Edited:
    """So many sentences of a hundred left out, half of them in runs."""
    parts: list[Edited] = []
    run = 0
    for piece in sentences(edited):
        if run or rng.random() < strength / 150:
            run = run - 1 if run else rng.choice((0, 0, 0, 2))
        else:
            parts.append(piece)
    return together(parts)


def moved(rng: Random, edited: Edited, strength: float) -> Edited:
    """So many paragraphs of a hundred put elsewhere."""
    pieces = paragraphs(edited)
    chosen = {at for at in range(len(pieces)) if rng.random() < strength / 100}
    kept = [piece for at, piece in enumerate(pieces) if at not in chosen]
    for at in chosen:
        kept.insert(rng.randint(0, len(kept)), pieces[at])
    return together(kept)


def copied(rng: Random, edited: Edited, strength: float) -> Edited:
    """So many paragraphs of a hundred, or one sentence of each, repeated elsewhere."""
    pieces = paragraphs(edited)
    for whole in list(pieces):
        if rng.random() < strength / 100:
            part = whole if rng.random() < 0.5 else rng.choice(sentences(whole) or [whole])
            copy = new(part.text if part.text.endswith("\n") else part.text + "\n\n")
            pieces.insert(rng.randint(0, len(pieces)), copy)
    return together(pieces)


def _some(rng: Random, strength: float, change: Callable[[str], str]) -> Callable[[re.Match[str]], str | None]:
    return lambda found: change(found.group()) if rng.random() < strength / 100 else None


def curled(rng: Random, edited: Edited, strength: float) -> Edited:
    """So many of a hundred quotation marks, apostrophes, dashes and points as a typesetter wants them."""
    done = _replaced(edited, r'(?<!\S)"', _some(rng, strength, lambda _: "“"))
    done = _replaced(done, r'"', _some(rng, strength, lambda _: "”"))
    done = _replaced(done, r"'", _some(rng, strength, lambda _: "’"))
    done = _replaced(done, r" - ", _some(rng, strength, lambda _: rng.choice((" – ", "—"))))
    return _replaced(done, r"\.\.\.", _some(rng, strength, lambda _: "…"))


def hyphens(rng: Random, edited: Edited, strength: float) -> Edited:
    """So many of a hundred long words cut by a hyphen at the end of a line, or given soft hyphens."""

    def change(found: re.Match[str]) -> str | None:
        if rng.random() >= strength / 100:
            return None
        return found.group() + rng.choice(("-\n", "\u00ad"))

    return _replaced(edited, r"[^\W\d_]{3}(?=[^\W\d_]{3})", change)


_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ", "لا": "ﻻ"}


def ligatures(rng: Random, edited: Edited, strength: float) -> Edited:
    """So many of a hundred pairs of letters as one sign, and Persian letters as a page's glyphs."""
    done = _replaced(edited, "|".join(_LIGATURES), _some(rng, strength, lambda letters: _LIGATURES[letters]))
    return _replaced(done, "[یک]", _some(rng, strength / 2, lambda letter: {"ی": "ي", "ک": "ك"}[letter]))


def white_space(rng: Random, edited: Edited, strength: float) -> Edited:
    """So many of a hundred spaces as line ends, two spaces, hard ones; some paragraphs joined."""
    done = _replaced(
        edited, " ", _some(rng, strength, lambda _: rng.choice(("\n", "\n", "\n", "  ", "\u00a0", " \n    ")))
    )
    return _replaced(done, r"\n\n", _some(rng, strength / 4, lambda _: rng.choice((" ", "\n", "\n\n\n"))))


_MISREAD = {
    "rn": "m",
    "m": "rn",
    "l": "1",
    "1": "l",
    "I": "l",
    "O": "0",
    "0": "O",
    "e": "c",
    "c": "e",
    "h": "b",
    "t": "f",
    "u": "ii",
    "cl": "d",
    "w": "vv",
    "s": "5",
    " ": "",
    "i": "í",
    ".": ",",
    "ب": "پ",
    "ر": "ز",
    "ن": "ت",
    "ی": "ب",
    "的": "白",
    "一": "-",
    "人": "入",
    "大": "太",
}


def misread(rng: Random, edited: Edited, strength: float) -> Edited:
    """So many letters of a hundred taken for others, as by a program that reads pictures of pages."""

    def change(found: re.Match[str]) -> str | None:
        if rng.random() >= strength / 100:
            return None
        sign = found.group()
        return _MISREAD.get(sign, rng.choice(("", ".", _letters_near(sign[-1]))))

    return _replaced(edited, r"rn|cl|\w|[ .]", change)


def running_heads(rng: Random, edited: Edited, strength: float) -> Edited:
    """The text on pages, shorter ones the stronger: each with a head and a number, wherever a page happens to end."""
    lines = int(200 / strength)
    title = " ".join(re.findall(r"\w+", edited.text)[:4])
    parts: list[Edited] = []
    at, page = 0, rng.randint(1, 90)
    while at < len(edited.text):
        end = min(len(edited.text), at + lines * rng.randint(60, 75))
        end = edited.text.find(" ", end) if end < len(edited.text) else end
        end = len(edited.text) if end < 0 else end
        page += 1
        parts += [edited.part(at, end), new(f"\n{page}\n\n{title}\n")]
        at = end
    return together(parts)


def folded(rng: Random, edited: Edited, strength: float) -> Edited:
    """So many paragraphs of a hundred in capitals or small letters, and that share of accents gone."""
    parts: list[Edited] = []
    for part in paragraphs(edited):
        if rng.random() < strength / 100:
            case = rng.choice((str.upper, str.lower))
            parts.append(part.rewritten("".join(_one(case(c), c) for c in part.text)))
        else:
            parts.append(part)
    bare = _some(rng, strength, lambda c: unicodedata.normalize("NFD", c)[0])
    return _replaced(together(parts), r"[À-ɏ]", bare)


def _one(folded: str, char: str) -> str:
    return folded if len(folded) == 1 else char


def everything(rng: Random, edited: Edited, strength: float) -> Edited:
    """A new edition: a little of all the rest."""
    steps: tuple[tuple[Edit, float], ...] = (
        (inserted, strength),
        (deleted, strength / 2),
        (moved, strength / 2),
        (rewording, strength / 4),
        (typos, strength / 10),
        (curled, 10 * strength),
        (ligatures, 5 * strength),
        (white_space, strength),
        (hyphens, strength / 2),
        (running_heads, strength / 2),
    )
    for edit, share in steps:
        edited = edit(rng, edited, share)
    return edited


Edit = Callable[[Random, Edited, float], Edited]
EDITS: dict[str, tuple[Edit, tuple[float, ...]]] = {
    "typos": (typos, (1, 4, 10)),
    "words changed": (rewording, (2, 8, 20)),
    "sentences inserted": (inserted, (2, 10, 40)),
    "sentences deleted": (deleted, (2, 10, 40)),
    "paragraphs moved": (moved, (5, 20, 60)),
    "passages repeated": (copied, (5, 20, 60)),
    "quotes curled": (curled, (10, 50, 100)),
    "hyphens": (hyphens, (1, 5, 20)),
    "ligatures": (ligatures, (10, 50, 100)),
    "white space": (white_space, (5, 20, 100)),
    "misread letters": (misread, (1, 4, 10)),
    "running heads": (running_heads, (4, 10, 40)),
    "case and accents": (folded, (10, 40, 100)),
    "all of these": (everything, (2, 10, 20)),
}


def edited_texts(rng: Random, text: str) -> Iterator[tuple[str, float, Edited]]:
    """The text edited in each kind and strength."""
    for kind, (edit, strengths) in EDITS.items():
        for strength in strengths:
            yield kind, strength, edit(rng, unedited(text), strength)
