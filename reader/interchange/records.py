"""What travels: documents without their texts, tags, category names and annotations."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from reader.model.annotation import Annotation, Color, Picture
from reader.model.document import Metadata
from reader.model.library import Tag
from reader.model.mask import Mask
from reader.text.editing import Edit


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The file a document was read from: SHA-256 of its bytes in lower-case hex, and how many bytes it has."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class TextFacts:
    """The canonical text the positions count in, and what made it.

    `sha256` is that of the text in UTF-8, `length` counts code points, `reader` names the format reader, `view` the
    part of a web page ("article" or "page", else empty). A corrected text is what `edits` make of the text with the
    hash `corrects`; both are empty otherwise.
    """

    sha256: str
    length: int
    reader: str
    reader_version: int
    normaliser_version: int
    view: str = ""
    corrects: str = ""
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document as it is known without its text: what it is, and by which hashes it is recognised again.

    `format` is one of `reader.model.document.FORMATS`; `tags` are the names of the tags on the whole document, `masks`
    are sorted by start, end and uid.
    """

    uid: str
    format: str
    metadata: Metadata
    tags: tuple[str, ...] = ()
    file: FileFacts | None = None
    text: TextFacts | None = None
    masks: tuple[Mask, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything one file holds, in the order in which it is written.

    `documents` are sorted by uid, `tags` by name, `annotations` by document uid, start, end and uid, notes on a
    whole document first. `annotations` is consumed once; `total` says how many they are, where that is known before.
    `picture` gives the picture that an annotation is kept with.
    """

    categories: Mapping[Color, str]
    tags: tuple[Tag, ...]
    documents: tuple[DocumentRecord, ...]
    annotations: Iterable[Annotation]
    picture: Callable[[Annotation], Picture | None] = lambda _annotation: None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where a mark stands in its document as the other program tells it; empty and 0 where it does not.

    `order` grows along the text, in whatever `unit` the program counts; marks of the same order may stand as they like.
    `page` is the label printed on the page, `number` counts the pages of a PDF from 1.
    """

    order: tuple[float, ...] = ()
    page: str = ""
    number: int = 0
    unit: str = ""


NOWHERE = Where()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file held. `problems` name each record left out by its place, such as "annotations[12].color: ...".

    `notes` say in sentences what of the file is no annotation, which is no fault of it: bookmarks, places.

    `pictures` are those of annotations, by their sha256 (hex). `form` is the name of the form that the file has.
    `foreign`: another program wrote it, so that positions may count in anything and are hints at best; those of
    `placeless` annotations (by uid) mean nothing at all; `where` (by uid) tells such ones apart whose words stand
    several times. Foreign annotations may have no times. `texts` are the canonical texts of those documents (by uid)
    that the file brings along.
    """

    categories: Mapping[Color, str] = field(default_factory=dict[Color, str])
    tags: tuple[Tag, ...] = ()
    documents: tuple[DocumentRecord, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    problems: tuple[str, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict[str, Picture])
    form: str = "passage"
    foreign: bool = False
    placeless: frozenset[str] = frozenset()
    where: Mapping[str, Where] = field(default_factory=dict[str, Where])
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    notes: tuple[str, ...] = ()
