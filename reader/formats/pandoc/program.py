"""The program pandoc: where it is, and how it is started."""

import os
import re
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from reader.formats.errors import FormatError
from reader.formats.request import Limits
from reader.formats.worker.sandbox import allow_program

OLDEST = (2, 15)
"""The first version that keeps what it reads from files and network by itself."""

_PLACES = ("/usr/local/bin", "/opt/homebrew/bin", "/opt/local/bin", "~/.local/bin", "%LOCALAPPDATA%\\Pandoc")
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
_VERSION = re.compile(r"pandoc(?:\.exe)? (\d+(?:\.\d+)+)")
_START_SECONDS = 20.0
_GRACE_SECONDS = 5.0
_HEAP_EXHAUSTED = 251
_NOT_FOUND = 99
"""What pandoc says when it would need a file that its sandbox keeps from it."""
_MEGABYTE = 1 << 20


def find() -> Path | None:
    """Where pandoc is on this computer, or None."""
    found = shutil.which("pandoc")
    for place in _PLACES if found is None else ():
        folder = os.path.expandvars(os.path.expanduser(place))
        found = found or shutil.which("pandoc", path=folder)
    return Path(found).resolve() if found else None


def version() -> tuple[int, ...]:
    """The version of the pandoc on this computer, (2, 17, 1); empty when there is none or it does not say."""
    path = find()
    return _version_of(path) if path else ()


def is_usable() -> bool:
    """Whether there is a pandoc here that is new enough."""
    return version() >= OLDEST


def convert(data: bytes, source: str, name: str, limits: Limits) -> str:
    """The HTML that pandoc makes of `data`, whose format it calls `source` ("odt", "rst").

    It is started without a shell, told to touch no file and no network, and given half the memory and the time of
    the limits. `name` is what sentences call the file. Raises `FormatError`.
    """
    path = find()
    if path is None or () < _version_of(path) < OLDEST:
        raise FormatError(missing(name))
    memory = f"-M{max(64, limits.memory // 2 // _MEGABYTE)}m"
    options = ["--sandbox", "--quiet", "--standalone", "--wrap=none", "--no-highlight", f"--data-dir={os.devnull}"]
    command = [str(path), "+RTS", memory, "-RTS", *options, "--from", source, "--to", "html5"]
    try:
        # In a worker its own time runs out first, and ends pandoc together with it.
        done = _run(command, data, limits.allowed(len(data)) + _GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        raise FormatError(
            f"“{name}” took pandoc longer than is allowed: give it more time in the settings under Reading files, "
            "and add it again."
        ) from None
    except OSError as error:
        raise FormatError(
            f"“{name}” could not be read, because pandoc did not start ({error.strerror}): install pandoc again."
        ) from None
    if done.returncode == _HEAP_EXHAUSTED or b"allocate memory" in done.stderr:
        raise FormatError(
            f"“{name}” needs more memory than is allowed: allow more in the settings under Reading files, and add it "
            "again."
        )
    if done.returncode == _NOT_FOUND:
        raise FormatError(
            f"“{name}” shows what another file holds, and only a document itself is read: put that into it, and add it "
            "again."
        )
    if done.returncode:
        raise FormatError(
            f"“{name}” could not be read by pandoc: open it in the program it came from, save it again and add that."
        )
    return done.stdout.decode("utf-8", "replace")


def missing(name: str) -> str:
    """The sentence for a file that needs pandoc where there is none, or one that is too old."""
    what = "a newer pandoc than is on this computer" if find() else "pandoc, which is not on this computer"
    return f"“{name}” needs {what}: {how_to_get()}, and add the file again."


def how_to_get() -> str:
    """What to do to have pandoc on this computer, as part of a sentence."""
    command = {"darwin": "brew install pandoc", "win32": "winget install pandoc"}.get(
        sys.platform, "sudo apt install pandoc"
    )
    return f"install it with “{command}” or from pandoc.org"


@lru_cache(maxsize=8)
def _version_of(path: Path) -> tuple[int, ...]:
    try:
        done = _run([str(path), "--version"], b"", _START_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return ()
    found = _VERSION.match(done.stdout.decode("utf-8", "replace"))
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def _run(command: list[str], data: bytes, seconds: float) -> subprocess.CompletedProcess[bytes]:
    allow_program(command[0])
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return subprocess.run(
        command,
        input=data,
        capture_output=True,
        timeout=seconds,
        check=False,
        env={**environment, "LC_ALL": "C.UTF-8", "HOME": os.devnull},
    )
