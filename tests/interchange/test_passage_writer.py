"""Passage 1 as it is written: canonical JSON that its schema describes to the last key."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from reader.interchange import passage_reader, passage_writer
from reader.interchange.records import Parsed, Snapshot
from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Anchor, Annotation
from reader.resources import resource
from tests.interchange.strategies import snapshots

SCHEMA = json.loads(resource("schema", "passage-1.schema.json").read_text("utf-8"))


@given(snapshots())
def test_what_is_written_is_read_again(snapshot: Snapshot) -> None:
    parsed = passage_reader.parse(passage_writer.dumps(snapshot).encode())
    marks = tuple(snapshot.annotations)
    pictures = {mark.picture: picture for mark in marks if (picture := snapshot.picture(mark))}
    assert parsed == Parsed(snapshot.categories, snapshot.tags, snapshot.documents, marks, (), pictures)


@given(snapshots())
def test_the_text_is_that_of_the_standard_library(snapshot: Snapshot) -> None:
    text = passage_writer.dumps(snapshot)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


@given(snapshots())
@settings(max_examples=30)
def test_the_schema_describes_every_file(snapshot: Snapshot) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(passage_writer.dumps(snapshot)))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_an_empty_library() -> None:
    text = passage_writer.dumps(Snapshot(DEFAULT_CATEGORY_NAMES, (), (), ()))
    value = json.loads(text)
    assert list(value) == ["format", "units", "categories", "tags", "documents", "annotations"]
    assert value["documents"] == value["annotations"] == value["tags"] == []
    assert text.endswith("}\n")


def test_pieces_stay_small_and_are_made_as_they_are_asked_for() -> None:
    asked: list[int] = []

    def annotations():
        for number in range(2000):
            asked.append(number)
            yield Annotation(f"{number:08x}-0000-7000-8000-000000000000", "", Anchor(number, number + 1, "x"))

    pieces = passage_writer.pieces(Snapshot(DEFAULT_CATEGORY_NAMES, (), (), annotations()))
    next(pieces)
    next(pieces)
    assert len(asked) == passage_writer.ANNOTATIONS_A_PIECE
    rest = list(pieces)
    assert len(rest) == 2000 // passage_writer.ANNOTATIONS_A_PIECE
    assert len(asked) == 2000


def undescribed(schema: dict[str, Any], place: str = "") -> list[str]:
    """Places in the schema that no one has explained."""
    found = [place] if not schema.get("description", "").strip().endswith(".") else []
    for name, part in schema.get("properties", {}).items():
        found += undescribed(part, f"{place}.{name}")
    if "items" in schema:
        found += undescribed(schema["items"], f"{place}[]")
    return found


def test_every_key_is_explained() -> None:
    assert undescribed(SCHEMA) == []


def test_the_check_for_explanations_finds_a_key_without_one() -> None:
    assert undescribed({"description": "All.", "properties": {"a": {"items": {"type": "string"}}}}) == [".a", ".a[]"]


@pytest.mark.parametrize("key", sorted(SCHEMA["properties"]["units"]["properties"]))
def test_units_are_stated_as_the_schema_says(key: str) -> None:
    assert passage_writer.UNITS[key] == SCHEMA["properties"]["units"]["properties"][key]["const"]
