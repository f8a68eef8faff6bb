"""The library that most tests of the services work on, and the clock that it goes by."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.services.library import Library
from tests.store.helpers import Clock, open_library


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    opened = open_library(tmp_path, clock=clock)
    yield opened
    opened.close()
