"""Drawings that stand in the text of a book."""

from tests.formats.checks import shown
from tests.formats.epub.books import Book, page


def test_a_drawing_in_a_cell_follows_the_table_and_its_title_stands_in_the_cell() -> None:
    drawn = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 90'><title>A weir</title><path d='M0 0h9'/></svg>"
    bare = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 90'><path d='M0 0h9'/></svg>"
    icon = "<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16'><title>yes</title><path d='M0 0h9'/></svg>"
    table = (
        f"<table><tr><th>Name</th><th>Plan</th></tr><tr><td>One {icon}</td><td>{drawn}</td></tr>"
        f"<tr><td>Two</td><td>{bare}</td></tr></table><p>After</p>"
    )
    document = Book({"a.xhtml": page(table)}).read()
    assert shown(document) == [
        ("table_cell", "Name"),
        ("table_cell", "Plan"),
        ("table_cell", "One yes"),
        ("table_cell", "A weir"),
        ("table_cell", "Two"),
        ("table_cell", ""),
        ("figure", ""),
        ("figure", ""),
        ("paragraph", "After"),
    ]
    assert [(a.media_type, a.alt) for a in document.assets] == [("image/svg+xml", "A weir"), ("image/svg+xml", "")]
