"""What a hostile or broken parser might do; the worker process runs these."""

import ctypes
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from time import sleep
from typing import Any

from reader.formats.worker import sandbox
from reader.formats.worker.frames import Message
from reader.model.errors import ReaderError

Header = dict[str, Any]


def echo(header: Header, frames: list[bytes]) -> Message:
    return Message({"said": header["said"], "pid": os.getpid(), "folder": os.getcwd()}, frames)


def hang(header: Header, frames: list[bytes]) -> Message:
    while True:
        sleep(60)


def spin(header: Header, frames: list[bytes]) -> Message:
    while True:
        pass


def eat(header: Header, frames: list[bytes]) -> Message:
    eaten = [bytearray(b"x") * (1 << 24)]
    while True:
        eaten.append(eaten[0][:])


def need(header: Header, frames: list[bytes]) -> Message:
    return Message({"pid": os.getpid(), "first": (bytearray(b"x") * header["bytes"])[0]})


def sink(header: Header, frames: list[bytes]) -> Message:
    return sink(header, frames)


def die(header: Header, frames: list[bytes]) -> Message:
    # Allowed to nobody else: the process ends itself from within a library.
    os.abort() if header["signal"] == "SIGABRT" else signal.raise_signal(signal.Signals[header["signal"]])
    return Message({})


def leave(header: Header, frames: list[bytes]) -> Message:
    os._exit(0)


def refuse(header: Header, frames: list[bytes]) -> Message:
    raise ReaderError("“a.epub” is locked.")


def fail(header: Header, frames: list[bytes]) -> Message:
    raise KeyError("a part")


def chatter(header: Header, frames: list[bytes]) -> Message:
    print("\x00\x00\x00\x05hello")
    os.write(1, b"more")
    return Message({"asked": sys.stdin.read()})


def lie(header: Header, frames: list[bytes]) -> Message:
    """Answer past the loop, with what is no message."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, bytes.fromhex(header["bytes"]))
        except OSError:
            continue
    os._exit(0)


def attempt(header: Header, frames: list[bytes]) -> Message:
    """Try one forbidden thing; the name of the error that stopped it."""
    try:
        _ATTEMPTS[header["what"]](header)
    except Exception as error:
        return Message({"stopped": type(error).__name__})
    return Message({"stopped": ""})


def _connect(header: Header) -> None:
    with socket.socket() as one:
        one.connect(("127.0.0.1", header["port"]))


def _open(header: Header) -> None:
    with open(header["path"], "w") as file:
        file.write("x")


def _os_open(header: Header) -> None:
    os.open(header["path"], os.O_RDWR | os.O_CREAT)


def _unpack(header: Header) -> None:
    with zipfile.ZipFile(packed := io.BytesIO(), "w") as archive:
        archive.writestr("a", "x")
    zipfile.ZipFile(packed).extractall(header["path"])


def _connect_locally(header: Header) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.connect(header["victim"])


_ATTEMPTS = {
    "local socket": _connect_locally,
    "socket pair": lambda header: socket.socketpair(),
    "database": lambda header: import_module("sqlite3").connect(header["path"]),
    "unpack": _unpack,
    "memory of the parent": lambda header: os.open(f"/proc/{os.getppid()}/mem", os.O_RDWR),
    "own memory": lambda header: os.open("/proc/self/mem", os.O_RDWR),
    "connect": _connect,
    "resolve": lambda header: socket.getaddrinfo("localhost", 80),
    "open": _open,
    "os.open": _os_open,
    "write_text": lambda header: Path(header["path"]).write_text("x"),
    "mkdir": lambda header: os.mkdir(header["path"]),
    "remove": lambda header: os.remove(header["victim"]),
    "rename": lambda header: os.rename(header["victim"], header["path"]),
    "link": lambda header: os.link(header["victim"], header["path"]),
    "symlink": lambda header: os.symlink(header["victim"], header["path"]),
    "truncate": lambda header: os.truncate(header["victim"], 0),
    "chmod": lambda header: os.chmod(header["victim"], 0),
    "program": lambda header: subprocess.run(["true"], check=True),
    "shell": lambda header: os.system("true"),
    "fork": lambda header: os.fork(),
    "exec": lambda header: os.execv("/bin/true", ["true"]),
    "spawn": lambda header: os.posix_spawn("/bin/true", ["true"], {}),
    "kill": lambda header: os.kill(os.getppid(), 0),
    "ctypes": lambda header: ctypes.CDLL(None),
    "escape": lambda header: os.rename(os.getcwd(), header["path"]),
}


def write_in_c(header: Header, frames: list[bytes]) -> Message:
    """A library in C writes, of which the interpreter hears nothing."""
    from lxml import etree

    with suppress(Exception):
        etree.ElementTree(etree.Element("a")).write(header["path"])
    return Message({})


def look_around(header: Header, frames: list[bytes]) -> Message:
    """What the surroundings tell."""
    interfaces = [line.split(":")[0].strip() for line in Path("/proc/net/dev").read_text().splitlines()[2:]]
    return Message({"environment": dict(os.environ), "interfaces": interfaces, "modules": sorted(sys.modules)})


def run_allowed(header: Header, frames: list[bytes]) -> Message:
    """A converter of documents, as `cat` is one."""
    program = shutil.which("cat")
    assert program
    sandbox.allow_program(program)
    return Message({}, [subprocess.run([program], input=frames[0], capture_output=True, check=True).stdout])


def run_forever(header: Header, frames: list[bytes]) -> Message:
    """A converter that never comes to an end."""
    program = shutil.which("sleep")
    assert program
    sandbox.allow_program(program)
    subprocess.run([program, "600"], check=True)
    return Message({})
