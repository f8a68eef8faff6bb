"""What is handed to pandoc, and what is known of the file besides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reader.model.document import Metadata


@dataclass(frozen=True, slots=True)
class Source:
    """A file made ready for pandoc: the bytes to hand over.

    `fetch` gives the bytes of a picture by the address that it has in pandoc's HTML, `alts` its alternative text.
    `metadata` is what the file says of itself that pandoc passes over. `front` tells whether the title that pandoc
    knows stands in the text, as `\\maketitle` puts it there, or is only said of it.
    """

    data: bytes
    fetch: Callable[[str], bytes] | None = None
    alts: Mapping[str, str] = field(default_factory=dict[str, str])
    metadata: Metadata = field(default_factory=Metadata)
    front: bool = False
