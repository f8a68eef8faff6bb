"""How much of a file is read, so that none takes all memory or minutes: counted before anything is made of it.

What people have marked in all their lives is far below.
"""

from reader.interchange.json_file import InterchangeError

MOST_RECORDS = 200_000
"""Records that one file of another program may have."""

TOO_MANY = f"The file has more than {MOST_RECORDS:,} records; split it, and import the parts one after the other."


def check_count(count: int, most: int = MOST_RECORDS) -> None:
    """InterchangeError when a file has more of something than `most`."""
    if count > most:
        raise InterchangeError(TOO_MANY)
