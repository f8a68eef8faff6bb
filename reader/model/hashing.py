"""SHA-256, by which files, texts and pictures are known.

Python's `hashlib` brings OpenSSL's library along, 4 MB of memory: a window that only shows what its library knows
hashes nothing, and does without.
"""

from collections.abc import Iterable


def sha256_of(*pieces: bytes) -> str:
    """The lower-case hexadecimal SHA-256 of some bytes, given in one piece or more."""
    return sha256_of_all(pieces)


def sha256_of_all(pieces: Iterable[bytes]) -> str:
    """The same of pieces that come one after the other."""
    from hashlib import sha256

    digest = sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
