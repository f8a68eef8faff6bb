"""The words of the W3C Web Annotation form: the recommendation's own, and ours beside them."""

from reader.model.annotation import Color, Style

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

PDF_PAGES = "http://tools.ietf.org/rfc/rfc3778"
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"

OFFSET_UNIT = "code points"

_OURS = "urn:passage:terms:"
OUR_CONTEXT: dict[str, object] = {
    "passage": _OURS,
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "http://schema.org/",
    "title": "dcterms:title",
    "subtitle": "schema:alternativeHeadline",
    "authors": {"@id": "dcterms:creator", "@container": "@list"},
    "contributors": {"@id": "dcterms:contributor", "@container": "@list"},
    "isPartOf": "schema:isPartOf",
    "publisher": "dcterms:publisher",
    "date": "dcterms:date",
    "url": "schema:url",
    "identifiers": {"@id": "dcterms:identifier", "@container": "@list"},
    "keywords": {"@id": "schema:keywords", "@container": "@list"},
    "headings": {"@id": "passage:headings", "@container": "@list"},
    "link": {"@id": "passage:link", "@type": "@id"},
    "rects": {"@id": "passage:rects", "@container": "@list"},
    **{
        name: f"passage:{name}"
        for name in (
            "documents", "categories", "tags", "styles", "color", "description", "offsetUnit", "documentFormat",
            "textSha256", "textLength", "fileSha256", "fileSize", "reader", "readerVersion", "normaliserVersion",
            "view", "page", "anchorState", "likeness", "reviewed", "anchor", "left", "top", "right", "bottom",
        )
    },
}  # fmt: skip
"""Dublin Core and schema.org for what a document is, and names of our own for what neither has."""

COLORS: dict[Color, str] = {
    Color.YELLOW: "#f6d743",
    Color.GREEN: "#8fcf7a",
    Color.BLUE: "#7fb9ea",
    Color.PINK: "#f09cc0",
    Color.ORANGE: "#f5ae5b",
    Color.PURPLE: "#bfa2e6",
}
"""What a category looks like elsewhere."""


def stylesheet() -> str:
    """CSS for the classes that a mark's target names: its colour and its style."""
    rules = [f".{color} {{ --mark: {value}; }}" for color, value in COLORS.items()]
    rules += [
        f".{Style.HIGHLIGHT} {{ background-color: var(--mark); }}",
        f".{Style.UNDERLINE} {{ text-decoration: underline 2px var(--mark); }}",
        f".{Style.AREA} {{ outline: 2px solid var(--mark); }}",
    ]
    return "\n".join(rules)
