"""Notes of a page: which elements hold one or many, and by which label the text refers to each."""

import re

from reader.formats.html.events import Attributes

UNLABELLED = "*"
"""The label of a note that nothing refers to."""

_MANY = frozenset({"footnotes", "endnotes", "rearnotes", "doc-endnotes", "doc-footnotes"})
_ONE = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"})
_REFERENCES = frozenset({"noteref", "doc-noteref"})
_PAGE_BREAKS = frozenset({"pagebreak", "doc-pagebreak"})
_SPECIAL = _ONE | _REFERENCES | _PAGE_BREAKS
_SINGLE_TAGS = frozenset({"aside", "p", "li", "div"})
_CLASS = "footnote"
_PARAGRAPHS = frozenset({"footnotes", "endnote", "endnotes"})
_LABEL = r"[*∗†‡§¶#]{1,4}|\d{1,4}|[ivxlc]{1,7}|[a-z]"
_ALONE = re.compile(rf"\s*[\[(]?\s*({_LABEL})\s*[\])]?\s*[.:]?\s*", re.I)
# Without a reference that tells the label, a letter or a number alone may be the note's first word.
_SURE = re.compile(r"\s*(?:[\[(].*[\])].*|[*∗†‡§¶#]+\s*|\d{1,3}[.:]?\s*)", re.S)
_LEADING = re.compile(r"\s*(?:[\[(]\s*(\d{1,4}|[a-z*†‡§])\s*[\])][.:]?|(\d{1,4})[.)]|([*∗†‡§¶]{1,4}))\s+", re.I)
_AFTER = "]).: \t\n\u00a0"
_ARROWS = frozenset("↩↪↑⇑⬆←⇐⇦↵⏎⤴⮌↰^«‹\ufe0e\ufe0f")
_BACK_TYPES = frozenset({"backlink", "doc-backlink", "referrer"})
_BACK_WORDS = re.compile(
    r"(?:(?:go|jump) )?(?:back|return|up)"
    r"(?: to (?:the )?(?:main )?(?:text|reference|content|article|note(?: reference)?))?"
)
_BEFORE = " \t\n[(←↑^"
_PAGE_WORD = re.compile(r"\s*(?:page|p\.|pp\.|pg\.?)\s+", re.I)


def types_of(attributes: Attributes) -> frozenset[str]:
    """What an element says that it is, by `epub:type` and `role`, in small letters."""
    named = attributes.get("epub:type")
    role = attributes.get("role")
    if not named and not role:
        return frozenset()
    return frozenset(f"{named or ''} {role or ''}".lower().split())


def is_special(attributes: Attributes) -> bool:
    """Whether an element says that it is a note, a reference to one, or where a printed page begins."""
    return not _SPECIAL.isdisjoint(types_of(attributes))


def holds_notes(attributes: Attributes) -> bool:
    """Whether an element holds notes, the items of its list."""
    classes = (attributes.get("class") or "").lower().split()
    return not _MANY.isdisjoint(types_of(attributes)) or not _MANY.isdisjoint(classes) or _CLASS in classes


def says_notes(attributes: Attributes) -> bool:
    """Whether an element says that it is a note or holds notes: such ones may be hidden until they are asked for."""
    types = types_of(attributes)
    return not (_ONE.isdisjoint(types) and _MANY.isdisjoint(types))


def is_note(tag: str, attributes: Attributes) -> bool:
    """Whether an element says that it is one note."""
    return tag != "a" and not _ONE.isdisjoint(types_of(attributes))


def is_classed_note(tag: str, attributes: Attributes) -> bool:
    """Whether an element is one note by its class only."""
    classes = (attributes.get("class") or "").lower().split()
    return tag in _SINGLE_TAGS and (_CLASS in classes or (tag == "p" and not _PARAGRAPHS.isdisjoint(classes)))


def is_reference(attributes: Attributes) -> bool:
    """Whether a link says that it leads to a note."""
    return not _REFERENCES.isdisjoint(types_of(attributes))


def page_label(attributes: Attributes) -> str | None:
    """The label of the printed page that begins at an element ("" if it does not say it); None for other elements."""
    if _PAGE_BREAKS.isdisjoint(types_of(attributes)):
        return None
    return page_name(attributes.get("title") or attributes.get("aria-label") or attributes.get("label") or "")


def page_name(written: str) -> str:
    """A page's label without the word for page."""
    return _PAGE_WORD.sub("", " ".join(written.split())).rstrip(".")


def bare_label(written: str) -> str:
    """A label as it stands in the text, "[12]", without its brackets; empty when it is too long for one."""
    label = written.strip().strip("[]()").strip()
    return label if len(label) <= 8 else ""


def is_label(written: str) -> bool:
    """Whether something is a note's label and nothing else: "12", "[b]", "*"."""
    return _ALONE.fullmatch(written) is not None


def is_way_back(attributes: Attributes, words: str, *, is_over: bool) -> bool:
    """Whether a link within the document, which says these words in a note, only leads back to its reference.

    `is_over`: the beginning of the note, where its label may be such a link, is past.
    """
    bare = " ".join(words.casefold().strip(" \t\n[](){}.\u00a0").split())
    if bare and (_ARROWS.issuperset(bare.replace(" ", "")) or _BACK_WORDS.fullmatch(bare)):
        return True
    return (not bare or (is_over and is_label(bare))) and not _BACK_TYPES.isdisjoint(types_of(attributes))


class Opening:
    """The first words of a note, from which its label is taken: it is drawn beside the note.

    `held` is what was taken for the label and stands in the note only if nothing follows. `begins` tells that the note
    is known to begin with it.
    """

    def __init__(self, label: str, *, begins: bool = False) -> None:
        self.label, self.begins = label, begins
        self.is_fresh = True
        self.held = ""

    def words(self, written: str) -> tuple[str, bool]:
        """What of the first words is the note's own, and whether its beginning is over."""
        if self.is_fresh:
            written = written.lstrip(" \t\n\u00a0")
        self.is_fresh = False
        if self.held:
            rest = written.lstrip(_AFTER)
            self.held = "" if rest else self.held
            return rest, bool(rest)
        if not written.strip(_BEFORE):
            return "", False
        if written.lstrip()[:1] in _ARROWS:
            written = written.lstrip(_BEFORE)
        alone = _ALONE.fullmatch(written)
        if alone and (self.label or _SURE.fullmatch(written)) and self._is_it(alone[1]):
            self.held = written.strip()
            return "", False
        if self.begins and "".join(written.split(maxsplit=1)[:1]).casefold() == self.label.casefold():
            return written.lstrip()[len(self.label) :].lstrip(), True
        leading = _LEADING.match(written)
        if leading and self._is_it(leading[1] or leading[2] or leading[3]):
            return written[leading.end() :], True
        self.label = self.label or UNLABELLED
        return written, True

    def _is_it(self, found: str) -> bool:
        if self.label and self.label.casefold() != found.casefold():
            return False
        self.label = found
        return True
