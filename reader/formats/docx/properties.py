"""What a Word document says of itself in its core properties."""

import re
from xml.etree.ElementTree import Element

from reader.formats.dates import iso_date
from reader.model.document import Metadata

_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_FILE_NAME = re.compile(r"(?:Microsoft Word - .*|.*\.(?:docx?|dotx?|odt|rtf|txt))", re.I)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SCHEME = re.compile(r"(?:urn:)?(isbn|doi|issn|uuid)[:\s]+(\S.*)", re.I)
_LONGEST = 500


def metadata_of(core: Element | None, *, title: str, subtitle: str, language: str) -> Metadata:
    """The metadata in the core properties (None: there are none).

    `title`, `subtitle` and `language` are what the document's styles say: taken where the properties say nothing.
    A title that is only a file's name counts as nothing.
    """
    said = _said(core, _DC + "title")
    spoken = _said(core, _DC + "language") or language
    identifier = _SCHEME.fullmatch(_said(core, _DC + "identifier"))
    return Metadata(
        title=title if _FILE_NAME.fullmatch(said) or not said else said,
        authors=_listed(_said(core, _DC + "creator"), ";"),
        date=iso_date(_said(core, _DCTERMS + "created") or _said(core, _DC + "date")),
        language=spoken if _LANGUAGE.fullmatch(spoken) else "",
        tags=_listed(_said(core, _CP + "keywords"), ";,"),
        subtitle=subtitle,
        publisher=_said(core, _DC + "publisher"),
        identifiers=(f"{identifier[1].lower()}:{identifier[2]}",) if identifier else (),
    )


def _said(core: Element | None, name: str) -> str:
    """A property on one line, of sensible length."""
    return " ".join((core.findtext(name) or "").split())[:_LONGEST] if core is not None else ""


def _listed(text: str, separators: str) -> tuple[str, ...]:
    parts = (part.strip() for part in re.split(f"[{separators}]", text))
    return tuple(dict.fromkeys(filter(None, parts)))
