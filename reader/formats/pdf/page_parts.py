"""A page of a PDF by itself: everything of it that the document is made of, wherever it stands there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from reader.formats.errors import FormatError
from reader.formats.pdf.annotations import page_comments
from reader.formats.pdf.file import Frame, Page, PdfFile
from reader.formats.pdf.lines import NOTHING, PageLines, kept, page_lines
from reader.formats.pdf.link_spans import Linked, linked_text
from reader.formats.pdf.paragraphs import Paragraph, heights_of, paragraphs_of
from reader.formats.pdf.places import Places
from reader.model.document import Comment

_ANYWHERE = 1 << 40
"""Where the text of a page begins as long as nobody knows: comments on the whole document are at 0."""


@dataclass(frozen=True, slots=True)
class PageParts(PageLines):
    """Text and lines of a page with its paragraphs, the characters of each height, links and comments.

    `size` are its width and height in points; it has no `frame` when it is damaged.
    """

    size: tuple[float, float]
    frame: Frame | None = None
    paragraphs: Sequence[Paragraph] = ()
    heights: Mapping[float, int] = field(default_factory=dict[float, int])
    links: Sequence[Linked] = ()
    comments: Sequence[Comment] = ()

    def comments_at(self, start: int) -> list[Comment]:
        """The comments where the page's text begins at `start` of the whole text."""
        shift = start - _ANYWHERE
        return [
            replace(comment, start=comment.start + shift, end=comment.end + shift)
            if comment.start >= _ANYWHERE
            else comment
            for comment in self.comments
        ]


def page_parts(file: PdfFile, number: int, places: Places) -> PageParts:
    """What there is on a page, counted from 0; nothing but its size when it is damaged."""
    size = file.size(number)
    with file.page(number) as page:
        if page is None:
            return PageParts("", NOTHING.lines, size)
        places.frames[number] = page.frame
        return _parts(page, size, places)


def _parts(page: Page, size: tuple[float, float], places: Places) -> PageParts:
    try:
        found = page_lines(page)
    except FormatError:
        # It has a picture all the same.
        return PageParts("", NOTHING.lines, size, page.frame)
    return PageParts(
        found.text,
        kept(found.lines),
        size,
        page.frame,
        paragraphs_of(found),
        heights_of(found),
        list(linked_text(page, places)),
        page_comments(page, _ANYWHERE),
    )
