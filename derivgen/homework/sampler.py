"""The one source of chance: whole numbers from a seed, the same on every machine and in every version of Python.

The seed is the first 64 bits of SHA-256 over texts in UTF-8 with a zero byte between them.
The stream is that of SHA-256 over the seed and a counter, both as 8 bytes with the highest
first; each digest gives four numbers of 64 bits. A number below n is taken modulo n, and
those numbers are passed over that would give the lesser remainders once too often.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

BITS = 64


def seed_of(*texts: str) -> int:
    """The seed that these texts give, in this order."""
    return int.from_bytes(hashlib.sha256("\0".join(texts).encode()).digest()[:8], "big")


class Stream:
    """The numbers that follow from a seed."""

    def __init__(self, seed: int) -> None:
        self._words = _words(seed)

    def below(self, count: int) -> int:
        """A whole number from 0 to count - 1, each as likely as the other."""
        several = max(1, -(-(count - 1).bit_length() // BITS))
        space = 1 << (BITS * several)
        while True:
            number = 0
            for _ in range(several):
                number = (number << BITS) | next(self._words)
            if number < space - space % count:
                return number % count


def _words(seed: int) -> Iterator[int]:
    counter = 0
    while True:
        digest = hashlib.sha256(seed.to_bytes(8, "big") + counter.to_bytes(8, "big")).digest()
        yield from (int.from_bytes(digest[k : k + 8], "big") for k in range(0, 32, 8))
        counter += 1
