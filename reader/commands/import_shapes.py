"""The JSON that `reader import --json` writes, key by key as `resources/schema/cli.md` documents it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.services.exchange import ImportReport
    from reader.services.import_preview import ImportPreview, SeenDocument, SeenRecord


def previewed(found: "ImportPreview") -> dict[str, Any]:
    """What an import would do, as `import --dry-run --json` writes it."""
    from reader.services.import_preview import Stands

    return {
        "format": found.form,
        "new": found.new,
        "newer": found.newer,
        "same": found.same,
        "older": found.older,
        "masks": found.masks,
        "counts": {str(stands): found.count(stands) for stands in Stands},
        "documents": [_document(document) for document in found.documents],
        "records": [_record(record) for record in found.records],
        "notes": list(found.notes),
        "problems": list(found.problems),
    }


def imported(report: "ImportReport") -> dict[str, Any]:
    """What an import did, as `import --json` writes it."""
    return {
        "added": report.added,
        "updated": report.updated,
        "left": report.skipped,
        "masks": report.masks,
        "lost": list(report.lost),
        "notes": list(report.notes),
        "problems": list(report.problems),
    }


def _document(found: "SeenDocument") -> dict[str, Any]:
    return {
        "document": found.uid,
        "title": found.title,
        "url": found.origin,
        "here": found.here,
        "how": str(found.how),
        "annotations": found.annotations,
    }


def _record(found: "SeenRecord") -> dict[str, Any]:
    return {
        "annotation": found.uid,
        "document": found.document_uid,
        "stands": str(found.stands),
        "becomes": str(found.becomes),
        "quote": found.quote,
        "there": found.there,
        "note": found.note,
        "score": found.score,
    }
