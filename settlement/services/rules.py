"""Split rules are data: a new version says what holds from a day on; nothing frozen before changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid
from settlement.models import Role, SplitRule, SplitRuleLine, SplitRuleVersion

MILLION = 1_000_000


class RuleInvalid(Invalid):
    code = "split_rule_invalid"


class OverAHundred(RuleInvalid):
    code = "percentages_over_100"
    message = _("The percentages of one base come to more than 100 %%.")


class ResidualMissing(RuleInvalid):
    code = "residual_not_one"
    message = _("Exactly one party gets what is left.")


class PartyInvalid(RuleInvalid):
    code = "party_invalid"
    message = _("This party cannot have a share of a sale.")


@dataclass(frozen=True)
class LineSpec:
    role: str
    kind: str
    ppm: int = 0
    amount_fen: int = 0
    cap_fen: int = 0
    base: str = "gross"


def check_lines(lines: Sequence[LineSpec]) -> None:
    """Raise OverAHundred, ResidualMissing or PartyInvalid."""
    if sum(line.kind == "residual" for line in lines) != 1:
        raise ResidualMissing()
    if any(line.role in (Role.PROVIDER, Role.NOBODY) or line.role not in Role.values for line in lines):
        raise PartyInvalid()
    for base in ("gross", "net"):
        if sum(line.ppm for line in lines if line.base == base) > MILLION:
            raise OverAHundred()


@transaction.atomic
def add_version(
    *, rule: SplitRule, valid_from: date, lines: Sequence[LineSpec], note: str = ""
) -> SplitRuleVersion:
    """Add the next version of a rule; raises what check_lines raises."""
    check_lines(lines)
    SplitRule.objects.select_for_update().get(pk=rule.pk)
    number = SplitRuleVersion.objects.filter(rule=rule).count() + 1
    version = SplitRuleVersion.objects.create(rule=rule, number=number, valid_from=valid_from, note=note)
    SplitRuleLine.objects.bulk_create(
        SplitRuleLine(
            version=version,
            position=position,
            role=line.role,
            kind=line.kind,
            base=line.base,
            ppm=line.ppm,
            amount_fen=line.amount_fen,
            cap_fen=line.cap_fen,
        )
        for position, line in enumerate(lines, start=1)
    )
    return version


def preview(
    *, version_id: int, gross_fen: int, net_fen: int | None = None, absent: Sequence[str] = ()
) -> list[tuple[str, int]]:
    """(role, fen) that a version gives of an amount: the test bench, the same SQL as the books use."""
    net = gross_fen if net_fen is None else net_fen
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT role, amount FROM settlement_split(%s, %s, %s, %s) ORDER BY position",
            [version_id, gross_fen, net, list(absent)],
        )
        return [(role, int(amount)) for role, amount in cursor.fetchall()]
