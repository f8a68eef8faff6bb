"""What books say of themselves."""

from xml.etree.ElementTree import fromstring

import pytest

from reader.formats.epub.details import details_of
from reader.model.document import Metadata

OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf"{}><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:opf="http://www.idpf.org/2007/opf">{}</metadata></package>'
)


def details(written: str, attributes: str = "") -> Metadata:
    return details_of(fromstring(OPF.format(attributes, written)))


def test_a_new_book() -> None:
    found = details(
        "<dc:title id='t'> The \n  Reservoir </dc:title><dc:title id='s'>A  history</dc:title>"
        "<meta refines='#s' property='title-type'>subtitle</meta>"
        "<dc:creator id='b'>Bea Second</dc:creator><meta refines='#b' property='display-seq'>2</meta>"
        "<dc:creator id='a'>Ada First</dc:creator><meta refines='#a' property='display-seq'>1</meta>"
        "<meta refines='#a' property='role' scheme='marc:relators'>aut</meta>"
        "<dc:creator id='e'>Ed Third</dc:creator><meta refines='#e' property='role'>edt</meta>"
        "<dc:contributor id='l'>Lee Fourth</dc:contributor><meta refines='#l' property='role'>trl</meta>"
        "<meta refines='#l' property='role'>ill</meta><dc:publisher>Upper Valley Press</dc:publisher>"
        "<dc:date>2021-05</dc:date><dc:language>en-GB</dc:language><dc:language>cy</dc:language>"
        "<dc:identifier>urn:isbn:978-0-306-40615-7</dc:identifier><dc:source>https://a.example/book</dc:source>"
        "<meta property='dcterms:modified'>2024-01-01T00:00:00Z</meta>"
    )
    assert found == Metadata(
        title="The Reservoir",
        subtitle="A history",
        authors=("Ada First", "Bea Second"),
        contributors=("Ed Third (editor)", "Lee Fourth (translator, illustrator)"),
        publisher="Upper Valley Press",
        date="2021-05",
        language="en-GB",
        url="https://a.example/book",
        identifiers=("isbn:9780306406157",),
    )


def test_an_old_book() -> None:
    found = details(
        "<dc:title>Old</dc:title><dc:creator opf:role='aut' opf:file-as='B, A'>A B</dc:creator>"
        "<dc:creator opf:role='trl'>T</dc:creator><dc:date opf:event='modification'>2019-01-01</dc:date>"
        "<dc:date opf:event='publication'>1899</dc:date><dc:identifier opf:scheme='ISBN'>0-306-40615-2</dc:identifier>"
    )
    assert (found.authors, found.contributors, found.date) == (("A B",), ("T (translator)",), "1899")
    assert found.identifiers == ("isbn:0306406152",)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("urn:uuid:88ba", "uuid:88ba"),
        ("doi:10.1000/182", "doi:10.1000/182"),
        ("https://doi.org/10.1000/182", "doi:10.1000/182"),
        ("https://a.example/1", "https://a.example/1"),
        ("9780306406157", "isbn:9780306406157"),
        ("plain-name", "plain-name"),
    ],
)
def test_identifiers_have_their_scheme(written: str, shown: str) -> None:
    assert details(f"<dc:identifier>{written}</dc:identifier>").identifiers == (shown,)


def test_titles_run_in_the_direction_that_the_book_says() -> None:
    title = "CSS: הרפתקה"
    assert details(f"<dc:title dir='rtl'>{title}</dc:title>", " dir='ltr'").title == "\u200f" + title
    assert details(f"<dc:title>{title}</dc:title>", " dir='rtl'").title == "\u200f" + title
    assert details(f"<dc:title>{title}</dc:title>").title == title
    assert details("<dc:title>הרפתקה</dc:title>", " dir='rtl'").title == "הרפתקה"


def test_nothing_said_and_no_date_known() -> None:
    assert details("<dc:date>0101-01-01T00:00:00+00:00</dc:date>") == Metadata()
