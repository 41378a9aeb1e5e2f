"""Filling the pool: numbers of a block are graded by the rules and inserted in bulk."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from catalog.grading import grade_of
from catalog.models import Number, NumberBlock, NumberGrade
from catalog.models.numbers import NumberState


@dataclass(frozen=True)
class Entry:
    """Eleven digits, and where their block is at home; a block that is known keeps its home."""

    digits: str
    province: str
    city: str


@transaction.atomic
def take_in(entries: Iterable[Entry]) -> list[str]:
    """Put new numbers into the pool, graded by the rules; returns those that were not in it before.

    One file at a time, so that two with the same numbers do not both claim to have brought them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('number_pool'))")
    wanted = {f"86{entry.digits}": entry for entry in entries}
    known = set(Number.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    by_block: dict[str, list[Entry]] = defaultdict(list)
    for msisdn, entry in wanted.items():
        if msisdn not in known:
            by_block[entry.digits[:7]].append(entry)
    for prefix, new in sorted(by_block.items()):
        home = {"province": new[0].province, "city": new[0].city}
        stock_block(prefix=prefix, lines=[int(entry.digits[7:]) for entry in new], **home)
    return sorted(wanted.keys() - known)


@transaction.atomic
def stock_block(*, prefix: str, province: str, city: str, lines: Iterable[int]) -> int:
    """Put the numbers prefix + four digits into the pool; known ones stay. Returns the size asked for."""
    block, _ = NumberBlock.objects.get_or_create(prefix=prefix, defaults={"province": province, "city": city})
    grades = list(NumberGrade.objects.select_related("demoted_to"))
    rows = [_number(block, f"{prefix}{line:04d}", grades) for line in lines]
    Number.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    return len(rows)


def _number(block: NumberBlock, digits: str, grades: list[NumberGrade]) -> Number:
    grade = grade_of(digits, grades)
    state = NumberState.WITHHELD if grade.withheld else NumberState.AVAILABLE
    return Number(msisdn=f"86{digits}", block=block, grade=grade, state=state)


@transaction.atomic
def regrade() -> int:
    """Apply changed rules to the numbers that nobody holds, owns or has to sell; returns how many changed."""
    grades = list(NumberGrade.objects.select_related("demoted_to"))
    free = Number.objects.filter(state__in=[NumberState.AVAILABLE, NumberState.WITHHELD], dealer=None)
    changed = []
    for number in free.select_for_update().iterator(chunk_size=5000):
        grade = grade_of(number.msisdn[2:], grades)
        state = NumberState.WITHHELD if grade.withheld else NumberState.AVAILABLE
        if (number.grade_id, number.state) != (grade.pk, state):
            number.grade, number.state = grade, state
            changed.append(number)
    Number.objects.bulk_update(changed, ["grade", "state"], batch_size=1000)
    return len(changed)


def withhold(msisdns: Iterable[str], *, actor) -> int:
    """Keep free numbers back from the draw; others' are left as they are. Operators only."""
    actor.must_have("operator")
    free = Number.objects.filter(pk__in=list(msisdns), state=NumberState.AVAILABLE, dealer=None)
    return free.update(state=NumberState.WITHHELD)


def offer(msisdns: Iterable[str], *, actor) -> int:
    """Put numbers that were kept back into the draw again. Operators only."""
    actor.must_have("operator")
    kept = Number.objects.filter(pk__in=list(msisdns), state=NumberState.WITHHELD)
    return kept.update(state=NumberState.AVAILABLE)
