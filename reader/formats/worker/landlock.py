"""Linux's own wall around what a process may write, which holds for libraries in C too (Linux 5.13 and later)."""

import ctypes
import os
import struct

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_BENEATH = 1
_NO_NEW_PRIVILEGES = 38
_WRITE_FILE = 1 << 1
# Removing, making files, folders, links, sockets and devices.
_CHANGE = sum(1 << bit for bit in range(4, 13))
_TRUNCATE = 1 << 14
_TRUNCATE_SINCE = 3


def confine(folder: str) -> None:
    """Let this process and those it starts write below `folder` and to the null device only, as far as it can be had.

    Nothing happens where the kernel knows nothing of it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, 0, 1)
    if version < 1:
        return
    writing = _WRITE_FILE | _CHANGE | (_TRUNCATE if version >= _TRUNCATE_SINCE else 0)
    handled = struct.pack("=Q", writing)
    rules = libc.syscall(_CREATE, handled, len(handled), 0)
    if rules < 0:
        return
    try:
        _allow(libc, rules, folder, writing)
        _allow(libc, rules, os.devnull, writing & ~_CHANGE)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.syscall(_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: str, access: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        libc.syscall(_ADD, rules, _BENEATH, struct.pack("=Qi", access, place), 0)
    finally:
        os.close(place)
