"""Addresses, titles and numbers of the same work are told to be the same, those of others are not."""

import pytest

from reader.text.same_work import address_key, file_name, may_be_same_people, numbers, title_keys


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/story",
        "https://www.example.org/story/",
        "HTTPS://Example.ORG:443/story#part-2",
        "https://example.org/story?utm_source=x&utm_medium=y&fbclid=abc",
        "https://example.org/story/index.html",
        "https://example.org/st%6Fry",
    ],
)
def test_one_page_has_one_key(other: str) -> None:
    assert address_key(other) == address_key("https://example.org/story")


@pytest.mark.parametrize(
    "other",
    ["https://example.org/story?id=2", "https://example.org/Story", "https://blog.example.org/story", "urn:x", ""],
)
def test_another_page_has_another_key(other: str) -> None:
    assert address_key(other) != address_key("https://example.org/story")


def test_parameters_that_matter_stay_in_whatever_order() -> None:
    assert address_key("https://a.org/?b=2&utm_term=q&a=1") == address_key("http://a.org?a=1&b=2")
    assert address_key("urn:x-pdf:abc") == "urn:x-pdf:abc"
    assert address_key("file://localhost/a/The%20Lake.pdf") == address_key("/a/The Lake.pdf") == "/a/The Lake.pdf"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Lake: A History", "The lake"),
        ("The Lake – The Daily Paper", "The Lake"),
        ("The Lake | The Daily Paper", "the lake"),
        ("The Lake (Lee, Ada)", "The Lake"),
        ("The Lake (German Edition) (Lee, Ada)", "The Lake"),
        ("the_lake.pdf", "The Lake"),
        ("Élan vital", "ELAN VITAL"),
    ],
)
def test_a_title_is_known_without_what_others_put_round_it(one: str, other: str) -> None:
    assert title_keys(one) & title_keys(other)


def test_other_titles_and_next_to_nothing_are_not_the_same() -> None:
    assert not title_keys("The Lake") & title_keys("The Lakes")
    assert not title_keys("A: B")


def test_numbers_are_found_in_any_writing() -> None:
    assert numbers(["https://doi.org/10.1000/ABC.1"]) == numbers(["doi:10.1000/abc.1"]) == {"doi:10.1000/abc.1"}
    assert numbers(["isbn:0-306-40615-2"]) == numbers(["urn:isbn:9780306406157"]) == {"isbn:9780306406157"}
    assert numbers(["isbn:0-306-40615-3", "call 555 1234"]) == frozenset()


def test_people_and_file_names() -> None:
    assert may_be_same_people(["Lee, Ada"], ["Ada Lee"])
    assert may_be_same_people([], ["Ada Lee"])
    assert not may_be_same_people(["Rob Carr"], ["Ada Lee"])
    assert file_name("file:///home/x/The%20Lake.pdf") == "The Lake.pdf"
    assert file_name("C:\\books\\Lake.epub") == "Lake.epub"
    assert file_name("https://example.org/lake.pdf") == ""
