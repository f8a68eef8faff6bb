"""Pages as the software of sites writes them, about a valley, for the tests of saved pages."""

from collections.abc import Iterable
from random import Random

WORDS = """water ladder valley staff winter letter kettle engineer bank river sheet seven question council duck spring
limestone farm bowser cattle gallery minutes drawing library pencil landing cottage chapel slate carrier navigation
envelope swan margin thunder otter stocking lorry upstream rook street curtain barber forge bicycle brother meadow
hollow bridge copper lantern orchard parish quarry saddle tunnel vessel wagon yonder almond basket candle""".split()


def sentence(number: int) -> str:
    """A sentence of ten words that no other number has."""
    words = Random(number).choices(WORDS, k=10)
    return f"{' '.join(words).capitalize()}."


def paragraph(number: int, sentences: int = 3) -> str:
    """A paragraph that no other number has."""
    return " ".join(sentence(10 * number + i) for i in range(sentences))


def paragraphs(count: int, first: int = 0) -> list[str]:
    return [paragraph(number) for number in range(first, first + count)]


def wrapped(texts: Iterable[str], tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{text}</{tag}>" for text in texts)


HEAD = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>The ladder - Valley Times</title>"
    "<meta property='og:type' content='article'><meta property='og:title' content='The ladder'>"
    "<meta property='og:site_name' content='Valley Times'></head><body>"
)
MENU = "<nav><ul><li><a href=/n>News</a><li><a href=/f>Farms</a></ul></nav>"
RELATED = (
    "<div class='related-posts'><h3>Related articles</h3><ul><li><a href=/1>Sheep seen on the weir again</a>"
    "<li><a href=/2>Why the duck knows more than the board</a></ul></div>"
)
SHARE = "<ul class='social-share'><li><a href='https://f.example'>Facebook</a><li><a href='https://t.example'>Tweet</a></ul>"
LETTER = "<section id=newsletter><p>Sign up to our newsletter.</p><form><input name=e></form></section>"
FOOTER = "<footer><p>© Valley Times. " + sentence(9003) + " " + sentence(9004) + " All rights reserved.</p></footer>"
COMMENTS = (
    "<div id='comments' class='comments-area'><h2>2 comments</h2><ol><li><p>"
    + paragraph(90)
    + "</p><li><p>"
    + paragraph(91)
    + "</p></ol></div>"
)


def blog(body: str) -> str:
    """A weblog's page: header, article, a column beside it, comments."""
    return (
        f"{HEAD}<div id=page class='site has-sidebar'><header class=masthead><a href=/>Valley Times</a></header>{MENU}"
        f"<div class=content><main><article class='post type-post'><header class=entry-header><h1>The ladder</h1>"
        f"<p class=byline>By Nessa Thorne</p></header><div class=entry-content>{body}{SHARE}</div>{RELATED}</article>"
        f"{COMMENTS}</main><aside class=widget-area><section class=widget><h2>Archive</h2><ul><li><a href=/a>May</a>"
        f"<li><a href=/b>June</a></ul></section></aside></div>{FOOTER}</div></body></html>"
    )


def newspaper(parts: list[str]) -> str:
    """A newspaper's page: no `<article>`, the body in several blocks with advertisements between, the title above."""
    blocks = f"<div class='ad-slot'>Advertisement</div>{LETTER}".join(
        f"<div class='story-block b{number}'>{part}</div>" for number, part in enumerate(parts)
    )
    return (
        f"{HEAD}<div class=top><div class=logo><a href=/>VT</a></div>{MENU}</div><div class=page>"
        f"<div class=headline><h1>The ladder</h1><h2 class=standfirst>What was left behind, and why</h2></div>"
        f"<div class=columns><div class=story>{blocks}</div><div class='sidebar promo'><p><a href=/x>Win a lamb</a></p>"
        f"</div></div>{RELATED}</div><div class=footer><p>© Valley Times</p></div></body></html>"
    )


def old_page(parts: list[str]) -> str:
    """A page of the nineties: a table that places the parts, line breaks for paragraphs, nothing said of itself."""
    body = "<br><br>".join(parts)
    return (
        "<html><head><title>The ladder</title></head><body><table width=100%><tr><td width=20%><a href=/>Home</a><br>"
        f"<a href=/l>Links</a></td><td><font size=5>The ladder</font><br>{body}</td></tr></table></body></html>"
    )


def front_page() -> str:
    """A page with the beginnings of several articles."""
    teasers = "".join(
        f"<article><h2><a href=/{n}>Story number {n}</a></h2><p>{paragraph(n)}</p></article>" for n in range(8)
    )
    return f"{HEAD}{MENU}<main>{teasers}</main>{FOOTER}</body></html>"
