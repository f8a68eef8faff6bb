"""What a W3C annotation is about: the document, and the passage by its quote."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reader.interchange import checks
from reader.interchange.checks import Malformed
from reader.interchange.w3c_areas import area, where
from reader.interchange.w3c_bodies import DEEPEST, iri_of, many, mapping, names
from reader.model.annotation import Anchor

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """A document by the IRI of it, and what else the target says of it; a passage in it, or None for all of it.

    `placed`: the anchor has a position. Without one it has that of the text's beginning, which means nothing. An anchor
    without words is an area of a page; a place that can be had in neither way is told in `where`.
    """

    source: str
    about: Json
    anchor: Anchor | None
    placed: bool
    style_classes: tuple[str, ...]
    where: str = ""


def targets(record: Json, *, anchored: bool = False) -> list[Target]:
    """The targets of an annotation. `Malformed` says why one of them cannot be used.

    `anchored`: where it is is said elsewhere, so that the selectors do not matter.
    """
    found = [_target(one, f"target[{index}]", anchored) for index, one in enumerate(many(record.get("target")))]
    if not found:
        raise Malformed("target", "is missing")
    return found


def _target(value: Any, place: str, anchored: bool) -> Target:
    if isinstance(value, str):
        return Target(_source(value, place), {}, None, False, ())
    target = checks.record(value, place)
    if "source" not in target:
        return Target(_source(iri_of(target), place), target, None, False, ())
    given = target["source"]
    about = mapping(given)
    source = _source(given if isinstance(given, str) else iri_of(about), f"{place}.source")
    classes = names(target.get("styleClass"))
    selectors = [found for one in many(target.get("selector")) if (found := mapping(one))]
    if anchored or not selectors:
        return Target(source, about, None, False, classes)
    quote = next(_quotes(selectors, 0), None)
    if quote is not None:
        return Target(source, about, *_anchor(quote, selectors), classes)
    if framed := area(selectors):
        return Target(source, about, Anchor(0, 0, "", rects=(framed,)), False, classes)
    return Target(source, about, None, False, classes, where(selectors))


def _source(value: str, place: str) -> str:
    """The IRI without its fragment, which names a part of the document."""
    source = checks.clean(value, place).partition("#")[0].strip()
    if not source:
        raise Malformed(place, "names no document")
    return source


def _anchor(quote: Json, selectors: list[Json]) -> tuple[Anchor, bool]:
    exact = checks.filled(quote, "exact")
    around = checks.text(quote, "prefix"), checks.text(quote, "suffix")
    position = next((one for one in selectors if "TextPositionSelector" in names(one.get("type"))), None)
    if position is None:
        return Anchor(0, len(exact), exact, *around), False
    try:
        start, end = checks.whole(position, "start"), checks.whole(position, "end")
    except Malformed:
        return Anchor(0, len(exact), exact, *around), False
    return Anchor(start, max(end, start + 1), exact, *around), True


def _quotes(selectors: list[Any], depth: int) -> Iterator[Json]:
    """The selectors that say the words, also those that refine another one."""
    for one in selectors:
        selector = mapping(one)
        if selector and depth <= DEEPEST:
            if "TextQuoteSelector" in names(selector.get("type")):
                yield selector
            yield from _quotes(many(selector.get("refinedBy")), depth + 1)
