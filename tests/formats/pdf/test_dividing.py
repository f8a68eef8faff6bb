"""The pages of a long PDF are read by two processes at once: to the same end, within the same limits."""

import sys
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import psutil
import pytest
from reportlab.pdfgen.canvas import Canvas

from reader.formats.errors import FormatError
from reader.formats.request import Limits
from reader.formats.worker.frames import Message
from reader.formats.worker.job import Job
from reader.formats.worker.pool import Pool
from reader.model.errors import Cancelled
from tests.formats.pdf.makers import drawn, together, written

PAGES = 24

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or len(psutil.Process().cpu_affinity()) < 2, reason="processes are not divided"
)


def _furnish(canvas: Canvas, number: int) -> None:
    canvas.bookmarkPage(f"page-{number}")
    canvas.addOutlineEntry(f"Part {number}", f"page-{number}")
    canvas.linkAbsolute("", f"page-{PAGES - 1 - number}", (72, 765, 96, 779))
    canvas.textAnnotation(f"Remark {number}", (300, 300, 320, 320))


def _book() -> bytes:
    def page(number: int) -> Any:
        text = [f"Line {line} of page {number} goes on" for line in range(8)]
        return together(partial(_furnish, number=number), written(f"Part {number}", *text, "and on, to the next page"))

    return drawn(*map(page, range(PAGES)))


BOOK = _book()
LIMITS = Limits(memory=900 << 20)
SENTENCES = [("crash", "broke the program"), ("memory", "memory"), ("fault", "damaged")]


@pytest.fixture
def pool() -> Iterator[Pool]:
    opened = Pool(1)
    yield opened
    opened.close()
    assert not psutil.Process().children(recursive=True), "processes left behind"


def _job(limits: Limits | None = None, *, divided: bool = True, **header: Any) -> Job:
    message = Message({"divided": divided, **header}, (BOOK,))
    return Job("tests.formats.pdf.jobs:read_divided", "a.pdf", message, limits or Limits())


def _whole(pool: Pool) -> str:
    answer = pool.run(_job(LIMITS, divided=False)).header
    assert answer["here"] == list(range(PAGES))
    return answer["document"]


def test_two_read_what_one_reads(pool: Pool) -> None:
    document = _whole(pool)
    for _ in range(5):
        assert pool.run(_job(LIMITS)).header["document"] == document
    answer = pool.run(_job(LIMITS, slow=1)).header
    assert answer["here"] == [0, 1], "the other read on meanwhile"
    assert answer["document"] == document
    assert "Remark 23" in document
    assert "#page=0&" in document or "#page=0'" in document


@pytest.mark.parametrize("event", ["crash", "memory", "fault", "gone", "eat"])
def test_what_the_other_does_not_bring_is_read_by_the_first(pool: Pool, event: str) -> None:
    answer = pool.run(_job(LIMITS, slow=0, page=PAGES - 3, where="other", event=event)).header
    assert answer["here"] == list(range(PAGES))
    assert answer["document"] == _whole(pool)


@pytest.mark.parametrize("page", [0, PAGES // 2, PAGES - 1])
@pytest.mark.parametrize(
    ("event", "sentence"), [("crash", "broke the program"), ("memory", "memory"), ("fault", "damaged")]
)
def test_a_page_that_nobody_can_read_costs_one_sentence(pool: Pool, page: int, event: str, sentence: str) -> None:
    with pytest.raises(FormatError, match=sentence) as caught:
        pool.run(_job(LIMITS, page=page, event=event))
    assert str(caught.value).count(". ") == 0
    assert pool.run(_job(LIMITS)).header["document"] == _whole(pool)


@pytest.mark.parametrize("where", ["first", "other"])
def test_one_that_hangs_is_ended_in_time_with_the_other(pool: Pool, where: str) -> None:
    began = time.monotonic()
    page = 0 if where == "first" else PAGES - 1
    with pytest.raises(FormatError, match="second"):
        pool.run(_job(Limits(seconds=1), page=page, where=where, event="hang"))
    assert time.monotonic() - began < 10
    assert not psutil.Process().children(recursive=True)


@pytest.mark.parametrize("where", ["first", "other"])
def test_cancelling_ends_both(pool: Pool, where: str) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(len(psutil.Process().children(recursive=True)))
        return asked[-1] > 1

    page = 0 if where == "first" else PAGES - 1
    with pytest.raises(Cancelled):
        pool.run(_job(page=page, where=where, event="hang"), cancelled)
    assert not psutil.Process().children(recursive=True)
