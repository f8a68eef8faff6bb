"""Areas of pages that another program marked, which have no words to be found by."""

import re
from dataclasses import replace

from reader.model.annotation import Anchor, Annotation, Style


def placed_area(mark: Annotation, anchor: Anchor, text: str, *, paged: bool) -> Annotation:
    """The area where its page begins in the text of a PDF; without such a page, a note on the whole document.

    `anchor` is the mark's, without words; `paged`: the text is that of a PDF, with form feeds between its pages.
    """
    page = anchor.rects[0].page if anchor.rects else -1
    starts = [0, *(found.end() for found in re.finditer("\f", text))] if paged else []
    if not 0 <= page < len(starts):
        named = f"{mark.note}\n\nAn area of page {page + 1}".strip() if anchor.rects else mark.note
        return replace(mark, anchor=None, style=Style.HIGHLIGHT, note=named)
    return replace(mark, anchor=replace(anchor, start=starts[page], end=starts[page]))
