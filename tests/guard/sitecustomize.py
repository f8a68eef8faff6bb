"""In every Python that a test starts: no socket but a local one, none that leads to another computer or waits for one.

The interpreter imports a module of this name by itself where it stands on the path (`tests/conftest.py` puts it there).
"""

import sys

_REACHING = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})
_ASKING = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"})
_LOCAL = "AF_UNIX"
allowed: set[str] = set()
"""What a test may do for once, because it looks whether somebody else is kept from it."""


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if event in _ASKING:
        raise AssertionError(f"a test asked for another computer: {event} {arguments}")
    if event in _REACHING - allowed:
        import _socket

        if getattr(arguments[0], "family", None) != getattr(_socket, _LOCAL, None):
            raise AssertionError(f"a test reached for the network: {event} {arguments[1:]}")


sys.addaudithook(_guard)
