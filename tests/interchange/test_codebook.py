"""Codebooks in files: there and back, valid by a schema of the standard, safe in a spreadsheet, bad ones refused."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.interchange import codebook_csv, codebook_qdc
from reader.interchange.rows import FORMULA
from reader.model.codebook import Code, Description, description_of
from reader.model.errors import ReaderError

# The parts of the REFI-QDA codebook 1.0 schema that a file of ours uses, written from the standard.
SCHEMA = b"""<?xml version="1.0" encoding="UTF-8"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="urn:QDA-XML:codebook:1.0"
    targetNamespace="urn:QDA-XML:codebook:1.0" elementFormDefault="qualified" attributeFormDefault="unqualified">
  <xsd:element name="CodeBook">
    <xsd:complexType>
      <xsd:sequence>
        <xsd:element name="Codes"><xsd:complexType><xsd:sequence>
          <xsd:element name="Code" type="CodeType" maxOccurs="unbounded"/>
        </xsd:sequence></xsd:complexType></xsd:element>
      </xsd:sequence>
      <xsd:attribute name="origin" type="xsd:string"/>
    </xsd:complexType>
  </xsd:element>
  <xsd:complexType name="CodeType">
    <xsd:sequence>
      <xsd:element name="Description" type="xsd:string" minOccurs="0"/>
      <xsd:element name="Code" type="CodeType" minOccurs="0" maxOccurs="unbounded"/>
    </xsd:sequence>
    <xsd:attribute name="guid" type="GUIDType" use="required"/>
    <xsd:attribute name="name" type="xsd:string" use="required"/>
    <xsd:attribute name="isCodable" type="xsd:boolean" use="required"/>
    <xsd:attribute name="color" type="RGBType"/>
  </xsd:complexType>
  <xsd:simpleType name="GUIDType"><xsd:restriction base="xsd:token"><xsd:pattern
    value="[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"/></xsd:restriction></xsd:simpleType>
  <xsd:simpleType name="RGBType"><xsd:restriction base="xsd:token"><xsd:pattern
    value="#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})"/></xsd:restriction></xsd:simpleType>
</xsd:schema>
"""

leaves = st.text(st.sampled_from("ab=+-@'\",;<&é水🌊 "), min_size=1, max_size=6).map(str.strip).filter(bool)
names = st.lists(leaves, min_size=1, max_size=3).map("/".join)
paragraphs = st.text(st.sampled_from("ab=-@'\";,<&é🌊 \n"), max_size=12).map(str.strip)
descriptions = st.builds(Description, paragraphs, paragraphs, paragraphs).map(Description.text)
codes = st.builds(Code, names, st.sampled_from(("", "#a0b1c2")), descriptions, st.uuids().map(str))
codebooks = st.lists(codes, unique_by=(lambda code: code.name.casefold(), lambda code: code.uid), max_size=6)


@given(st.builds(Description, paragraphs, paragraphs, paragraphs))
def test_the_parts_of_a_description_come_back(parts: Description) -> None:
    assert description_of(parts.text()) == parts


@given(st.lists(st.sampled_from(["z", " ", "\n", "\n\n", "Not: ", "Example: "]), max_size=14).map("".join))
def test_no_word_of_any_description_is_lost(text: str) -> None:
    assert description_of(text).text().count("z") == text.count("z")


def test_a_description_in_parts() -> None:
    text = "What it costs.\n\nIn any coin.\n\nNot: prices of land.\n\nExample: “41 million”"
    assert description_of(text) == Description("What it costs.\n\nIn any coin.", "prices of land.", "“41 million”")
    assert description_of("Not: this").excluded == "this"
    assert description_of("It is Not: so").belongs == "It is Not: so"


@given(codebooks)
def test_a_table_comes_back(book: list[Code]) -> None:
    back = codebook_csv.read(codebook_csv.written(book))
    assert [(code.name, code.color, code.description) for code in back] == [
        (code.name, code.color, code.description) for code in book
    ]


@given(codebooks)
def test_no_cell_of_a_table_is_a_formula(book: list[Code]) -> None:
    rows = csv.reader(StringIO(codebook_csv.written(book).removeprefix("\ufeff"), newline=""))
    assert not [cell for row in rows for cell in row if cell[:1] in FORMULA and cell]


@given(codebooks)
def test_a_qdc_file_comes_back_and_is_valid(book: list[Code]) -> None:
    from lxml import etree

    data = codebook_qdc.written(book)
    if book:
        etree.XMLSchema(etree.fromstring(SCHEMA)).assertValid(etree.fromstring(data))
    back = [code for code in codebook_qdc.read(data) if code.codable]
    # One that is made to hold others takes the spelling of the first; a tag's own name stays as it is.
    key = {code.uid: (code.name.casefold(), code.color, code.description) for code in back}
    assert key == {code.uid: (code.name.casefold(), code.color, code.description) for code in book}


def test_a_tree_with_a_level_that_is_no_tag() -> None:
    data = codebook_qdc.written([Code("a/b/c", uid="01a1fef7-67cb-75f9-8000-000000000001"), Code("a", "#112233")])
    assert [(code.name, code.codable) for code in codebook_qdc.read(data)] == [
        ("a", True),
        ("a/b", False),
        ("a/b/c", True),
    ]


def test_a_codebook_of_another_program() -> None:
    data = b"""<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Other 9"><!-- no --><Codes>
 <Code guid="{01A1FEF7-67CB-75F9-8000-000000000001}" name="Either/or" isCodable="true" color="#F0a">
  <Description>First.</Description>
  <Code guid="x" name=" " isCodable="1"><Code guid="" name="Inner" isCodable="1"/></Code>
 </Code></Codes><Sets/></CodeBook>"""
    assert codebook_qdc.read(data) == [
        Code("Either-or", "#FF00aa", "First.", "01a1fef7-67cb-75f9-8000-000000000001"),
        Code("Either-or/Inner"),
    ]


def test_a_table_of_others() -> None:
    assert codebook_csv.read("Colour;Name;More\r\n#112233;cost;x\r\n\r\n;'=dam\r\n") == [
        Code("cost", "#112233"),
        Code("=dam"),
    ]


BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><CodeBook><Codes><Code name="&c;"/></Codes></CodeBook>'


@pytest.mark.parametrize(
    "data",
    [
        b"<CodeBook",
        b"<CodeBook xmlns='urn:QDA-XML:codebook:1.0'><Codes></CodeBook>",
        b"<html/>",
        BOMB,
        b"<?xml version='1.0' encoding='klingon'?><CodeBook/>",
        b"<CodeBook><Codes>" + b"<Code name='a'>" * 10_000 + b"</Code>" * 10_000 + b"</Codes></CodeBook>",
        b"<CodeBook>\x00</CodeBook>",
    ],
    ids=["cut", "not closed", "another form", "entities", "encoding", "deep", "nul"],
)
def test_a_bad_file_gets_one_sentence(data: bytes) -> None:
    with pytest.raises(ReaderError) as told:
        codebook_qdc.read(data)
    assert str(told.value).endswith(".")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("text", ["", "a,b\nc,d\n", "tag\n\0", 'tag,description\nx,"' + "y" * 200_000])
def test_a_bad_table_gets_one_sentence_or_has_no_tags(text: str) -> None:
    try:
        found = codebook_csv.read(text)
    except ReaderError as error:
        found = [Code(str(error))]
    assert len(found) == 1
    assert found[0].name
