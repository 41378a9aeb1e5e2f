"""Numbers that look drawn and are the same in every run."""

import hashlib


def draw(least: int, most: int, *names: str) -> int:
    """A whole number from least to most, inclusive, fixed by the names."""
    digest = hashlib.blake2b("\0".join(names).encode(), digest_size=8).digest()
    return least + int.from_bytes(digest) % (most - least + 1)


def chance(percent: int, *names: str) -> bool:
    return draw(1, 100, "chance", *names) <= percent
