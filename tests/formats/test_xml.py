"""XML that wants to harm, and XML that is not quite XML."""

from contextlib import suppress
from xml.etree.ElementTree import Element, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.errors import FormatError
from reader.formats.request import Limits
from reader.formats.xml import parse_xml

DC = "{http://purl.org/dc/elements/1.1/}"
BOMB = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or chr(0)};".replace(chr(0), "") * 10}">' for n in range(1, 10))
    + "]><lolz>&lol9;</lolz>"
)


def parsed(text: str | bytes, *, lenient: bool = False) -> Element:
    data = text.encode() if isinstance(text, str) else text
    return parse_xml(data, Limits(), "a.epub", lenient=lenient)


def refused(text: str | bytes, *, lenient: bool = False) -> str:
    with pytest.raises(FormatError) as caught:
        parsed(text, lenient=lenient)
    sentence = str(caught.value)
    assert sentence.startswith("“a.epub” ")
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize("lenient", [False, True])
def test_an_entity_bomb_stays_as_it_is_written(lenient: bool) -> None:
    assert parsed(BOMB, lenient=lenient).text == "&lol9;"


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY secret SYSTEM "file:///etc/passwd">',
        '<!ENTITY % all SYSTEM "http://127.0.0.1/all.dtd"> %all;',
        '<!ENTITY secret "]>"><!-- ]> --><?x ]> ?>',
        f'<!ATTLIST a b CDATA "{"x" * 1000}">',
    ],
)
def test_nothing_is_fetched_or_declared(subset: str) -> None:
    root = parsed(f"<?xml version='1.0'?><!-- one --><!DOCTYPE a PUBLIC \"-//X\" '>' [{subset}] ><a>&secret;</a>")
    assert root.text == "&secret;"
    assert root.attrib == {}


@pytest.mark.parametrize("tail", ["", "</a>"])
@pytest.mark.parametrize("lenient", [False, True])
def test_endless_nesting(tail: str, lenient: bool) -> None:
    assert "nested more deeply" in refused("<a>" * 3_000_000 + tail * 3_000_000, lenient=lenient)
    assert tostring(parsed("<a>" * 400 + "</a>" * 400)).startswith(b"<a><a>")


@pytest.mark.parametrize(
    "start",
    ["<!DOCTYPE a [" + "<!--" * 200_000, "<!DOCTYPE a [" + '"' * 200_001, "<?" * 200_000, "<!DOCTYPE " * 99_999],
)
def test_a_prolog_without_end_takes_no_time(start: str) -> None:
    assert "not well-formed (line 1, column " in refused(start)


@pytest.mark.parametrize("part", ["<!--", "<![CDATA[", "<?xml ", "&", "&a", "<a b='", "]]>"])
def test_parts_without_end_take_no_time(part: str) -> None:
    for lenient in (False, True):
        with suppress(FormatError):
            parsed("<a>&nbsp;" + part * 200_000, lenient=lenient)


def test_html_entities_are_their_characters_but_not_in_cdata() -> None:
    root = parsed("<a b='&eacute;'>&nbsp;&hellip;&amp;&#233;&lt;&unknown;<![CDATA[&nbsp;]]><!-- &nope; --></a>")
    assert root.text == "\xa0…&é<&unknown;&nbsp;"
    assert root.get("b") == "é"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("says", [True, False])
def test_encodings(encoding: str, says: bool) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' if says else ""
    if not says and encoding in ("iso-8859-1", "windows-1252"):
        encoding = "utf-8"
    assert parsed(f"{declared}<a>café</a>".encode(encoding)).text == "café"


def test_an_encoding_that_is_said_wrongly() -> None:
    assert parsed('<?xml version="1.0" encoding="utf-16"?><a>café</a>'.encode()).text == "café"
    assert parsed('<?xml version="1.0" encoding="klingon"?><a>caf\xe9</a>'.encode("cp1252")).text == "café"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<a>this & that</a>", "this & that"),
        ("<a><b>one</a>", "one"),
        ("<a>one", "one"),
        ("\ufeff \n<?xml version='1.0'?><a x='<'>one</a>", "one"),
        ("<a>one\x00\x0b</a>", "one"),
        ("<a><dc:title>one</dc:title></a>", "one"),
        ("<a><b>one</b><br>two</a>", "onetwo"),
    ],
)
def test_a_mild_reader_makes_the_most_of_it(text: str, words: str) -> None:
    assert "".join(parsed(text, lenient=True).itertext()).strip() == words


def test_prefixes_that_nobody_declared_mean_what_they_mostly_do() -> None:
    root = parsed("<package><dc:title opf:role='aut' x:y='z'>one</dc:title></package>", lenient=True)
    assert root[0].tag == DC + "title"
    assert root[0].attrib == {"{http://www.idpf.org/2007/opf}role": "aut", "y": "z"}


@pytest.mark.parametrize("text", ["", " ", "words", "<!-- only -->", "<a>this & that</a>"])
def test_what_is_no_xml(text: str) -> None:
    assert "not well-formed (line 1, column " in refused(text)


@pytest.mark.parametrize("text", ["", " ", "<!-- only -->"])
def test_what_is_nothing_even_for_a_mild_reader(text: str) -> None:
    assert "not well-formed" in refused(text, lenient=True)


@given(st.text("<>/ab&;'\"=![]-?DOCTYPECDATA é\0", max_size=60), st.booleans())
def test_anything_is_parsed_or_refused(text: str, lenient: bool) -> None:
    for source in ("<a>" + text + "</a>", text):
        with suppress(FormatError):
            assert isinstance(parsed(source, lenient=lenient).tag, str)


@pytest.mark.parametrize("reference", ["&#xD800;", "&#55296;", "&#0;", "&#x110000;", "&#xFFFE;", "&#9999999;"])
def test_references_to_no_characters_are_left_out_of_what_is_broken(reference: str) -> None:
    root = parse_xml(f"<a b='1{reference}2'>x{reference}y<c></a>".encode(), Limits(), lenient=True)
    assert "".join(root.itertext()) == "xy"
    assert root.get("b") == "12"
