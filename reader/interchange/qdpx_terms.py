"""The words of a REFI-QDA project: the standard's own, and what is called how in ours."""

from collections.abc import Callable, Mapping
from uuid import UUID, uuid5

from reader.model.annotation import Color
from reader.model.document import Metadata

NAMESPACE = "urn:QDA-XML:project:1.0"
ORIGIN = "Passage"
PROJECT = "project.qde"
FOLDER = "Sources"
INTERNAL = "internal://"

_SPACE = UUID("5c7f2c1e-3a0b-4d52-9e56-8a2d1c9b7f04")
"""The space of the guids of what has no uid of its own."""
LISTED = "; "
"""Between several values of one variable."""


def guid(kind: str, name: str) -> str:
    """The guid of something that has no uid, the same in each export."""
    return str(uuid5(_SPACE, f"{kind}:{name}"))


USER = guid("user", ORIGIN)
CATEGORIES = guid("folder", "categories")
CATEGORY_GUIDS: dict[Color, str] = {color: guid("category", color.value) for color in Color}
"""The codes of the six categories, known again whatever they are called."""

FORMAT, TEXT_SHA256, TEXT_LENGTH = "Format", "Text SHA-256", "Text length"
NOTE, AREA, NOT_FOUND = "Note", "Area", "Passage not found"
"""What notes are called: one that somebody wrote, an area of a page, a passage that is not in the text any more."""

METADATA: dict[str, Callable[[Metadata], str]] = {
    "Authors": lambda about: LISTED.join(about.authors),
    "Subtitle": lambda about: about.subtitle,
    "Contributors": lambda about: LISTED.join(about.contributors),
    "Source": lambda about: about.source,
    "Publisher": lambda about: about.publisher,
    "Date": lambda about: about.date,
    "Language": lambda about: about.language,
    "Address": lambda about: about.url,
    "Identifiers": lambda about: LISTED.join(about.identifiers),
}
"""The variables of a source that tell of its document, by their names."""


def metadata(title: str, values: Mapping[str, str]) -> Metadata:
    """The details that the variables of a source tell."""

    def listed(name: str) -> tuple[str, ...]:
        return tuple(filter(None, values.get(name, "").split(LISTED)))

    return Metadata(
        title=title,
        authors=listed("Authors"),
        subtitle=values.get("Subtitle", ""),
        contributors=listed("Contributors"),
        source=values.get("Source", ""),
        publisher=values.get("Publisher", ""),
        date=values.get("Date", ""),
        language=values.get("Language", ""),
        url=values.get("Address", ""),
        identifiers=listed("Identifiers"),
    )
