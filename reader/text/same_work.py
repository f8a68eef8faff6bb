"""Whether two records speak of the same work: addresses, titles, names and numbers brought to one form each."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from reader.text.variants import fold

_TRACKING = re.compile(
    r"(?:utm_\w*|at_(?:campaign|medium|custom\d)|mc_[ce]id|pk_\w*|hsa_\w*|_hs\w*|fbclid|gclid|dclid|msclkid|yclid"
    r"|twclid|igshid|icid|cmpid|ncid|spm|s_cid|_ga|_gl|ref_src|share|smid|guccounter)(?:=|$)",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
_ISBN = re.compile(r"(?<![\d-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dxX](?![\d-])")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)\Z", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:pdf|epub|azw3?|mobi|kfx|fb2|docx?|odt|rtf|txt|md|html?|djvu)\Z", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z")
_SITE = re.compile(r"\s+[|·•»—–-]\s+")
_SUBTITLE = re.compile(r"\s*:\s+|\s+[—–-]\s+|\s*;\s+")
_WORDS = re.compile(r"[^\W_]+")
_LEAST_KEY = 4
_LEAST_NAME = 3
_LONGEST_TITLE = 1000
_ISBN_10 = 10


def address_key(address: str) -> str:
    """What is left of an address when what does not change where it leads is taken off; empty for none.

    That is: scheme, "www.", default port, fragment, tracking parameters, their order, "index.html", a last slash. The
    address of a file becomes its path; another one ("urn:...") stays, without its fragment.
    """
    if address.startswith("/"):
        return address
    rest = address.strip().partition("#")[0]
    scheme, separator, after = rest.partition("://")
    if scheme.lower() == "file":
        return unquote(after.removeprefix("localhost"))
    if not separator or scheme.lower() not in ("http", "https"):
        return rest
    place, _, query = after.partition("?")
    host, slash, path = place.partition("/")
    host = host.rpartition("@")[2].lower().removesuffix(":80").removesuffix(":443").rstrip(".").removeprefix("www.")
    path = _INDEX.sub("/", unquote(slash + path)).rstrip("/")
    kept = sorted(part for part in query.split("&") if part and not _TRACKING.match(part))
    return host + path + ("?" + "&".join(kept) if kept else "")


def title_keys(title: str) -> frozenset[str]:
    """The ways in which a title may be said again: whole, without the site's name, brackets, ending or subtitle.

    Each is folded to letters and digits; what is then shorter than four of them says nothing.
    """
    whole = _SUFFIX.sub("", " ".join(title[:_LONGEST_TITLE].split()))
    ways = {whole}
    bare = whole
    while (shorter := _BRACKETED.sub("", bare)) != bare:
        bare = shorter
        ways.add(bare)
    for way in tuple(ways):
        parts = _SITE.split(way)
        ways.update((parts[0], way[: -len(parts[-1])].rstrip(" |·•»—–-") if parts[1:] else way))
        ways.add(_SUBTITLE.split(way)[0])
    keys = {words_key(way) for way in ways}
    return frozenset(key for key in keys if len(key) >= _LEAST_KEY)


def words_key(words: str) -> str:
    """Letters and digits, folded, with one blank between words."""
    return " ".join(_WORDS.findall(fold(words.replace("_", " "))))


def may_be_same_people(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two lists of authors share a name, or one of them says nothing."""
    names, other_names = _names(some), _names(others)
    return not names or not other_names or bool(names & other_names)


def numbers(texts: Iterable[str]) -> frozenset[str]:
    """The DOIs and ISBNs (as thirteen digits) that these texts name."""
    found: set[str] = set()
    for text in texts:
        plain = unquote(text)
        found.update(f"doi:{match.lower().rstrip('.,;)')}" for match in _DOI.findall(plain))
        if not _DOI.search(plain):
            found.update(filter(None, map(_isbn, _ISBN.findall(plain))))
    return frozenset(found)


def file_name(address: str) -> str:
    """The name of the file that a path or an address of this computer ends in; empty for any other address."""
    if address.startswith("file://"):
        address = unquote(address.removeprefix("file://"))
    elif "://" in address or address.startswith("urn:"):
        return ""
    return address.replace("\\", "/").rpartition("/")[2]


def _names(people: Iterable[str]) -> set[str]:
    return {word for person in people for word in words_key(person).split() if len(word) >= _LEAST_NAME}


def _isbn(text: str) -> str:
    """ "isbn:9780306406157", if its last digit is right."""
    digits = re.sub(r"[^\dxX]", "", text).upper()
    if len(digits) == _ISBN_10:
        total = sum((10 - at) * (10 if digit == "X" else int(digit)) for at, digit in enumerate(digits))
        if total % 11:
            return ""
        digits = "978" + digits[:9]
        return f"isbn:{digits}{-_weighed(digits) % 10}"
    if "X" in digits or _weighed(digits) % 10:
        return ""
    return f"isbn:{digits}"


def _weighed(digits: str) -> int:
    return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
