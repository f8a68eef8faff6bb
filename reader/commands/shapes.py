"""The JSON that commands write, key by key as `resources/schema/cli.md` documents it."""

from typing import TYPE_CHECKING, Any

from reader.model.annotation import Anchor, Annotation
from reader.model.filters import Filter
from reader.model.library import DocumentSummary, Tag
from reader.model.workspace import Value, View
from reader.text.filter_words import written

if TYPE_CHECKING:
    from reader.services.reviewing import Doubt, Passage
    from reader.services.search import DocumentHits, Hit
    from reader.services.text_versions import Fare, VersionInfo
    from reader.services.verifying import Verified, VerifiedMark


def document(summary: DocumentSummary) -> dict[str, Any]:
    """A document as `list --json` writes it."""
    metadata = summary.metadata
    return {
        "uid": summary.uid,
        "id": summary.short_id,
        "title": metadata.title,
        "authors": list(metadata.authors),
        "source": metadata.source,
        "date": metadata.date,
        "language": metadata.language,
        "url": metadata.url,
        "subtitle": metadata.subtitle,
        "publisher": metadata.publisher,
        "contributors": list(metadata.contributors),
        "identifiers": list(metadata.identifiers),
        "tags": list(summary.tags),
        "format": summary.format,
        "path": summary.path,
        "added": summary.added,
        "opened": summary.opened,
        "progress": summary.progress,
        "length": summary.length,
        "words": summary.words,
        "annotations": summary.annotations,
    }


def annotation(mark: Annotation) -> dict[str, Any]:
    """An annotation as `annotations --json` and `annotate` write it: the same keys as in passage 1."""
    return {
        "uid": mark.uid,
        "document": mark.document_uid,
        "anchor": anchor(mark.anchor) if mark.anchor else None,
        "style": str(mark.style),
        "color": str(mark.color),
        "note": mark.note,
        "tags": list(mark.tags),
        "created": mark.created,
        "modified": mark.modified,
        "state": str(mark.state),
        "score": mark.score,
    }


def anchor(place: Anchor) -> dict[str, Any]:
    """An anchor: positions in code points, the quote, its context."""
    edges = ("page", "left", "top", "right", "bottom")
    return {
        "start": place.start,
        "end": place.end,
        "exact": place.exact,
        "prefix": place.prefix,
        "suffix": place.suffix,
        "rects": [{edge: getattr(rect, edge) for edge in edges} for rect in place.rects],
    }


def version(found: "VersionInfo", fare: "Fare") -> dict[str, Any]:
    """A text of a document as `versions --json` writes it, with how the marks stand in it."""
    return {
        "number": found.number,
        "shown": found.shown,
        "created": found.created,
        "reader": found.reader,
        "reader_version": found.reader_version,
        "file_size": found.file_size,
        "file_suffix": found.file_suffix,
        "length": found.length,
        "words": found.words,
        "view": found.view,
        "corrects": found.corrects or None,
        "marks": {"exact": fare.exact, "moved": fare.moved, "lost": fare.lost},
    }


def doubt(found: "Doubt") -> dict[str, Any]:
    """A mark that moved or was lost as `review --json` writes it."""
    return {
        "annotation": annotation(found.mark),
        "title": found.title,
        "was": passage(found.was),
        "now": passage(found.now) if found.now else None,
        "same_words": found.same_words,
    }


def passage(found: "Passage") -> dict[str, str]:
    """Words with what stands round them."""
    return {"before": found.before, "words": found.words, "after": found.after}


def verified(found: "Verified") -> dict[str, Any]:
    """What holds of a file as `verify --json` writes it; of the marks those that are not exact."""
    from reader.services.verifying import Holds

    return {
        "format": found.form,
        "offset_unit": "code points",
        "counts": {str(holds): found.count(holds) for holds in Holds},
        "documents": [
            {
                "document": document.uid,
                "here": document.here,
                "title": document.title,
                "file": str(document.file),
                "text": str(document.text),
                "counts": {str(holds): document.count(holds) for holds in Holds},
                "marks": [_verified_mark(mark) for mark in document.marks if mark.holds is not Holds.EXACT],
            }
            for document in found.documents
        ],
        "problems": list(found.problems),
    }


def _verified_mark(mark: "VerifiedMark") -> dict[str, Any]:
    return {
        "annotation": mark.uid,
        "holds": str(mark.holds),
        "score": mark.score,
        "start": mark.start,
        "end": mark.end,
    }


def tag(found: Tag) -> dict[str, Any]:
    """A tag as `tags --json` writes it."""
    return {"name": found.name, "color": found.color, "description": found.description, "uses": found.uses}


def facet_value(found: Value) -> dict[str, Any]:
    """A value of a facet as `facets --json` writes it."""
    return {"label": found.label, "count": found.count, "where": written(Filter(found.parts))}


def saved_view(name: str, view: View) -> dict[str, Any]:
    """A view of the workspace as `filters --json` writes it."""
    return {
        "name": name,
        "where": written(view.filter),
        "order": view.order.value,
        "reverse": view.descending,
        "group": view.group.value if view.group else "",
    }


def hits(group: "DocumentHits") -> dict[str, Any]:
    """What was found in one document, as `search --json` writes it."""
    return {
        "document": group.document.uid,
        "id": group.document.short_id,
        "title": group.document.title,
        "hits": [hit(found) for found in group.hits],
    }


def hit(found: "Hit") -> dict[str, Any]:
    """One hit: its place in the document, and the text round it with the matches' places in that text."""
    return {
        "kind": found.kind,
        "start": found.start,
        "end": found.end,
        "snippet": found.snippet,
        "matches": [list(match) for match in found.matches],
        "annotation": found.annotation_uid,
        "lost": found.lost,
    }
