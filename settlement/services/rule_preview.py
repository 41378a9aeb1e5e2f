"""The test bench: what a version gives of an amount, by the same SQL as the books."""

from collections.abc import Sequence

from django.db import connection


def preview(
    *, version_id: int, gross_fen: int, net_fen: int | None = None, absent: Sequence[str] = ()
) -> list[tuple[str, int]]:
    """(role, fen) that a version gives of an amount: the test bench, the same SQL as the books use."""
    return [(role, fen) for _position, role, fen in preview_lines(
        version_id=version_id, gross_fen=gross_fen, net_fen=net_fen, absent=absent
    )]  # fmt: skip


def preview_lines(
    *, version_id: int, gross_fen: int, net_fen: int | None = None, absent: Sequence[str] = ()
) -> list[tuple[int, str, int]]:
    """(line's position, role, fen) that a version gives of an amount."""
    net = gross_fen if net_fen is None else net_fen
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, role, amount FROM settlement_split(%s, %s, %s, %s) ORDER BY position",
            [version_id, gross_fen, net, [str(role) for role in absent]],
        )
        return [(position, role, int(amount)) for position, role, amount in cursor.fetchall()]
