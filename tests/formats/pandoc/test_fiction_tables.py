"""Tables of a FictionBook: pandoc passes over them, their words are text all the same."""

import pytest

from tests.formats.checks import document_of, spans_of


@pytest.mark.usefixtures("pandoc")
def test_the_rows_of_a_table_are_lines() -> None:
    head = "<tr><th>Street</th><th>Lost</th></tr>"
    table = f"<table>{head}<tr><td>Tanner <strong>Street</strong></td><td>33</td></tr></table>"
    source = (
        '<?xml version="1.0" encoding="UTF-8"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0">'
        f"<body><section><p>Before.</p>{table}<p>After.</p></section></body></FictionBook>"
    )
    document = document_of(source, "fb2")
    assert document.text.split("\n") == ["Before.", "Street | Lost", "Tanner Street | 33", "After."]
    assert ("bold", "Street") in spans_of(document)
