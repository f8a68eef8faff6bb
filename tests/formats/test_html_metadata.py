import pytest

from tests.formats.checks import document_of


def test_everything_a_page_says_of_itself() -> None:
    metadata = document_of(
        "<html lang=en-GB><title>The reservoir | Harlow Courier</title>"
        "<meta property=og:site_name content='Harlow Courier'><meta name=author content='By M. Okafor'>"
        "<meta property=article:published_time content='2024-04-02T07:00:00Z'>"
        "<link rel=canonical href='https://www.harlowcourier.example/reservoir'><h1>A heading</h1><p>Text",
        "html",
    ).metadata
    assert metadata.title == "A heading"
    assert metadata.authors == ("M. Okafor",)
    assert metadata.source == "Harlow Courier"
    assert metadata.date == "2024-04-02T07:00:00Z"
    assert metadata.language == "en-GB"
    assert metadata.url == "https://www.harlowcourier.example/reservoir"
    assert metadata.tags == ()


def test_linked_data_wins() -> None:
    metadata = document_of(
        "<script type='application/ld+json'>{'bad json'}</script><script type='application/ld+json'>"
        '{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"Page"},{"@type":["NewsArticle"],'
        '"headline":"Headline  here","author":[{"name":"A"},{"name":"B"},"C"],"publisher":{"name":"Post"},'
        '"datePublished":"2024-04-02","inLanguage":"cy"}]}</script><meta name=author content=Wrong>'
        "<meta name=date content=1999><p>x",
        "html",
    ).metadata
    assert (metadata.title, metadata.authors, metadata.source) == ("Headline here", ("A", "B", "C"), "Post")
    assert (metadata.date, metadata.language) == ("2024-04-02", "cy")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Rain at last | Courier</title><meta property=og:site_name content=Courier><p>x", "Rain at last"),
        ("<title>Courier - Rain at last</title><meta property=og:site_name content=Courier><p>x", "Rain at last"),
        ("<title>Rain - or snow</title><meta property=og:site_name content=Courier><p>x", "Rain - or snow"),
        ("<title>Site</title><h1>Rain</h1><p>x", "Rain"),
        ("<meta property=og:title content='Rain here'><title>Site</title><h1>Logo</h1>", "Rain here"),
        ("<h2>Second</h2><p>x", "Second"),
        ("<p>It rained. Then not.", "It rained."),
    ],
)
def test_title(head: str, title: str) -> None:
    assert document_of(head, "html").metadata.title == title


def test_saved_page_knows_its_address() -> None:
    metadata = document_of("<!-- saved from url=(0031)https://www.post.example/a/b.html --><p>x", "html").metadata
    assert metadata.url == "https://www.post.example/a/b.html"
    assert metadata.source == "post.example"


def test_addresses_that_are_none_are_left_out() -> None:
    metadata = document_of(
        "<link rel=canonical href='javascript:x'><meta property=og:url content='/a'><p>x", "html"
    ).metadata
    assert metadata.url == ""


def test_deep_linked_data_is_passed_over() -> None:
    deep = "[" * 50_000
    assert document_of(f"<script type='application/ld+json'>{deep}</script><p>Words", "html").metadata.title == "Words"
