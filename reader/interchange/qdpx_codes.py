"""The codes of a REFI-QDA project: which are tags, which our categories, and what marks coded with them are like."""

from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element

from reader.interchange.codebook_qdc import codes_in
from reader.interchange.colors import nearest
from reader.interchange.foreign import paragraphs
from reader.interchange.qdpx_terms import CATEGORIES, CATEGORY_GUIDS
from reader.interchange.qdpx_xml import child, children, key, name_of, targets
from reader.model.annotation import Color
from reader.model.codebook import Code
from reader.model.library import Tag

_COLORS = {found: color for color, found in CATEGORY_GUIDS.items()}


class Codes:
    """The codebook of a project; `notes` are the words of its notes by their keys.

    `categories` names those of our colours that the file names, `tags` are its codes in their order.
    """

    def __init__(self, root: Element, notes: Mapping[str, str]) -> None:
        self.categories: dict[Color, str] = {}
        self._codes: dict[str, Code] = {}
        self._told: dict[str, tuple[str, ...]] = {}
        self.used_notes: set[str] = set()
        book = child(child(root, "CodeBook"), "Codes")
        for element, code in codes_in(book) if book is not None else ():
            known = key(element)
            if known in _COLORS:
                self.categories[_COLORS[known]] = name_of(element)
            elif known != CATEGORIES:
                self._codes[known] = code
                self.used_notes.update(targets(element, "NoteRef"))
                self._told[known] = tuple(notes.get(note, "") for note in targets(element, "NoteRef"))

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The codes that something can be coded with, each once."""
        found: dict[str, Tag] = {}
        for known, code in self._codes.items():
            if code.codable:
                told = paragraphs(code.description, *self._told[known])
                found.setdefault(code.name, Tag("", code.name, code.color, told))
        return tuple(found.values())

    def names(self, coded: Iterable[str]) -> tuple[str, ...]:
        """The tags that these codes (by their keys) are, each once."""
        return tuple(dict.fromkeys(self._codes[known].name for known in coded if known in self._codes))

    def color(self, coded: Sequence[str]) -> Color:
        """The category among these codes, else the one whose colour is nearest to the first that has a colour."""
        for known in coded:
            if known in _COLORS:
                return _COLORS[known]
        colors = (self._codes[known].color for known in coded if known in self._codes)
        return nearest(next(filter(None, colors), ""))


def coded_with(element: Element) -> list[str]:
    """The keys of the codes that a source, a selection or a note is coded with."""
    return [known for coding in children(element, "Coding") for known in targets(coding, "CodeRef")]
