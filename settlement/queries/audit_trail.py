"""The audit trail for show: search, filters, and whether its chain is whole."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.clock import day_bounds
from settlement.models import AuditEntry, AuditLink

# What is recorded, and what it is called. A test holds that every recorded action stands here.
ACTIONS = {
    "adjustment.posted": _("adjustment confirmed"),
    "adjustment.proposed": _("adjustment proposed"),
    "adjustment.rejected": _("adjustment rejected"),
    "break.open": _("write-off sent back"),
    "break.proposed": _("write-off proposed"),
    "break.resolved": _("break resolved"),
    "card.frozen": _("prepaid card frozen"),
    "card.unfrozen": _("prepaid card unfrozen"),
    "card.voided": _("prepaid card made void"),
    "costs.imported": _("channel costs booked"),
    "day.closed": _("business day closed"),
    "file.exported": _("file taken out"),
    "funding.confirmed": _("funding confirmed"),
    "funding.proposed": _("funding proposed"),
    "funding.rejected": _("funding rejected"),
    "funding.withdrawn": _("funding withdrawn"),
    "institution.held": _("institution held"),
    "institution.released": _("institution released"),
    "limit.confirmed": _("provider's limits confirmed"),
    "limit.proposed": _("provider's limits proposed"),
    "limit.rejected": _("provider's limits rejected"),
    "limit.withdrawn": _("provider's limits withdrawn"),
    "paper.printed": _("paper printed"),
    "payout.terms_set": _("pay-out terms set"),
    "rule.confirmed": _("split rule confirmed"),
    "rule.proposed": _("split rule proposed"),
    "rule.rejected": _("split rule rejected"),
    "rule.withdrawn": _("split rule withdrawn"),
    "statement.loaded": _("statement loaded"),
    "statement.signed_off": _("statement signed off"),
    "transfer.answer_imported": _("bank's answer taken in"),
    "transfer.answered": _("transfer answered"),
    "transfer.confirmed": _("transfer confirmed"),
    "transfer.exported": _("transfers written for the bank"),
    "transfer.first_confirmed": _("transfer confirmed by the first of two"),
    "transfer.limit_set": _("limit of confirmations set"),
    "transfer.rejected": _("transfer rejected"),
    "transfer.sent": _("transfers sent"),
}


@dataclass(frozen=True)
class Verified:
    """broken: numbers of links that do not follow, 0 for entries without a link."""

    entries: int
    broken: tuple[int, ...]


def entries(
    *,
    who: str = "",
    action: str = "",
    begin: date | None = None,
    end: date | None = None,
    institution: str = "",
    text: str = "",
) -> QuerySet[AuditEntry]:
    """Newest first. who: part of the name; begin and end: Shanghai days, inclusive; institution: its code."""
    rows = AuditEntry.objects.select_related("institution", "link").order_by("-pk")
    if who:
        rows = rows.filter(actor_name__icontains=who)
    if action:
        rows = rows.filter(action=action)
    if begin:
        rows = rows.filter(at__gte=day_bounds(begin)[0])
    if end:
        rows = rows.filter(at__lt=day_bounds(end)[1])
    if institution:
        rows = rows.filter(institution__code=institution)
    if text:
        rows = rows.filter(Q(subject__icontains=text) | Q(details__icontains=text))
    return rows


def head() -> AuditLink | None:
    """The latest link: whoever notes its number and hash can prove later that nothing was cut off."""
    return AuditLink.objects.order_by("-number").first()


def action_label(action: str) -> str:
    return str(ACTIONS.get(action, action))


_BROKEN = """
SELECT number FROM (
    SELECT l.number, l.hash, lag(l.number, 1, 0::bigint) OVER chain AS before,
           settlement_audit_hash(lag(l.hash, 1, '') OVER chain, e) AS wanted
    FROM settlement_auditlink l JOIN settlement_auditentry e ON e.id = l.entry_id
    WINDOW chain AS (ORDER BY l.number)
) links WHERE number <> before + 1 OR hash <> wanted
UNION ALL
SELECT 0 FROM settlement_auditentry e
WHERE NOT EXISTS (SELECT FROM settlement_auditlink l WHERE l.entry_id = e.id)
ORDER BY 1 LIMIT 100
"""


def verify() -> Verified:
    """Reckon the whole chain anew from the entries as they stand."""
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN)
        broken = tuple(number for (number,) in cursor.fetchall())
    return Verified(entries=AuditEntry.objects.count(), broken=broken)
