"""A quote with where it comes from, as it goes to the clipboard."""

from reader.model.document import Metadata


def citation(quote: str, metadata: Metadata) -> str:
    """`quote` in quotation marks, then author, title, source, date and address, as far as they are known."""
    source = [", ".join(metadata.authors), f"“{metadata.title}”" if metadata.title else "", metadata.source]
    line = ", ".join(part for part in (*source, metadata.date) if part)
    address = f" <{metadata.url}>" if metadata.url else ""
    return f"“{quote}”\n— {line}{address}"
