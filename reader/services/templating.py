"""A template runs in a worker process, which it may wear out as it likes: out there, and the text back."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from threading import Event
from typing import TYPE_CHECKING, Any

from reader.formats.errors import FormatError, OutOfMemory, OutOfTime
from reader.formats.request import Limits
from reader.formats.worker.frames import Message
from reader.formats.worker.job import Job
from reader.model.errors import ReaderError

if TYPE_CHECKING:
    from reader.formats.worker.pool import Pool
    from reader.interchange.template_values import TemplateRequest

_FUNCTION = "reader.services.templating:answer"
_PAUSE = 0.05
"""Seconds after which whoever waits is asked again whether to go on."""


class TemplateError(ReaderError):
    """A template that cannot be used as it is; `line` (from 1) is where, 0 when that is not known."""

    def __init__(self, name: str, line: int, words: str) -> None:
        where = f"Line {line:,} of the template" if line else "The template"
        super().__init__(f"{where} “{name}”: {words}.")
        self.line = line


class Templating:
    """`pool` gives the workers, `limits` what they may take. Not for the interface's thread."""

    def __init__(self, pool: "Callable[[], Pool]", limits: Callable[[], Limits]) -> None:
        self._pool, self._limits = pool, limits

    def render(self, request: "TemplateRequest") -> Iterator[str]:
        """What the template makes, after empty pieces while it runs; closed meanwhile, the run is ended."""
        limits, stop = self._limits(), Event()
        future = self._pool().submit(job_of(request, limits), stop.is_set)
        try:
            while not _is_done(future):
                yield ""
            yield _told(request.name, limits, future.result)
        finally:
            stop.set()

    def render_now(self, request: "TemplateRequest", seconds: float, cancelled: Callable[[], bool]) -> str:
        """What the template makes within so many seconds, before all else that waits. Cancelled when it is stopped."""
        usual = self._limits()
        limits = Limits(memory=usual.memory, seconds=seconds, seconds_per_megabyte=0.0)
        job = job_of(request, limits)
        return _told(request.name, limits, lambda: self._pool().run(job, cancelled, urgent=True))


def job_of(request: "TemplateRequest", limits: Limits) -> Job:
    """The job of running a template."""
    header = {"name": request.name, "source": request.source}
    return Job(_FUNCTION, request.name, Message(header, (request.head, *request.documents)), limits)


def answer(header: dict[str, Any], frames: list[bytes]) -> Message:
    """In the worker: the text that the template makes, or what is wrong with it and where."""
    from reader.interchange.template_sandbox import TemplateFault, rendered

    try:
        text = rendered(header["source"], header["name"], frames[0], frames[1:])
    except TemplateFault as fault:
        return Message({"fault": str(fault), "line": fault.line})
    return Message({}, (text.encode("utf-8", "replace"),))


def _is_done(future: "Future[Message]") -> bool:
    try:
        future.exception(_PAUSE)
    except NotYet:
        return False
    return True


def _told(name: str, limits: Limits, ask: Callable[[], Message]) -> str:
    """The text in the answer; TemplateError says why there is none."""
    try:
        message = ask()
        fault = message.header.get("fault")
        if isinstance(fault, str):
            raise TemplateError(name, int(message.header["line"]), fault)
        return message.frames[0].decode("utf-8", "replace")
    except OutOfTime:
        seconds = f"{limits.seconds:,.0f} seconds" if limits.seconds >= 2 else "a second"
        raise TemplateError(
            name, 0, f"it was stopped after {seconds}; it goes round without end, or there is too much to go through"
        ) from None
    except OutOfMemory:
        allowed = f"{limits.memory >> 20:,} MB"
        raise TemplateError(name, 0, f"it needs more than {allowed} of memory; have it make less") from None
    except (FormatError, LookupError, ValueError, TypeError):
        raise TemplateError(
            name, 0, "it broke the process that ran it, which harmed nothing else; take out what you added last"
        ) from None
