"""import_store_sales: a chain's till export becomes sales, trades and points, all of it or nothing.

One sale per store, till and receipt; known receipts are passed over, bad rows are set aside with line and
reason, the rest is loaded. Booked in the open day, reported by the original date. No order, no stock.
"""

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from members.queries import institution_by_code
from members.services.chain_bulk import ensure_stores, join_cards
from members.services.points_bulk import earn_bulk
from omnichannel.kernel.errors import DomainError, Invalid
from settlement.models import ImportedSale, ImportReject, SplitRuleVersion, TillImport

from . import booking
from . import till_sql as sql
from .business_day import lock_current_day
from .till_file import TillFile

RULE = "till"


class FileMissing(Invalid):
    code = "till_file_missing"
    message = _("The file %(name)s cannot be opened.")


class NoTillRule(DomainError):
    code = "no_till_rule"
    message = _("No split rule for chain tills is in force.")


@transaction.atomic
def import_store_sales(
    *, path: Path, chain_code: str, now: datetime, progress=lambda step: None
) -> TillImport:
    """Load a till export. Raises FileMissing, FileUnreadable, ColumnsMissing, NoTillRule, InstitutionUnknown.

    progress(step) is told of each step as it begins.
    """
    chain = institution_by_code(chain_code)
    batch = TillImport.objects.create(
        chain_id=chain.id, file_name=path.name[:160], sha256=_digest(path), started_at=now
    )
    values = {
        "batch": batch.pk,
        "chain": chain.id,
        "now": now,
        "cutoff": timedelta(hours=settings.BUSINESS_DAY_CUTOFF_HOUR),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('till_import'), %s)", [chain.id])
        progress("stage")
        _stage(cursor, path, batch, values)
        progress("parties")
        _parties(cursor, batch, values)
        progress("sales")
        cursor.execute(sql.PRODUCTS, values)
        cursor.execute(sql.SALES, values)
        cursor.execute("ANALYZE settlement_importedsale")
        progress("lines")
        cursor.execute(sql.LINES, values)
        progress("points")
        _earn_points(batch, now)
        progress("trades")
        _book(cursor, values)
        cursor.execute(sql.TOTALS, values)
    batch.refresh_from_db()
    return batch


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileMissing(name=path.name) from error


def _stage(cursor, path: Path, batch: TillImport, values: dict) -> None:
    """Rows into the staging table, unreadable and wrong ones into the rejects."""
    cursor.execute(sql.STAGE)
    source = TillFile(path)
    try:
        cursor.copy_expert(sql.COPY, source)
    finally:
        source.close()
    ImportReject.objects.bulk_create(
        [
            ImportReject(batch=batch, line_number=n, reason=why, content=text)
            for n, why, text in source.rejects
        ],
        batch_size=1000,
    )
    cursor.execute(sql.JUDGE, values)
    cursor.execute(sql.REJECT, values)
    rejected = len(source.rejects) + cursor.fetchone()[0]
    cursor.execute(sql.CLEAN, values)
    batch.lines_read, batch.lines_rejected = source.rows, rejected
    batch.save(update_fields=["lines_read", "lines_rejected"])


def _parties(cursor, batch: TillImport, values: dict) -> None:
    """Unknown stores and card holders are made under the chain; known receipts drop out."""
    stores = ensure_stores(chain_id=batch.chain_id, codes=_column(cursor, sql.STORES))
    cards = join_cards(chain_id=batch.chain_id, cards=_column(cursor, sql.CARDS), now=values["now"])
    cursor.execute(
        sql.PARTIES,
        {
            "stores": list(stores),
            "store_ids": list(stores.values()),
            "cards": list(cards),
            "member_ids": list(cards.values()),
        },
    )
    cursor.execute(sql.KNOWN)
    batch.lines_known = cursor.rowcount
    batch.save(update_fields=["lines_known"])
    cursor.execute("ANALYZE till_clean; ANALYZE till_stores")


def _column(cursor, statement: str) -> list[str]:
    cursor.execute(statement)
    return [value for (value,) in cursor.fetchall()]


def _earn_points(batch: TillImport, now: datetime) -> None:
    """One lot per basket of a card holder; what it costs is one trade of the import."""
    sales = ImportedSale.objects.filter(batch=batch, member_id__isnull=False, amount_fen__gt=0)
    rows = [
        (member, amount, f"till:{pk}")
        for pk, member, amount in sales.order_by("pk").values_list("pk", "member_id", "amount_fen")
    ]
    earned = earn_bulk(rows=rows, now=now)
    if earned.value_fen:
        fact = booking.points_of_import(batch.pk, earned.value_fen, now)
        booking.book(fact, now=now)


def _book(cursor, values: dict) -> None:
    """Trades and their journals, in the open day; the day is held only for this step."""
    values["day"] = lock_current_day()
    values["version"] = _rule_version(values["day"])
    for statement in (sql.ACCOUNTS, sql.JOURNALS, sql.POSTINGS, sql.TRADES):
        cursor.execute(statement, values)


def _rule_version(day: date) -> int:
    """The rule of the day on which the sales are booked, not of the days on which they happened."""
    found = SplitRuleVersion.objects.in_force(day).filter(rule__code=RULE).first()
    if found is None or found.ends:
        raise NoTillRule()
    return found.pk
