"""Words of documents and readers as tooltips: never taken for markup, in lines of a bearable length, not endless."""

_SHORT = 80
LONGEST = 1_000
"""More code points than this are cut: a tooltip is no page."""


def tip_text(text: str) -> str:
    """What to give Qt as a tooltip so that it shows `text` as it is; empty for an empty one."""
    if len(text) <= _SHORT and "<" not in text and "&" not in text:
        return text
    # Imported here: its list of names is large, and the first tooltip has time.
    from html import escape

    shown = text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
    # Qt takes what looks like markup for markup, and breaks lines in nothing else; so all of it is markup of ours.
    return f'<p style="white-space: pre-wrap">{escape(shown)}</p>'
