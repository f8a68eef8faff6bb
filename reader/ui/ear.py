"""What the window hears other processes of this user with, whatever the system has for that."""

from collections.abc import Callable
from typing import Protocol

Answer = Callable[[bytes], None]
"""Says this to the caller and closes the connection; with nothing to say, it is only closed."""
Hear = Callable[[bytes, Answer], None]
"""Called with all that a caller has said so far whenever that has grown; it answers once that is enough."""


class Ear(Protocol):
    """Hears callers of this user only, on the interface's thread."""

    def listen(self, name: str) -> bool:
        """Begin at an address; one that nobody listens at any more is taken over. False where that fails."""
        ...

    def close(self) -> None:
        """Hear nobody any more; the address is free."""
        ...
