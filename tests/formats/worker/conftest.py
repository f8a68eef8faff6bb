"""A pool whose processes must all be gone when it is closed."""

from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest

from reader.formats.request import Limits
from reader.formats.worker.frames import Message
from reader.formats.worker.job import Job
from reader.formats.worker.pool import Pool

Asked = Callable[..., Message]


@pytest.fixture
def pool() -> Iterator[Pool]:
    opened = Pool(2)
    yield opened
    opened.close()
    assert not psutil.Process().children(recursive=True), "processes left behind"


def job(function: str, *frames: bytes, limits: Limits | None = None, **header: Any) -> Job:
    """A job of `tests.formats.worker.jobs`."""
    return Job(f"tests.formats.worker.jobs:{function}", "a.epub", Message(header, frames), limits or Limits())
