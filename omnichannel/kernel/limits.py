"""Rate limits, atomic in Redis."""

from urllib.parse import quote

from django.core.cache import cache

from .errors import TooMany


def check(name: str, *, most: int, seconds: int) -> None:
    """Count one use of `name`; raises TooMany beyond `most` uses in a window of `seconds`."""
    key = _key(name)
    cache.add(key, 0, timeout=seconds)
    if _increment(key, seconds) > most:
        raise TooMany(retry_after=seconds)


def check_different(name: str, each: str, *, most: int, seconds: int) -> None:
    """As check(), but `each` counts once in its window, however often it is asked for."""
    seen = _key(f"{name}:{each}")
    if cache.get(seen) is None:
        check(name, most=most, seconds=seconds)
        cache.set(seen, 1, timeout=seconds)


def refuse_beyond(name: str, *, most: int, seconds: int) -> None:
    """Raise TooMany where check() counted `name` to its `most` in this window already; counts nothing."""
    if cache.get(_key(name), 0) >= most:
        raise TooMany(retry_after=seconds)


def _increment(key: str, seconds: int) -> int:
    try:
        return cache.incr(key)
    except ValueError:  # expired between add and incr: a new window begins
        cache.add(key, 1, timeout=seconds)
        return 1


def forget(name: str) -> None:
    cache.delete(_key(name))


def _key(name: str) -> str:
    """Names of people and addresses may hold what a cache's keys may not."""
    return f"limit:{quote(name, safe=':')}"
