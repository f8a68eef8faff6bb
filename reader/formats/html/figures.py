"""Pictures of a page and their captions."""

from dataclasses import dataclass, field

from reader.formats.flow import Flow
from reader.formats.html.events import Attributes
from reader.formats.images import is_placeholder
from reader.model.document import Block, BlockKind

_ICON_PIXELS = 48
_SPOT_PIXELS = 3
_CAPTION_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_INLINE_CLASSES = frozenset({"emoji", "icon", "mwe-math-fallback-image-inline", "wp-smiley", "latex"})


@dataclass(slots=True)
class _Open:
    """A `<figure>` being read: pictures that wait for a caption, and the caption's block once it is there."""

    waiting: list[tuple[str, str]] = field(default_factory=list)
    caption: int = -1


@dataclass(slots=True)
class Figures:
    """Brings pictures and captions together, whichever comes first."""

    flow: Flow
    _open: list[_Open] = field(default_factory=list)

    def image(self, source: str, alt: str, attributes: Attributes) -> None:
        """A picture at this place of the page."""
        if is_icon(attributes):
            if alt:
                self.flow.words(alt)
        elif self._open:
            self._open[-1].waiting.append((self.flow.images.add(source, alt), alt))
        else:
            self.flow.picture(source, alt)

    def begin(self) -> None:
        self._open.append(_Open())

    def begin_caption(self) -> None:
        """Let the picture before the caption have it; the ones before that stand with their own texts."""
        if not self._open:
            return
        figure = self._open[-1]
        *others, last = figure.waiting or [("", "")]
        for asset, alt in others:
            self.flow.figure(asset, alt)
        figure.waiting.clear()
        figure.caption = len(self.flow.builder.blocks)
        if last[0]:
            self.flow.begin(BlockKind.FIGURE, asset=last[0])
            figure.caption = len(self.flow.builder.blocks)

    def end_caption(self) -> None:
        """Give an empty caption its picture's alternative text."""
        if not self._open:
            return
        builder = self.flow.builder
        if self._open[-1].caption == len(builder.blocks) - 1 and builder.blocks[-1].asset:
            asset = builder.blocks[-1].asset
            builder.fill_last(next((a.alt for a in self.flow.images.assets if a.name == asset), ""))

    def end(self) -> None:
        """Place the pictures that no caption took; one that follows its caption takes it now."""
        if not self._open:
            return
        figure = self._open.pop()
        blocks = self.flow.builder.blocks
        for asset, alt in figure.waiting:
            block = blocks[figure.caption] if 0 <= figure.caption < len(blocks) else None
            if block is not None and block.kind in _CAPTION_KINDS and not block.asset:
                blocks[figure.caption] = Block(
                    BlockKind.FIGURE, block.start, block.end, quote_depth=block.quote_depth, asset=asset
                )
            else:
                self.flow.figure(asset, alt)


def source_of(attributes: Attributes) -> str | None:
    """The address of an `<img>`'s picture; None for one that is not there to be seen."""
    source = (attributes.get("src") or "").strip()
    later = (attributes.get("data-src") or attributes.get("data-original") or "").strip()
    if later and (not source or is_placeholder(source)):
        source = later
    if not source and not attributes.get("alt"):
        return None
    width, height = pixels(attributes.get("width")), pixels(attributes.get("height"))
    if 0 <= width < _SPOT_PIXELS or 0 <= height < _SPOT_PIXELS:
        return None
    decorative = "alt" in attributes and not attributes.get("alt")
    remote = not source.lower().startswith("data:") and ("://" in source or source.startswith("//"))
    return None if decorative and remote else source


def is_icon(attributes: Attributes) -> bool:
    """Whether the picture is a small sign in a line of text, for which its alternative text stands."""
    if not _INLINE_CLASSES.isdisjoint((attributes.get("class") or "").split()):
        return True
    width, height = pixels(attributes.get("width")), pixels(attributes.get("height"))
    return 0 <= width <= _ICON_PIXELS and 0 <= height <= _ICON_PIXELS


def pixels(written: str | None) -> int:
    """A width or height in CSS pixels; -1 when it is not told."""
    value = (written or "").strip().lower().removesuffix("px")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else -1
