"""One worker process as its parent sees it: started, given a job, ended."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import BinaryIO, cast

from reader.formats.worker import frames
from reader.formats.worker.frames import Message

NONSENSE = "nonsense"
"""The reason of one that was ended as it gave no sound answer."""

_FOLDER = "passage-worker-"
_HANDED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "PASSAGE_DEBUG")
_ROOT = str(Path(__file__).resolve().parents[3])


class Gone(Exception):
    """The process has ended without an answer."""


class Process:
    """A fresh interpreter at the other end of two pipes, in a session of its own, with a folder of its own.

    `memory` (bytes) is limited by the system itself, unless it is 0. It inherits the file `descriptors`. One thread
    uses it; any may end it, and the `reason` given first is kept. `idle_since` (monotonic seconds) is its pool's.
    """

    def __init__(self, memory: int, descriptors: Sequence[int] = ()) -> None:
        self.memory = memory
        self.reason = ""
        self.idle_since = 0.0
        self._owed = False
        self._ending = Lock()
        self._folder = tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-")
        # Without site's own search: what this interpreter finds its modules by is handed over. Nothing is written.
        command = [sys.executable, "-S", "-P", "-B", "-m", "reader.formats.worker", str(memory), self._folder]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("PASSAGE_DEBUG") else subprocess.DEVNULL,
            cwd=self._folder,
            env=_environment(self._folder),
            start_new_session=True,
            pass_fds=tuple(descriptors),
        )

    @property
    def pid(self) -> int:
        """The system's number of the process, which is that of its group too."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it is there to take a job."""
        if not hasattr(os, "waitid"):
            return self._process.poll() is None
        # Only looked at: once it is waited for, its number may be that of another process.
        state = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return state is None

    @property
    def signal(self) -> int:
        """The signal that ended it, once it is cleared away; 0 when it ended otherwise."""
        return max(-(self._process.returncode or 0), 0)

    def ask(self, job: Message, most: int) -> Message:
        """Have a job done; `most` bytes are taken for an answer. Gone when the process ends or talks nonsense."""
        try:
            self._finish(most)
            frames.write(cast(BinaryIO, self._process.stdin), job)
            answer = frames.read(cast(BinaryIO, self._process.stdout), most)
        except frames.BadMessage:
            self.end(NONSENSE)
            raise Gone from None
        except (OSError, ValueError):
            answer = None
        if answer is None:
            raise Gone
        return answer

    def begin(self, job: Message) -> None:
        """Hand over a job whose answer nobody waits for."""
        with suppress(OSError):
            frames.write(cast(BinaryIO, self._process.stdin), job)
            self._owed = True

    def _finish(self, most: int) -> None:
        """Wait for what was begun: a process takes a job only when it has nothing to do."""
        if self._owed:
            self._owed = False
            frames.read(cast(BinaryIO, self._process.stdout), most)

    def end(self, reason: str = "") -> None:
        """End the process and what it started, at once; whoever waits for its answer is told that it is gone."""
        with self._ending:
            self.reason = self.reason or reason
            if self._process.returncode is None:
                self._kill()

    def clear(self) -> None:
        """End the process, and take away what is left of it: pipes, folder, entry in the system's table."""
        with self._ending:
            if self._process.returncode is None:
                self._kill()
                self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                cast(BinaryIO, pipe).close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self.pid, signal.SIGKILL)
            else:
                self._process.kill()


def sweep() -> None:
    """Remove the folders of workers whose program was ended before it could."""
    if os.name != "posix":
        return
    for folder in Path(tempfile.gettempdir()).glob(_FOLDER + "*-*"):
        owner = folder.name.removeprefix(_FOLDER).partition("-")[0]
        if owner.isdecimal() and not _is_running(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is another user's
    return True


def _environment(folder: str) -> dict[str, str]:
    """What a worker may know of its surroundings: where modules and programs are, and no more of the user's."""
    paths = [_ROOT, *[os.path.abspath(path) for path in sys.path if path]]
    kept = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    own = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), folder)
    return {**kept, **own, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
