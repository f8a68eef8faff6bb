"""The table of versions says what the readers say of themselves."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

import reader.formats
from reader.formats.versions import READER_VERSIONS, is_outdated
from reader.text.normalise import NORMALISER_VERSION

READERS = ["reader.formats.plain"] + [
    f"reader.formats.{found.name}.reader"
    for found in iter_modules(reader.formats.__path__)
    if found.ispkg
    and "reader" in {inner.name for inner in iter_modules([f"{reader.formats.__path__[0]}/{found.name}"])}
]


@pytest.mark.parametrize("name", READERS)
def test_the_table_has_the_version_of_each_reader(name: str) -> None:
    module = import_module(name)
    assert READER_VERSIONS[module.NAME] == module.VERSION


def test_a_text_is_outdated_by_a_newer_reader_or_normaliser() -> None:
    latest = READER_VERSIONS["html"]
    assert not is_outdated("html", latest, NORMALISER_VERSION)
    assert is_outdated("html", latest - 1, NORMALISER_VERSION)
    assert is_outdated("html", latest, NORMALISER_VERSION - 1)
    assert not is_outdated("html", latest + 1, NORMALISER_VERSION)
    assert not is_outdated("", 0, 0)
