"""How a transaction of the night talks to the database."""

from django.conf import settings


def room(cursor) -> None:
    """Memory to sort and fold a chunk or a day without files, until the transaction ends."""
    cursor.execute("SELECT set_config('work_mem', %s, true)", [f"{settings.SETTLEMENT_WORK_MEM_MB}MB"])


def by_key(cursor) -> None:
    """What a chunk reads lies together and is fresh: looking it up must never lose against reading whole
    tables, which grow with every day."""
    cursor.execute("SET LOCAL random_page_cost = 1.0")


def whole_day(cursor) -> None:
    """Memory, and no nested loops: a day's postings, shares and journals are folded, never looked up.

    The journals and postings that the night itself has just written are unknown to the planner, which takes
    them for a handful and would read them once per account.
    """
    memory = f"{settings.SETTLEMENT_WORK_MEM_MB}MB"
    cursor.execute(
        "SELECT set_config('work_mem', %s, true), set_config('enable_nestloop', 'off', true)", [memory]
    )
