"""How institutions are paid: the smallest transfer, and whether what they owe is collected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from members.queries import institutions_by_ids
from omnichannel.kernel.errors import Invalid, NotFound
from settlement.models import PayoutTerms
from settlement.rights import LEAD

from . import audit_trail
from .business_day import current_day


class PayoutNegative(Invalid):
    code = "payout_negative"
    message = _("A minimum pay-out is zero or more.")


class PayoutBackdated(Invalid):
    code = "payout_backdated"
    message = _("Terms begin on the open business day, %(day)s, or later: earlier days are netted.")


class InstitutionUnknown(NotFound):
    code = "institution_unknown"
    message = _("We do not know this institution.")


@dataclass(frozen=True)
class Terms:
    """minimum_fen: at least 1, so that nothing is never transferred."""

    minimum_fen: int = 1
    collects: bool = True

    def pays(self, net_fen: int) -> bool:
        """Whether a net becomes a transfer; else it is carried."""
        return abs(net_fen) >= self.minimum_fen and (net_fen > 0 or self.collects)


# Terms by institution on a day, of those in `wanted`; also used inside the statements of carrying.
TERMS = """
SELECT i.id AS institution_id, greatest(1, coalesce(t.minimum_fen, i.minimum_payout)) AS minimum_fen,
       coalesce(t.collects, true) AS collects
FROM members_institution i
LEFT JOIN LATERAL (
    SELECT p.minimum_fen, p.collects FROM settlement_payoutterms p
    WHERE p.institution_id = i.id AND p.valid_from <= %(day)s ORDER BY p.valid_from DESC, p.id DESC LIMIT 1
) t ON true
"""


def terms_of(ids: Iterable[int], *, day: date) -> dict[int, Terms]:
    """Terms in force on a business day by institution; one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{TERMS} WHERE i.id = ANY (%(ids)s)", {"day": day, "ids": list(ids)})
        return {row[0]: Terms(row[1], row[2]) for row in cursor.fetchall()}


@transaction.atomic
def set_terms(
    *,
    actor,
    institution_id: int,
    minimum_fen: int,
    collects: bool,
    valid_from: date,
    note: str = "",
    now: datetime,
) -> PayoutTerms:
    """New terms from a business day on. Raises PayoutNegative, PayoutBackdated, InstitutionUnknown."""
    actor.must_have(LEAD)
    if minimum_fen < 0:
        raise PayoutNegative(field="minimum")
    if valid_from < (today := current_day()):
        raise PayoutBackdated(field="valid_from", day=today.isoformat())
    card = institutions_by_ids([institution_id]).get(institution_id)
    if card is None:
        raise InstitutionUnknown()
    made = PayoutTerms.objects.create(
        institution_id=institution_id, valid_from=valid_from, minimum_fen=minimum_fen, collects=collects,
        note=note.strip()[:160], set_by=actor.label, set_at=now,
    )  # fmt: skip
    details = {"minimum_fen": minimum_fen, "collects": collects, "valid_from": valid_from, "note": made.note}
    audit_trail.record(
        actor=actor, action="payout.terms_set", subject=f"pay-out terms {card.code}",
        institution_id=institution_id, details=details, now=now,
    )  # fmt: skip
    return made
