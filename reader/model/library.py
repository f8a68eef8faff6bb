"""What the library knows of its documents, tags and actions."""

from dataclasses import dataclass, field

from reader.model.document import Metadata


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One row of the document list.

    `short_id` is what the command line prints. `format` is one of `document.FORMATS`. `added`, `opened`
    are UTC instants, `opened` empty when never. `position` is the code point at the top of the window when it
    was last read, `progress` 0..1. `length` is the canonical text's length in code points.
    `removed` is the instant it went to the bin, else empty. `path` is only a hint.
    """

    uid: str
    short_id: str
    metadata: Metadata
    format: str
    path: str = ""
    added: str = ""
    opened: str = ""
    position: int = 0
    progress: float = 0.0
    length: int = 0
    words: int = 0
    annotations: int = 0
    removed: str = ""
    tags: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.metadata.title


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag; `/` in its name nests it. `uses` counts annotations and documents."""

    uid: str
    name: str
    color: str = ""
    description: str = ""
    uses: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """One step of the history: what was done, when, on which device, and whether undo has taken it back."""

    id: int
    label: str
    when: str
    undone: bool = False
    changes: int = field(default=0)
    device: str = ""
