"""What clipping leaves in a text is found, and what only looks like it is not."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.registry import parse, read
from reader.formats.request import Request
from reader.model.document import Debris, DebrisKind, Document
from reader.resources import samples
from reader.text.debris import find_debris, source_of
from tests.formats.saved_pages import paragraph, paragraphs
from tests.text.strategies import mixed_text

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
SEEDS = CORPUS.parent / "seeds"
LONG = paragraphs(6)


def found_in(document: Document) -> list[tuple[str, str]]:
    """(kind, text) of each piece of debris, checked to keep the promises."""
    debris = find_debris(document)
    end = -1
    for piece in debris:
        assert end < piece.start < piece.end <= len(document.text)
        assert piece.start == 0 or document.text[piece.start - 1] == "\n"
        assert piece.end == len(document.text) or document.text[piece.end] == "\n"
        end = piece.end
    return [(piece.kind.value, document.text[piece.start : piece.end]) for piece in debris]


def plain(lines: Sequence[str]) -> list[tuple[str, str]]:
    return found_in(Document("\n".join(lines)))


def html(source: str) -> list[tuple[str, str]]:
    return found_in(parse(Request(source.encode(), "x.html", None, "page"), "html").document)


def between(line: str) -> list[str]:
    """A line as clipping leaves it: between two paragraphs of a titled text."""
    return ["The title", LONG[0], LONG[1], line, LONG[2], LONG[3]]


@cache
def sample(name: str) -> Document:
    return read(samples() / name).document


def test_the_sample_clipping() -> None:
    assert found_in(sample("5f1c09e2a7.txt")) == [
        ("recommended", "Recommended"),
        ("subscribe", "Join the conversation as a Post member"),
        ("source", "Source » Lenn Valley Post"),
    ]
    assert found_in(sample("sadd-va-darreh.txt")) == [("source", "منبع: روزنامهٔ دره")]
    assert found_in(sample("the-reservoir-the-valley-cannot-afford.html")) == [
        ("recommended", "Recommended — Join the Courier circle and read without limits"),
        ("other", "Advertisement: the Courier circle, three months free"),
    ]


def test_the_sample_page() -> None:
    path = samples() / "nobody-cut-a-ribbon.html"
    found = found_in(parse(Request(path.read_bytes(), path.name, path.parent, "page"), "html").document)
    assert [(kind, text.split("\n")[0], text.count("\n")) for kind, text in found] == [
        ("recommended", "Recommended", 2),
        ("pull_quote", "“We did not have a scheme. We had a list, and we started at the top of it.”", 0),
        ("subscribe", "Subscribe to the Lenn Valley Post for eight pence a day and never miss a flood.", 0),
        ("share", "Share this article", 2),
        ("source", "Source » Asmere Water, annual return for 2019", 0),
        ("recommended", "Most read", 3),
        ("other", "3 comments", 0),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "a-long-winter-on-the-lenn.md",
        "gauge-group-messages.md",
        "minutes-2024-03-14.md",
        "reading-with-passage.md",
        "residents-we-were-never-asked.html",
    ],
)
def test_the_other_samples_are_text_from_end_to_end(name: str) -> None:
    assert found_in(sample(name)) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Recommended", "recommended"),
        ("RECOMMENDED", "recommended"),
        ("Read more »", "recommended"),
        ("Read more: Sheep seen on the weir", "recommended"),
        ("ALSO READ | Why the duck knows more", "recommended"),
        ("You may also like", "recommended"),
        ("Lesen Sie auch: Die Ente weiß mehr", "recommended"),
        ("À lire aussi : Le canard en sait plus", "recommended"),
        ("Te puede interesar: El pato sabe más", "recommended"),
        ("بیشتر بخوانید: اردک بیشتر می‌داند", "recommended"),
        ("اقرأ أيضاً: البطة تعرف أكثر", "recommended"),
        ("مواضيع ذات صلة", "recommended"),
        ("Join the conversation as a VIP Member", "subscribe"),
        ("Subscribe", "subscribe"),
        ("Sign up for our free weekly newsletter and never be dry!", "subscribe"),
        ("Already a subscriber? Log in", "subscribe"),
        ("Please make a small donation to keep the gauge running.", "subscribe"),
        ("Follow us on Facebook and Twitter", "subscribe"),
        ("Newsletter abonnieren", "subscribe"),
        ("Abonnez-vous à notre lettre", "subscribe"),
        ("Suscríbete a nuestro boletín", "subscribe"),
        ("Share this article", "share"),
        ("Facebook Twitter WhatsApp Email Share", "share"),
        ("Share | Tweet | Email | Print", "share"),
        ("به اشتراک بگذارید", "share"),
        ("Advertisement", "other"),
        ("Story continues below advertisement", "other"),
        ("Article continues after ad", "other"),
        ("إعلان", "other"),
    ],
)
def test_lines_between_paragraphs(line: str, kind: str) -> None:
    assert plain(between(line)) == [(kind, line)]
    assert html("<h1>The title</h1>" + "".join(f"<p>{text}</p>" for text in between(line)[1:])) == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Recommended.",
        "“Read more,” said Wyn Harker.",
        "“Subscribe”",
        "Related work",
        "Further reading",
        "See also",
        "References",
        "Sources",
        "Read more about the ford in the next chapter.",
        "Join the navy",
        "Join us at the ford on Monday, she wrote, and bring a lamb.",
        "Join the conversation, he said, and left the room.",
        "Subscribe to no opinion that you have not walked round.",
        "Sign up or ship out.",
        "Follow the path on the left bank to the weir.",
        "Share this with no one.",
        "Share",
        "Facebook",
        "Email",
        "Donated by the mill",
        "Support our engineer had none.",
        "Become a member of the board",
        "Advertisement of the second edition",
        "Popular songs of the valley",
        "Source of the Lenn",
        "Source: the volunteers’ gauge at Sallow Ford, 2014–2023",
        "Source: Thwaite",
        "No comments",
    ],
)
def test_lines_that_are_text(line: str) -> None:
    assert plain(between(line)) == []


def test_a_text_with_titles_may_have_one_that_says_recommended() -> None:
    parts = ["Minutes", LONG[0], "Apologies", LONG[1], "Chairman's report", LONG[2], "The ladder", LONG[3]]
    assert plain([*parts, "Recommended", LONG[4], LONG[5]]) == []
    assert html(f"<h1>Report</h1><p>{LONG[0]}</p><h2>Recommended</h2><p>{LONG[1]}</p>") == []
    assert html(f"<h1>Report</h1><p>{LONG[0]}</p><h2>Read more</h2><p>{LONG[1]}</p>") == []
    # What comes again and again is no title.
    assert len(plain([*parts, "Advertisement", LONG[4], "Advertisement", LONG[5]])) == 2


def test_the_first_line_is_the_title_whatever_it_says() -> None:
    assert plain(["Recommended", *LONG]) == []
    assert plain(["Subscribe", *LONG]) == []


def test_headlines_after_an_opener() -> None:
    links = "<li><a href='https://x.example/1'>Sheep seen on the weir</a><li><a href='https://x.example/2'>Duck</a>"
    for opener in ("<h3>Recommended</h3>", "<p>Related articles</p>", "<h2>Most read</h2>"):
        found = html(f"<h1>T</h1><p>{LONG[0]}</p>{opener}<ul>{links}</ul><ul><li>a kettle</ul><p>{LONG[1]}</p>")
        assert [text.split("\n")[1:] for _, text in found] == [["Sheep seen on the weir", "Duck"]]
    lines = ["T", LONG[0], "Related articles", "Sheep seen on the weir", "Why the duck knows more", LONG[1]]
    assert plain(lines) == [("recommended", "\n".join(lines[2:5]))]
    # One short line may be the title of what follows.
    lines = ["T", LONG[0], "Read more", "The east bank again", LONG[1]]
    assert plain(lines) == [("recommended", "Read more")]


def test_steps_of_a_list_are_no_invitations() -> None:
    steps = "<ol><li>Sign up for email alerts.<li>Subscribe<li>Share this page</ol>"
    assert ("subscribe", "Subscribe") not in html(f"<h1>T</h1><p>{LONG[0]}</p>{steps}<p>{LONG[1]}</p>")


def test_the_source_is_the_last_line_of_its_text() -> None:
    for line in ("Source » eurasiareview", "Source: Reuters", "Via: https://x.example/a", "المصدر: الجزيرة"):
        assert plain(["T", *LONG, "", line, ""]) == [("source", line)]
        assert plain(["T", *LONG[:2], line, *LONG[2:]]) == []
    assert plain(["T", *LONG, "Source: Smith, J. (1999), The River, p. 7"]) == []
    assert plain(["T", *LONG, "The levels", "Source: the gauge"]) == []
    assert html(f"<h1>T</h1><p>{LONG[0]}</p><table><tr><th>a<td>1</table><p>Source: the gauge</p>") == []


@pytest.mark.parametrize(
    ("source", "offered"),
    [
        ("Source » <a href='https://x.example/r'>Asmere Water</a>", "Asmere Water"),
        ("Source » <a href='https://x.example/r'>here</a>", "https://x.example/r"),
        ("Source: https://x.example/r", "https://x.example/r"),
    ],
)
def test_what_a_source_line_offers(source: str, offered: str) -> None:
    page = f"<h1>T</h1><p>{LONG[0]}</p><p>{source}</p>"
    document = parse(Request(page.encode(), "x.html", None, "page"), "html").document
    (debris,) = find_debris(document)
    assert source_of(document, debris) == offered
    assert source_of(document, Debris(DebrisKind.SHARE, debris.start, debris.end)) == ""


QUOTE = "We kept the ladder because nobody ever came to ask for it again."


def test_a_pull_quote_repeats_a_sentence_close_by() -> None:
    holding = f"{LONG[1]} {QUOTE} {LONG[2]}"
    assert plain(["T", LONG[0], holding, QUOTE, LONG[3]]) == [("pull_quote", QUOTE)]
    assert plain(["T", LONG[0], QUOTE, LONG[3], holding]) == [("pull_quote", QUOTE)]
    assert html(f"<h1>T</h1><p>{LONG[0]}</p><blockquote>{QUOTE}</blockquote><p>{holding}</p>") == [
        ("pull_quote", QUOTE)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["T", QUOTE, f"{LONG[0]} {QUOTE}", LONG[1]],  # a summary before the text
        ["T", LONG[0], QUOTE, f"He began: “{QUOTE}” {LONG[1]}"],  # quoted and discussed
        ["T", LONG[0], f"{LONG[1]} {QUOTE}", *LONG[2:], paragraph(20), QUOTE],  # said again much later
        ["T", LONG[0], f"{LONG[1]} As I said, {QUOTE}", QUOTE],  # only part of a sentence there
        ["T", LONG[0], f"{LONG[1]} It rained.", "It rained."],  # too short to be one
        ["T", LONG[0], QUOTE, QUOTE],  # a refrain
    ],
)
def test_repetitions_that_are_no_pull_quotes(lines: list[str]) -> None:
    assert plain(lines) == []


def test_a_book_is_searched_for_invitations_only() -> None:
    book = [paragraph(number, 8) for number in range(600)]
    book[300:300] = ["Advertisement"]
    book[400:400] = ["Recommended"]
    assert plain(book) == []
    assert plain([*book, "Sign up for our newsletter"]) == [("subscribe", "Sign up for our newsletter")]


def test_paragraphs_of_wrapped_text_are_looked_at_as_a_whole() -> None:
    wrapped = "\n\n".join(["The title", *(text.replace(". ", ".\n") for text in LONG), "Source » The Post"])
    wrapped = wrapped.replace("\n\n", "\n\nShare this article\n\n\n", 1).replace(".\n", ".\nSubscribe\n", 1)
    assert found_in(Document(wrapped, hard_wrapped=True)) == [
        ("share", "Share this article"),
        ("source", "Source » The Post"),
    ]


@given(mixed_text, st.lists(st.sampled_from(["Recommended", "Share", "Source » x", "Read more", ""]), max_size=6))
def test_any_text_keeps_the_promises(text: str, lines: list[str]) -> None:
    for wrapped in (False, True):
        found_in(Document("\n".join([text, *lines, text]), hard_wrapped=wrapped))


def test_the_seeds() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the seed articles are not here")
    found = {path.name[:3]: found_in(read(path).document) for path in SEEDS.glob("*.txt")}
    assert found == {
        "000": [("recommended", "Recommended"), ("subscribe", "Join the conversation as a VIP Member")],
        "001": [("source", "Source » eurasiareview")],
    }


def test_documents_without_debris() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not here")
    files = [*CORPUS.glob("html/udhr/*.html"), *CORPUS.glob("encodings/*.txt"), *CORPUS.glob("same-text/*.txt")]
    files += [CORPUS / "markdown" / "spec.txt", CORPUS / "strings" / "blns.txt"]
    assert {path.name: found for path in files if (found := found_in(read(path).document))} == {}
