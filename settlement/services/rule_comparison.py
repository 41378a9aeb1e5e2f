"""Two versions of a rule over the trades of a period, before one of them is switched to.

Computed in the background, a business day per transaction: the fact of a day publishes that of the next, so
a worker that dies is followed by another at that day. Versions never change, so a finished comparison stays
right; trades that come late ask for a new one.
"""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel import outbox
from omnichannel.kernel.errors import Invalid, NotFound
from settlement.events import RuleComparisonDue
from settlement.models import RuleComparison, SplitRuleVersion
from settlement.rights import CLERK, LEAD

from .business_day import current_day
from .rule_comparison_sql import COMPARE_DAY

# "Last month": the days up to the open one.
DAYS = 31
MOST_DAYS = 366


class ComparisonUnknown(NotFound):
    code = "comparison_unknown"
    message = _("We do not know this comparison.")


class PeriodInvalid(Invalid):
    code = "period_invalid"
    message = _("Choose a period of at most a year that has begun.")


class VersionsDiffer(Invalid):
    code = "versions_not_of_one_rule"
    message = _("Choose two different versions of one rule.")


@transaction.atomic
def request(
    *,
    actor,
    after: SplitRuleVersion,
    before: SplitRuleVersion | None,
    now: datetime,
    begin: date | None = None,
    end: date | None = None,
) -> RuleComparison:
    """Ask for a comparison; `before` None compares with the rules that the orders had.

    Without a period: the last month. Raises PeriodInvalid, VersionsDiffer, NotAllowed.
    """
    actor.must_have(CLERK, LEAD)
    if before is not None and (before.rule_id != after.rule_id or before.pk == after.pk or before.ends):
        raise VersionsDiffer()
    today = current_day()
    end = min(end or today, today)
    begin = begin or end - timedelta(days=DAYS - 1)
    if begin > end or (end - begin).days >= MOST_DAYS:
        raise PeriodInvalid(field="begin")
    made = RuleComparison.objects.create(
        before=before, after=after, begin=begin, end=end, next_day=begin,
        requested_by_id=actor.user_id, requested_at=now,
    )  # fmt: skip
    outbox.publish(RuleComparisonDue(made.pk, begin.isoformat()))
    return made


@transaction.atomic
def compare_day(*, comparison_id: int, day: date, now: datetime) -> None:
    """Compute a comparison's next day, once, and ask for the one after it. Raises ComparisonUnknown."""
    row = RuleComparison.objects.select_for_update().filter(pk=comparison_id).first()
    if row is None:
        raise ComparisonUnknown()
    if row.done_at or row.next_day != day:
        return
    rule, after = row.after.rule, row.after
    with connection.cursor() as cursor:
        cursor.execute(
            COMPARE_DAY,
            {
                "comparison": row.pk, "day": day, "before": row.before_id, "after": after.pk,
                "ends": after.ends, "rule": rule.pk, "priority": rule.priority, "code": rule.code,
                "seller": rule.seller_id,
                "offering_kind": rule.offering_kind, "seller_kind": rule.seller_kind, "channel": rule.channel,
            },
        )  # fmt: skip
        row.lines += cursor.fetchone()[0]
    _advance(row, now)


def _advance(row: RuleComparison, now: datetime) -> None:
    row.next_day += timedelta(days=1)
    if row.next_day > row.end:
        row.done_at = now
    else:
        outbox.publish(RuleComparisonDue(row.pk, row.next_day.isoformat()))
    row.save(update_fields=["next_day", "lines", "done_at"])
