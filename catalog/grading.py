"""Which grade a number has: the rules are rows, this reads them. No database here."""

from collections.abc import Sequence

RUN_UP = "0123456789"
RUN_DOWN = RUN_UP[::-1]


def fits_shape(digits: str, shape: str) -> bool:
    """AABB fits 6688: equal letters equal digits, different letters different digits."""
    tail = digits[-len(shape) :]
    pairs = set(zip(shape, tail, strict=True))
    return len(pairs) == len(set(shape)) == len(set(tail))


def fits(digits: str, rule: str, pattern: str) -> bool:
    if rule == "shape":
        return fits_shape(digits, pattern)
    if rule == "run":
        tail = digits[-len(pattern) :]
        return tail in RUN_UP or tail in RUN_DOWN
    if rule == "ends":
        return digits[-1] in pattern
    return True


def grade_of(digits: str, grades: Sequence):
    """The first grade whose rule fits the eleven digits; a 4 in the part that fits demotes it.

    `grades` are NumberGrade rows in their order; the last one's rule is "any".
    """
    grade = next(grade for grade in grades if fits(digits, grade.rule, grade.pattern))
    part = digits[-len(grade.pattern) :] if grade.rule in {"shape", "run"} else digits[-4:]
    return grade.demoted_to if grade.demoted_to_id and "4" in part else grade


def emphasis(digits: str, rule: str, pattern: str) -> str:
    """The last digits that make the number what it is; empty for an ordinary one."""
    if rule in {"shape", "run"} and pattern:
        return digits[-len(pattern) :]
    return digits[-1] if rule == "ends" else ""
