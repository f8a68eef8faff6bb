"""The pages about exports and imports name every form and every column of a table, and no other."""

import re

import pytest

from reader.interchange.forms import FORMS, form
from reader.interchange.incoming import NAMES
from reader.resources import resource


def named(page: str, section: str = "") -> set[str]:
    """What the tables under a head name in their first column; without one those under no head."""
    text = resource("schema", page).read_text("utf-8")
    text = text.partition(f"\n## {section}\n")[2] if section else text
    cells = re.findall(r"^\| (`[^|]*) \|", text.partition("\n## ")[0], re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def test_every_form_of_export_is_documented_and_no_other() -> None:
    assert named("exports.md") == {one.name for one in FORMS}


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_every_column_of_a_table_is_documented_and_no_other(name: str) -> None:
    assert named("exports.md", "`csv` and `tsv`") == set(form(name).field_names())


def test_every_form_of_import_is_documented_and_no_other() -> None:
    assert named("imports.md") == set(NAMES)
