"""What hangs together by what it touches."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def groups_of(
    things: Sequence[Thing], touched: Callable[[Thing], Iterable[Hashable]]
) -> tuple[tuple[Thing, ...], ...]:
    """Things that touch something in common, directly or through others, in the order given."""
    leader = list(range(len(things)))
    first: dict[Hashable, int] = {}

    def top(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    for index, thing in enumerate(things):
        for what in touched(thing):
            leader[top(index)] = top(first.setdefault(what, index))
    groups: dict[int, list[Thing]] = {}
    for index, thing in enumerate(things):
        groups.setdefault(top(index), []).append(thing)
    return tuple(tuple(group) for group in groups.values())
