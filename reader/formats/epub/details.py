"""What a book says of itself: titles, people and what they did, publisher, date, language, identifiers."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

from reader.formats.dates import iso_date
from reader.formats.epub.elements import attribute, first, local, text_of
from reader.formats.links import web_address
from reader.model.document import Metadata

_AUTHORS = frozenset({"aut", "cre", "author"})
_ROLES = {
    "adp": "adapter", "aft": "author of the afterword", "ann": "annotator", "arr": "arranger", "art": "artist",
    "aui": "author of the introduction", "bkd": "book designer", "bkp": "book producer", "blw": "blurb writer",
    "clb": "contributor", "cmm": "commentator", "com": "compiler", "cov": "cover designer", "ctb": "contributor",
    "dsr": "designer", "edc": "editor", "edt": "editor", "ill": "illustrator", "mdc": "metadata contact",
    "mrk": "markup editor", "nrt": "narrator", "oth": "", "pbl": "publisher", "pfr": "proofreader",
    "pht": "photographer", "red": "editor", "rev": "reviewer", "trc": "transcriber", "trl": "translator",
    "tyd": "type designer", "tyg": "typographer", "wpr": "author of the preface",
}  # fmt: skip
_URN = re.compile(r"urn:(isbn|uuid|doi|issn|oclc):(.+)", re.I)
_SCHEMED = re.compile(r"(isbn|doi|uuid|issn|oclc|asin|lccn)\s*[:=]?\s*(\S.*)", re.I)
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/(10\..+)", re.I)
_ISBN = re.compile(r"(?:97[89])?\d{9}[\dX]", re.I)
_ONIX = {"02": "isbn", "15": "isbn", "06": "doi"}
# What a well-known program writes when it knows no date.
_NO_DATE = "0101-01-01"
_STRONG = frozenset({"L", "R", "AL"})
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")


@dataclass(slots=True)
class _Refined:
    """What other elements say of one: property -> its values."""

    said: defaultdict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, element: Element, name: str) -> list[str]:
        """All that is said of the element under that name, by itself or by others."""
        own = attribute(element, name)
        said = self.said[attribute(element, "id")].get(name, []) if attribute(element, "id") else []
        return [value.strip() for value in ([own] if own else []) + said if value.strip()]

    def one(self, element: Element, name: str) -> str:
        return next(iter(self.of(element, name)), "")


def details_of(root: Element) -> Metadata:
    """The metadata of a package. What stands in the other direction than its letters tell begins with a mark for it."""
    holder = first(root, "metadata")
    elements = list(holder.iter()) if holder is not None else []
    refined = _refined(elements)
    named: defaultdict[str, list[Element]] = defaultdict(list)
    for element in elements:
        if not element.tag.startswith("{http://www.idpf.org/2007/opf}") and text_of(element):
            named[local(element)].append(element)
    titles = named["title"]
    authors, contributors = _people(named, refined)
    identifiers = tuple(dict.fromkeys(_identifier(each, refined) for each in named["identifier"]))
    addresses = [text_of(each) for each in named["source"]] + list(identifiers)
    return Metadata(
        title=_directed(titles[0], root) if titles else "",
        subtitle=next(
            (_directed(t, root) for t in titles[1:] if refined.one(t, "title-type").lower() == "subtitle"), ""
        ),
        authors=authors,
        contributors=contributors,
        publisher=", ".join(text_of(each) for each in named["publisher"]),
        date=_date(named["date"], refined),
        language=_language(named["language"]),
        url=next((address for each in addresses if (address := web_address(each))), ""),
        identifiers=identifiers,
    )


def _directed(element: Element, root: Element) -> str:
    """The words of an element; a mark goes before them where its direction is not that of its first letter."""
    text = text_of(element)
    said = (element.get("dir") or root.get("dir") or "").strip().lower()
    letter = next((kind for c in text if (kind := bidirectional(c)) in _STRONG), "L")
    if said == "rtl" and letter == "L":
        return _RIGHT_TO_LEFT + text
    if said == "ltr" and letter != "L":
        return _LEFT_TO_RIGHT + text
    return text


def _refined(elements: list[Element]) -> _Refined:
    refined = _Refined()
    for element in elements:
        about = attribute(element, "refines").removeprefix("#")
        if about and local(element) == "meta":
            refined.said[about].setdefault(attribute(element, "property"), []).append(text_of(element))
    return refined


def _people(named: dict[str, list[Element]], refined: _Refined) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The authors, and all others with what they did."""
    authors: list[str] = []
    others: list[str] = []
    for element in sorted(named["creator"], key=lambda each: _place(each, refined)):
        roles = [role.lower() for role in refined.of(element, "role")]
        if not roles or not _AUTHORS.isdisjoint(roles):
            authors.append(text_of(element))
        else:
            others.append(_with_roles(element, roles))
    others += [_with_roles(each, [role.lower() for role in refined.of(each, "role")]) for each in named["contributor"]]
    return tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(others))


def _place(element: Element, refined: _Refined) -> int:
    """Where among the others the book wants someone to be named; those of whom it does not say it come last."""
    place = refined.one(element, "display-seq")
    return int(place) if place.isascii() and place.isdigit() and len(place) < 6 else 10**6


def _with_roles(element: Element, roles: list[str]) -> str:
    done = ", ".join(dict.fromkeys(filter(None, (_ROLES.get(role, role) for role in roles))))
    return f"{text_of(element)} ({done})" if done else text_of(element)


def _date(elements: list[Element], refined: _Refined) -> str:
    """The day of publication, else the first date that is told."""
    published = [
        each for each in elements if refined.one(each, "event").lower() in ("publication", "original-publication")
    ]
    neutral = [each for each in elements if not refined.one(each, "event")]
    for element in (*published, *neutral, *elements):
        date = iso_date(text_of(element))
        if date and not date.startswith(_NO_DATE):
            return date
    return ""


def _language(elements: list[Element]) -> str:
    written = text_of(elements[0]) if elements else ""
    return written.replace("_", "-") if _LANGUAGE.fullmatch(written) else ""


def _identifier(element: Element, refined: _Refined) -> str:
    """An identifier with its scheme before it, as far as that can be told."""
    value = text_of(element)
    if found := _URN.fullmatch(value) or _SCHEMED.fullmatch(value):
        return _schemed(found[1].lower(), found[2])
    if found := _DOI_ADDRESS.fullmatch(value):
        return f"doi:{found[1]}"
    if web_address(value):
        return value
    scheme = attribute(element, "scheme").lower() or _ONIX.get(refined.one(element, "identifier-type"), "")
    if not scheme and _ISBN.fullmatch(value.replace("-", "")) and len(value.replace("-", "")) == 13:
        scheme = "isbn"
    return _schemed(scheme, value) if scheme and not value.lower().startswith(f"{scheme}:") else value


def _schemed(scheme: str, value: str) -> str:
    if scheme == "isbn" and _ISBN.fullmatch(digits := value.replace("-", "").replace(" ", "")):
        return f"isbn:{digits.upper()}"
    return f"{scheme}:{value}"
