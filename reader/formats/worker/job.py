"""What a worker is given to do."""

from dataclasses import dataclass

from reader.formats.request import Limits
from reader.formats.worker.frames import Message


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is to do: `function` ("module:name") is called there with the header and the frames.

    It returns a `Message`, or raises a ReaderError for the user. `name` is the file's in sentences, `size` in bytes.
    """

    function: str
    name: str
    message: Message
    limits: Limits

    @property
    def size(self) -> int:
        """How many bytes go with it."""
        return sum(map(len, self.message.frames))
