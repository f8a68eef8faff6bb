"""Where words come from, in a line."""

from reader.model.document import Metadata


def source_line(metadata: Metadata, page: str = "") -> str:
    """Author, title, source, day, page ("p. 27") and address, as far as they are known."""
    title = ": ".join(part for part in (metadata.title, metadata.subtitle) if part)
    where = metadata.source or metadata.publisher
    parts = [", ".join(metadata.authors), f"“{title}”" if title else "", where, metadata.date.partition("T")[0], page]
    line = ", ".join(part for part in parts if part)
    return f"{line} <{metadata.url}>" if metadata.url else line
