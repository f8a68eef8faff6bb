"""The versions of the readers, told without loading them: a document that opens is compared with these.

A reader's version goes up with each change after which its texts, structures or details may come out differently.
"""

from reader.text.normalise import NORMALISER_VERSION

READER_VERSIONS: dict[str, int] = {
    "plain": 1,
    "markdown": 2,
    "html": 3,
    "epub": 3,
    "docx": 3,
    "pandoc": 2,
    "pdf": 1,
}
"""`VERSION` of each reader by its `NAME`."""


def is_outdated(reader: str, version: int, normaliser: int) -> bool:
    """Whether a text made by that reader, and normalised by that version, would be read anew today.

    A reader that is not known here, as that of a newer program, is not outdated.
    """
    latest = READER_VERSIONS.get(reader)
    return latest is not None and (version < latest or normaliser < NORMALISER_VERSION)
