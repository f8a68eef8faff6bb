"""Texts to anchor marks in, invented from a seed: prose, minutes full of set phrases, tables, Persian, Chinese."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from random import Random

_LITTLE = (
    "the of and a to in is was he for it with as his on be at by had not are but from or have an they which one you "
    "were her all she there would their we him been has when who will more no if out so said what up its about into "
    "than them can only other new some could time these two may then do first any my now such like our over man me"
).split()
_ONSETS = "b br c ch cl d dr f fl fr g gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w wh y".split()
_NUCLEI = "a e i o u ai ea ee ie oo ou".split()
_CODAS = " b ck ct d ff ffi fi fl ft g l ll lt m mp n nd ng nt p r rd rk rm rn rt s sh ss st t th ve x".split(" ")

_PERSIAN_LITTLE = (
    "و در به از که این را با است آن برای یک تا بر هم نیز بود شد اما یا هر چه اگر او ما نه همه پس من".split()
)
_PERSIAN_LETTERS = "ابپتثجچحخدذرزسشصضطظعغفقکگلمنوهی"
_PERSIAN_WEIGHTS = (14, 5, 2, 6, 1, 2, 1, 2, 2, 7, 1, 8, 3, 5, 4, 1, 1, 1, 1, 2, 1, 3, 2, 4, 2, 4, 6, 7, 5, 4, 9)

_CHINESE_LITTLE = "的一是不了人在有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过"


def english(rng: Random, size: int) -> str:
    """Paragraphs of sentences, few of which occur twice, with quotations, names, numbers and accents."""
    return _paragraphs(rng, size, lambda: _sentence(rng))


def minutes(rng: Random, size: int) -> str:
    """Every second sentence is a set phrase, and whole paragraphs return word for word."""
    phrases = [_sentence(rng) for _ in range(8)]
    litany = " ".join(rng.choices(phrases, k=4))
    parts: list[str] = []
    length = 0
    while length < size:
        number = f"{rng.randint(1, 40)}. " if rng.random() < 0.5 else ""
        some = [rng.choice(phrases) if rng.random() < 0.5 else _sentence(rng) for _ in range(rng.randint(1, 5))]
        parts.append(litany if rng.random() < 0.15 else number + " ".join(some))
        length += len(parts[-1]) + 2
    return "\n\n".join(parts)


def table(rng: Random, size: int) -> str:
    """Rows of cells of which many are equal, a heading line that returns, and a note now and then."""
    head = "Date\tStation\tLevel\tInflow\tState\tRemark"
    stations = [_word(rng).capitalize() for _ in range(6)]
    rows, length = [head], 0
    while length < size:
        cells = (
            f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.{rng.randint(1990, 2024)}",
            rng.choice(stations),
            f"{rng.randint(200, 240)}.{rng.randint(0, 9)}",
            str(rng.choice((0, 0, 0, rng.randint(1, 99)))),
            rng.choice(("ok", "ok", "ok", "closed", "under repair")),
            rng.choice(("", "", "see note", "reading estimated, gauge frozen", _sentence(rng))),
        )
        rows.append("\t".join(cells))
        if rng.random() < 0.05:
            rows.append(rng.choice((head, f"Note. {_sentence(rng)}")))
        length += len(rows[-1]) + 1
    return "\n".join(rows)


def persian(rng: Random, size: int) -> str:
    """Right-to-left prose with joiners within words and two kinds of digits."""
    return _paragraphs(rng, size, lambda: _persian_sentence(rng))


def chinese(rng: Random, size: int) -> str:
    """Prose without spaces."""
    return _paragraphs(rng, size, lambda: _chinese_sentence(rng), between="")


TEXTS: dict[str, Callable[[Random, int], str]] = {
    "prose": english,
    "minutes": minutes,
    "table": table,
    "Persian": persian,
    "Chinese": chinese,
}


def _paragraphs(rng: Random, size: int, sentence: Callable[[], str], between: str = " ") -> str:
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(between.join(sentence() for _ in range(rng.randint(2, 8))))
        length += len(parts[-1]) + 2
    return "\n\n".join(parts)


def _word(rng: Random) -> str:
    return "".join(rng.choice(_ONSETS) + rng.choice(_NUCLEI) + rng.choice(_CODAS) for _ in range(rng.choice((1, 2, 3))))


@cache
def _vocabulary() -> tuple[Sequence[str], Sequence[float]]:
    """Words, and how often each or one before it comes, as words do: a few very often, most hardly ever."""
    rng = Random(1)
    words = [*_LITTLE, *(_word(rng) for _ in range(4000)), *"café naïve Müller résumé façade".split()]
    return words, tuple(accumulate(1 / (n + 3) for n in range(len(words))))


def _sentence(rng: Random) -> str:
    words, weights = _vocabulary()
    chosen = rng.choices(words, cum_weights=weights, k=rng.randint(5, 22))
    for at in range(2, len(chosen) - 1):
        luck = rng.random()
        if luck < 0.08:
            chosen[at] += ","
        elif luck < 0.12:
            chosen[at] = chosen[at].capitalize()
        elif luck < 0.14:
            chosen[at] = str(rng.randint(2, 2024))
        elif luck < 0.16:
            chosen[at] += "'s"
        elif luck < 0.17:
            chosen[at] += " -"
    text = " ".join(chosen)
    text = text[0].upper() + text[1:]
    luck = rng.random()
    return f'"{text}," he said.' if luck < 0.08 else f"{text}{'?' if luck < 0.14 else '.'}"


@cache
def _persian_vocabulary() -> tuple[Sequence[str], Sequence[float]]:
    rng = Random(2)
    words: list[str] = [*_PERSIAN_LITTLE]
    for _ in range(3000):
        word = "".join(rng.choices(_PERSIAN_LETTERS, _PERSIAN_WEIGHTS, k=rng.randint(2, 7)))
        words.append(rng.choice((word, word, word, f"می\u200c{word}", f"{word}\u200cها")))
    return words, tuple(accumulate(1 / (n + 3) for n in range(len(words))))


def _persian_sentence(rng: Random) -> str:
    words, weights = _persian_vocabulary()
    chosen = rng.choices(words, cum_weights=weights, k=rng.randint(5, 20))
    if rng.random() < 0.2:
        chosen[-1] = "".join(rng.choices(rng.choice(("۰۱۲۳۴۵۶۷۸۹", "0123456789")), k=4))
    return "، ".join(" ".join(part) for part in (chosen[:7], chosen[7:]) if part) + rng.choice("...؟")


def _chinese_sentence(rng: Random) -> str:
    signs = [
        rng.choice(_CHINESE_LITTLE) if rng.random() < 0.4 else chr(0x4E00 + int(rng.expovariate(1 / 500)) % 5000)
        for _ in range(rng.randint(8, 40))
    ]
    if len(signs) > 16:
        signs.insert(rng.randint(6, 12), "，")
    return "".join(signs) + "。"
