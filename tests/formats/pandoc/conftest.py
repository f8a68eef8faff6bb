"""What the tests of pandoc's formats need."""

import pytest

from reader.formats.pandoc import program


@pytest.fixture
def pandoc() -> None:
    """Skips the test where pandoc cannot be had."""
    if not program.is_usable():
        pytest.skip("no pandoc here")
