"""Which single-byte encoding turns bytes into the letters of one language.

A byte such as 0xE8 is è, č or и: which one is right shows in whether *all* such bytes of a text become letters
of one alphabet, in sensible places. This is sure for a dozen letters, where statistics over pairs are not.
"""

import re
from itertools import pairwise

_ALPHABETS: dict[str, tuple[str, ...]] = {
    # French, German, Spanish, Portuguese, Italian, Dutch, the Nordic languages, Estonian
    "western": (
        "àâæçéèêëîïôœùûüÿ",
        "äöüßéàè",
        "áéíñóúüºª",
        "ãáàâçéêíõóôúüºª",
        "àèéìíîòóùú",
        "ëïéèöüóá",
        "åäöæøéüòôèê",
        "áéíóúýðþæö",
        "õäöüšž",
        "áéíóúâêîôûŵŷẁàèìòù",
    ),
    # Czech and Slovak, Polish, Hungarian, Romanian, Croatian and Slovene
    "central": ("áčďéěíňóřšťúůýžäĺľôŕ", "ąćęłńóśźżäöü", "áéíóöőúüű", "ăâîşţșț", "čćđšž"),
    "turkish": ("çğıİöşüâîû",),
    "baltic": ("ąčęėįšųūž", "āčēģīķļņšūž"),
    "hebrew": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),
    "cyrillic": (
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'",
        "абвгдђежзијклљмнњопрстћуфхцчџш",
    ),
}
_CANDIDATES: tuple[tuple[str, str], ...] = (
    ("cp1252", "western"),
    ("cp1250", "central"),
    ("iso8859_2", "central"),
    ("cp1254", "turkish"),
    ("cp1257", "baltic"),
    ("cp1255", "hebrew"),
    ("cp1251", "cyrillic"),
    ("koi8_u", "cyrillic"),
    ("cp866", "cyrillic"),
    ("iso8859_5", "cyrillic"),
    ("mac_roman", "western"),
    ("cp850", "western"),
    ("cp852", "central"),
    ("mac_latin2", "central"),
    ("mac_cyrillic", "cyrillic"),
)
_TYPOGRAPHY = frozenset("“”„‘’‚«»‹›–—…•·€£§°©®™×÷±½¼¾²³¹¿¡№\u00a0\u00ad")
_FINAL_LETTERS = frozenset("ךםןףץ")
# Opening marks do not follow a letter.
_MISPLACED = re.compile(r"(?<=[^\W\d_])[‚„¿¡]")
_WORD = re.compile(r"[^\W\d_]+")
_WANTED = 0.95
# The candidates stand in the order of how common they are: a rarer one has to be clearly better.
_MARGIN = 0.02
_ENOUGH = 16_000


def best_alphabet(sample: bytes) -> str:
    """The encoding under which nearly all bytes beside ASCII are letters of one language, or empty."""
    best, best_score = "", _WANTED
    for encoding, group in _CANDIDATES:
        try:
            text = sample[:_ENOUGH].decode(encoding)
        except UnicodeDecodeError:
            continue
        score = max(_cover(text, alphabet) for alphabet in _ALPHABETS[group])
        if score > best_score + _MARGIN:
            best, best_score = encoding, score
    return best


def _cover(text: str, alphabet: str) -> float:
    """The share (0..1) of the characters beside ASCII that are of `alphabet` where a writer would put them."""
    letters = frozenset(alphabet + alphabet.upper())
    beside_letters = [c for c in text if c > "\x7f" and not c.isalpha()]
    marks = sum(1 for c in beside_letters if c in _TYPOGRAPHY)
    strange = len(beside_letters) - marks + 2 * len(_MISPLACED.findall(text))
    good = bad = 0
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isascii():
            continue
        beside = sum(1 for c in word if c > "\x7f")
        if _is_well_formed(word, letters):
            good += beside
        else:
            bad += beside
    total = good + bad + strange + marks
    # Typography alone (quotes, dashes) says little, but Windows' own is the likely one.
    return (good + marks * 0.99) / total if total else 0.0


def _is_well_formed(word: str, letters: frozenset[str]) -> bool:
    """Whether a word has one script, capitals only where capitals go, and final letters only at the end."""
    beside = [c for c in word if c > "\x7f"]
    if not letters.issuperset(beside) or (len(beside) < len(word) and beside[0] >= "\u0370"):
        return False
    return not any((a.islower() and b.isupper()) or a in _FINAL_LETTERS for a, b in pairwise(word))
