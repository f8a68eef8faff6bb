"""The saved page: an article as a browser leaves it, with everything round it that is not the article."""

from collections.abc import Mapping

from tests.sample_sources import drawing

NAME = "nobody-cut-a-ribbon"
TITLE = "Nobody cut a ribbon"
DEBRIS = (
    "Recommended",
    "Hale: ‘the cow and the mill’ to be put to the vote",
    "Heifer from Upper Lenn is second in her class",
    "Subscribe to the Lenn Valley Post for eight pence a day and never miss a flood.",
    "“We did not have a scheme. We had a list, and we started at the top of it.”",
    "Share this article",
    "Source » Asmere Water, annual return for 2019",
)
"""What stands between the paragraphs and is no part of them, by their beginnings as shown."""


def files() -> Mapping[str, bytes]:
    """The page and its folder of files, by their paths beside one another."""
    folder = f"{NAME}_files"
    return {
        f"{NAME}.html": _page(folder).encode(),
        f"{folder}/losses.png": drawing.png(540, 300, drawing.losses),
        f"{folder}/crest.svg": _CREST.encode(),
        f"{folder}/site.css": b"body { max-width: 60em } .share { display: flex }\n",
        f"{folder}/count.js": b"document.title = 'This page has been counted';\n",
    }


def _page(folder: str) -> str:
    return f"""<!DOCTYPE html>
<!-- saved from url=(0068)https://lenn-valley-post.example/2024/04/11/nobody-cut-a-ribbon.html -->
<html lang="en-GB"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<title>{TITLE} – Lenn Valley Post</title>
<meta name="viewport" content="width=device-width">
<meta property="og:type" content="article">
<meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="Lenn Valley Post">
<link rel="canonical" href="https://lenn-valley-post.example/2024/04/11/nobody-cut-a-ribbon.html">
<link rel="stylesheet" href="./{folder}/site.css">
<script src="./{folder}/count.js"></script>
{_LINKED_DATA}
</head>
<body class="story">
{_TOP.format(folder=folder)}
<main id="content">
<article>
{_ARTICLE.format(folder=folder)}
</article>
{_BESIDE}
</main>
{_FOOT}
</body></html>
"""


