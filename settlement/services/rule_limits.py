"""What a provider allows when it pays the parties itself: data from a day on, and the check of a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.queries import institution
from omnichannel.kernel.errors import DomainError, Invalid
from settlement.models import LIVE_STATES, LineKind, ProviderLimit, Role
from settlement.values import percent_text

from . import rule_decisions
from .rule_lines import MILLION, LineSpec, worst_shares


class LimitInvalid(Invalid):
    code = "provider_limit_invalid"
    message = _(
        "Limits are whole numbers from 1 on, the share at most 100 %%, the longest freeze not shorter."
    )


class NotAProvider(Invalid):
    code = "not_a_provider"
    message = _("%(name)s is not a payment provider.")


class ShareAboveLimit(DomainError):
    code = "provider_share_exceeded"
    message = _("%(provider)s gives away at most %(limit)s %% of a payment; this version up to %(share)s %%.")


class ReceiversAboveLimit(DomainError):
    code = "provider_receivers_exceeded"
    message = _("%(provider)s pays at most %(limit)s receivers in one request; this version has %(found)s.")


@dataclass(frozen=True)
class Limits:
    splits_at_source: bool
    requests_per_order: int
    receivers_per_request: int
    share_ppm: int
    frozen_days: int
    frozen_days_most: int


def limits_on(day: date) -> list[ProviderLimit]:
    """The limits in force on a day, one per provider."""
    rows = ProviderLimit.objects.confirmed().filter(valid_from__lte=day).select_related("provider")
    return list(rows.order_by("provider_id", "-valid_from").distinct("provider_id"))


def check(lines: Sequence[LineSpec], *, day: date) -> None:
    """Raise ShareAboveLimit or ReceiversAboveLimit where a provider splits at the source."""
    for limit in limits_on(day):
        if limit.splits_at_source:
            for refusal in exceeded(lines, limit):
                raise refusal


def warnings(lines: Sequence[LineSpec], *, day: date) -> list[str]:
    """What would be refused if the provider split at the source; for show."""
    limits = [limit for limit in limits_on(day) if not limit.splits_at_source]
    return [str(refusal) for limit in limits for refusal in exceeded(lines, limit)]


def exceeded(lines: Sequence[LineSpec], limit: ProviderLimit) -> list[DomainError]:
    """The money lies with whoever gets what is left; all other lines are given away by the provider.

    One line is one receiver. A fixed amount has no percentage and is not judged by it.
    """
    others = [line for line in lines if line.kind != LineKind.RESIDUAL and line.role != Role.PLATFORM]
    shares = worst_shares(lines)
    given = sum(share for share, line in zip(shares, lines, strict=True) if line in others)
    found = []
    if given * MILLION > limit.share_ppm:
        found.append(
            ShareAboveLimit(
                provider=limit.provider.label,
                limit=percent_text(limit.share_ppm),
                share=percent_text(int(given * MILLION)),
            )
        )
    if len(others) > limit.receivers_per_request * limit.requests_per_order:
        found.append(
            ReceiversAboveLimit(
                provider=limit.provider.label, limit=limit.receivers_per_request, found=len(others)
            )
        )
    return found


@transaction.atomic
def propose_limit(
    *, actor, provider_id: int, valid_from: date, limits: Limits, now: datetime
) -> ProviderLimit:
    """Propose a provider's limits from a day on.

    Raises NotAProvider, LimitInvalid, DateNotAhead, DateTaken.
    """
    rule_decisions.must_propose(actor)
    card = institution(provider_id)
    if card.kind != "provider":
        raise NotAProvider(field="provider", name=card.label)
    _must_make_sense(limits)
    rule_decisions.must_be_ahead(valid_from)
    taken = ProviderLimit.objects.filter(provider_id=provider_id, valid_from=valid_from)
    if taken.filter(state__in=LIVE_STATES).exists():
        raise rule_decisions.DateTaken(field="valid_from")
    row = ProviderLimit(provider_id=provider_id, valid_from=valid_from, **vars(limits))
    details = {"provider": card.code, "valid_from": valid_from, **vars(limits)}
    rule_decisions.proposed(
        row, actor=actor, what="limit", subject=f"limits {card.code}", details=details, now=now
    )
    return row


def _must_make_sense(limits: Limits) -> None:
    counts = (limits.requests_per_order, limits.receivers_per_request)
    if not all(1 <= count <= 10_000 for count in counts) or not 0 < limits.share_ppm <= MILLION:
        raise LimitInvalid()
    if not 0 <= limits.frozen_days <= limits.frozen_days_most <= 10_000:
        raise LimitInvalid()


@transaction.atomic
def decide_limit(*, actor, limit_id: int, action: str, reason: str = "", now: datetime) -> ProviderLimit:
    """action: confirm, reject or withdraw. Raises what rule_decisions raises."""
    found = ProviderLimit.objects.select_for_update(of=("self",)).select_related("provider")
    row = found.filter(pk=limit_id).first()
    if row is None:
        raise rule_decisions.ProposalUnknown()
    rule_decisions.act(
        row, action, actor=actor, reason=reason, what="limit", subject=f"limits {row.provider.code}", now=now
    )
    return row