_LINKED_DATA = """<script type="application/ld+json">
{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Nobody cut a ribbon",
 "author": {"@type": "Person", "name": "Joan Ellery"}, "datePublished": "2024-04-11T06:00:00+01:00",
 "publisher": {"@type": "Organization", "name": "Lenn Valley Post"}, "inLanguage": "en-GB"}
</script>"""
_TOP = """<header class="masthead"><a href="https://lenn-valley-post.example/"><img src="./{folder}/crest.svg"
 alt="Lenn Valley Post" width="48" height="48"></a>
<nav><ul><li><a href="https://lenn-valley-post.example/news">News</a></li>
<li><a href="https://lenn-valley-post.example/farms">Farms</a></li>
<li><a href="https://lenn-valley-post.example/levels">Levels today</a></li>
<li><a href="https://lenn-valley-post.example/sign-in">Sign in</a></li></ul></nav></header>
<div class="cookie-banner" role="dialog"><p>We use biscuits to remember you. <button>All biscuits</button></p></div>"""
_ARTICLE = """<header><h1>Nobody cut a ribbon</h1>
<p class="standfirst">What the town of Asmere did with eleven million, a roomful of plans and a man with a stick</p>
<p class="byline">By <a rel="author" href="https://lenn-valley-post.example/by/joan-ellery">Joan Ellery</a>,
<time datetime="2024-04-11T06:00:00+01:00">11 April 2024</time></p></header>
<p>The stick is of ash, about as long as a billiard cue, with a cup turned in one end. You put the other end on the
iron lid in the road and the cup to your ear. “Now,” said Len Fothergill. “What have you got?” I had, I told him, a
noise like a kettle in the next house but one. He took the stick and bent to it with his eyes shut, as you might to
smell a rose. “That’s not a kettle,” he said. “That’s nine houses.”</p>
<p>Mr Fothergill has listened to the pipes of Asmere for thirty-four years, the last eight of them to some purpose. In
2011 the town lost a third of all the water that it put into the ground. By 2019 it lost an eighth. No lake was dug in
that time and no valley filled; the rain, if anything, was less. Both sides of the quarrel over the Narrows have
lately taken to quoting Asmere, and neither, so far as I can find, has been. It is forty minutes on the train.</p>
<div class="related"><h3>Recommended</h3><ul>
<li><a href="https://lenn-valley-post.example/vote">Hale: ‘the cow and the mill’ to be put to the vote</a></li>
<li><a href="https://lenn-valley-post.example/show">Heifer from Upper Lenn is second in her class</a></li></ul></div>
<h2>A list</h2>
<p>“People come and ask to see the scheme,” said Ruth Calloway, who ran it. She keeps it in a box file. “We did not
have a scheme. We had a list, and we started at the top of it.” At the top was Tanner Street, where the main was of
1888 and had been mended so often that it was, she says, mostly mend. At the bottom was her own road. They have not
reached it.</p>
<aside class="pullquote"><p>“We did not have a scheme. We had a list, and we started at the top of it.”</p></aside>
<p>The list was made in one winter by four people with sticks, at night, when taps are shut and what you hear is loss.
They walked every street twice. Where the two walks disagreed they sent Mr Fothergill. The result was set out by what
each mile was losing and what it would cost to relay, and the first divided by the second; and that, Mrs Calloway
says, is the only arithmetic in it.</p>
<figure><img src="./{folder}/losses.png" alt="Nine bars, each lower than the last, from 33 in 2011 to 13 in 2019"
width="540" height="300"><figcaption>Lost of every hundred litres, Asmere, 2011 to 2019.</figcaption></figure>
<p>It cost nineteen million, or eleven, according to where you stop counting. Eleven was paid to those who dug. The
other eight went on the new meters, which the town would have had to buy in any case and which were put on the same
bill, she says, “by somebody who liked a round hole”.</p>
<div class="newsletter"><p>Subscribe to the Lenn Valley Post for eight pence a day and never miss a flood.</p>
<form action="https://lenn-valley-post.example/join" method="post"><input type="email" name="e"
 placeholder="you@example.org"><button type="submit">Subscribe</button></form></div>
<h2>What it looks like</h2>
<p>Nothing. That is the trouble with it. I was shown, with pride, a length of Tanner Street. It had cars on it. A lady
was bringing out her bins. “Under there,” said Mrs Calloway, and we both looked at the tarmac for some time, as people
look at the sea. There had been some idea of a plaque, and then the money for the plaque was found to be enough for
eleven yards of Orchard Lane.</p>
<blockquote><p>Nobody has ever thanked me for a leak that they did not have. I have had letters about the
dust.</p></blockquote>
<p>I asked whether it could be done at Harlow. She said that it could be done anywhere with roads. I asked whether it
could be done in place of a dam, and she said that she was a plain engineer and that it was not for her to say; and
then, after we had walked back nearly to the station, that she would like to be told one day what people thought they
would be filling the dam up
<em>for</em>.</p>
<p>Mr Fothergill is to retire in June. There is a machine now that does it, with a screen. He has tried it, and he
thinks that it is very good; it found everything that he had found. He is leaving it the stick.</p>
<div class="share" aria-label="Share"><p>Share this article</p><ul><li><a
href="https://social.example/share">Post</a></li>
<li><a href="mailto:?subject=Nobody%20cut%20a%20ribbon">Email</a></li><li><button>Copy link</button></li></ul></div>
<p>Source » <a href="https://asmere-water.example/return-2019">Asmere Water, annual return for 2019</a></p>"""
_BESIDE = """<aside class="sidebar"><h2>Most read</h2><ol>
<li><a href="https://lenn-valley-post.example/a">Bowser stuck at Thwaite’s gate: ‘it was shut’</a></li>
<li><a href="https://lenn-valley-post.example/b">Mouse at Millgate: board denies painting it</a></li>
<li><a href="https://lenn-valley-post.example/c">Sheep delegation received</a></li></ol></aside>
<section class="comments"><h2>3 comments</h2>
<div class="comment"><p><b>tomg</b> he’s not retiring he’s been told</p></div>
<div class="comment"><p><b>Upstream</b> Eleven? It was nineteen. Read your own article.</p></div>
<div class="comment"><p><b>tomg</b> it says both</p></div></section>"""
_FOOT = """<footer><p>© Lenn Valley Post 2024 · <a href="https://lenn-valley-post.example/terms">Terms</a> ·
<a href="https://lenn-valley-post.example/biscuits">Biscuits</a></p></footer>
<iframe src="https://adverts.example/frame" title="Advertisement"></iframe>
<script>countReader(20240411)</script>"""
_CREST = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<circle cx="24" cy="24" r="22" fill="#33546a"/>
<path d="M6 28 Q15 20 24 28 T42 28" stroke="#faf7f0" stroke-width="3" fill="none"/>
<path d="M6 36 Q15 28 24 36 T42 36" stroke="#faf7f0" stroke-width="3" fill="none"/></svg>
"""
