"""What finance templates need beyond the design system: sums, names of codes, the path back up."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.actors import Role as StaffRole
from omnichannel.kernel.money import display
from settlement.models import AccountKind, BatchState, BreakState, Role, TradeKind
from settlement.queries.audit_trail import action_label as name_of_action
from settlement.queries.exports import channel_label as name_of_channel
from settlement.queries.monthly import MOVED, end_of
from settlement.rights import AUDIT_READERS
from settlement.services import suspense
from settlement.values import percent_text

register = template.Library()


@register.filter
def channel_label(channel: str) -> str:
    return name_of_channel(channel)


@register.filter
def channel_or_nothing(channel: str) -> str:
    return name_of_channel(channel) if channel else ""


@register.filter
def account_label(kind: str) -> str:
    return AccountKind(kind).label if kind in AccountKind.values else kind


@register.filter
def role_label(role: str) -> str:
    return Role(role).label if role in Role.values else role


@register.filter
def suspense_reason(problem: str) -> str:
    """Why an institution's day waits: shares_differ 120 -> words; what people wrote stays as it is."""
    if problem.startswith(suspense.DIFFERS):
        fen = int(problem.rpartition(" ")[2])
        return _("shares and postings differ by %(amount)s") % {"amount": display(fen)}
    if problem == suspense.EARLIER:
        return _("an earlier day of it waits")
    return problem.removeprefix(f"{suspense.HELD}: ")


@register.filter
def sum_fen(rows) -> int:
    """Sum of the key fen of a list of dicts."""
    return sum(row["fen"] for row in rows)


@register.filter
def sum_amounts(rows) -> int:
    """Sum of amount_fen of a list of objects."""
    return sum(row.amount_fen for row in rows)


@register.filter
def negated(fen: int) -> int:
    return -fen


@register.filter
def minus(fen: int, other: int) -> int:
    return fen - other


@register.filter
def percent(ppm: int) -> str:
    """30000 parts per million -> 3 %"""
    return f"{percent_text(ppm)} %"


@register.filter
def tail_id(source_key: str) -> int:
    """The number at the end of till:17."""
    return int(source_key.rsplit(":", 1)[1])


@register.filter
def add_text(text: str, more) -> str:
    return f"{text}{more}"


@register.simple_tag
def crumbs(*words) -> list[dict]:
    """{% crumbs label url label url here as trail %}: the path back up."""
    pairs = zip(words[::2], [*words[1::2], ""], strict=False)
    return [{"label": label, "url": url} for label, url in pairs]


@register.filter
def holder(trade) -> str:
    """Who has a trade's money: the provider, or whoever collected it."""
    found = trade.provider or trade.collector
    return found.label if found else "—"


@register.filter
def break_state_label(state: str) -> str:
    return BreakState(state).label if state in BreakState.values else state


@register.filter
def batch_state_label(state: str) -> str:
    return BatchState(state).label if state in BatchState.values else state


REPORTS = (
    ("clearing", "settlement:report-clearing", "table", gettext_lazy("Clearing")),
    ("statements", "settlement:report-statements", "file-text", gettext_lazy("Monthly statements")),
    ("points", "settlement:points", "coins", gettext_lazy("Points owed")),
    ("cards", "settlement:prepaid-cards", "credit-card", gettext_lazy("Prepaid cards")),
    ("fees", "settlement:report-fees", "percent", gettext_lazy("Provider fees")),
    ("costs", "settlement:report-costs", "calculator", gettext_lazy("Channel cost")),
)
AUDIT = ("audit", "settlement:audit", "shield-check", gettext_lazy("Audit trail"))


@register.simple_tag(takes_context=True)
def report_tabs(context) -> list[dict]:
    """The reports that this person may read."""
    actor = context["request"].actor
    rows = (*REPORTS, AUDIT) if actor.has(*AUDIT_READERS) else REPORTS
    return [{"name": n, "url": reverse(url), "icon": icon, "label": label} for n, url, icon, label in rows]


@register.simple_tag
def behind_url(values: dict, column: str = "") -> str:
    """The address of the trades behind a figure of the clearing report."""
    name = "settlement:report-parts" if values.get("product") else "settlement:shares"
    asked = values | ({"column": column} if column else {})
    return f"{reverse(name)}?{urlencode(asked)}"


@register.simple_tag
def shares_url(transfer) -> str:
    """The address of what an institution earned on the day that a transfer pays."""
    asked = {"day": transfer.business_date.isoformat(), "party": transfer.institution.code}
    return f"{reverse('settlement:shares')}?{urlencode(asked)}"


@register.simple_tag
def line_url(line, code: str) -> str:
    """The address of what is behind a line of a monthly statement: transfers, trades or shares."""
    asked = {"day": line.day.isoformat()}
    if line.kind.startswith("transfer"):
        return f"{reverse('settlement:transfers')}?{urlencode({'q': code})}"
    if line.source == MOVED and line.kind in TradeKind.values:
        return f"{reverse('settlement:trades')}?{urlencode(asked | {'kind': line.kind, 'party': code})}"
    return f"{reverse('settlement:shares')}?{urlencode(asked | {'party': code})}"


@register.simple_tag
def cost_url(asked, line, kind: str = "") -> str:
    """The address of the postings behind a figure of the cost report."""
    values = {"begin": f"{asked.begin:%Y-%m}", "end": f"{asked.end:%Y-%m}", "kind": kind}
    for name, key in zip(asked.groups, line.keys, strict=True):
        values |= {"begin": key, "end": key} if name == "month" else {name: key}
    return f"{reverse('settlement:report-cost-postings')}?{urlencode(values)}"


@register.simple_tag
def month_query(month) -> str:
    """begin and end of a month, for an address."""
    return urlencode({"begin": month.isoformat(), "end": end_of(month).isoformat()})


@register.simple_tag
def journal_url(journal) -> str:
    """The address of the trade or transfer that a journal books; empty for all others."""
    if journal.kind in TradeKind.values:
        return f"{reverse('settlement:trades')}?{urlencode({'q': journal.key})}"
    if journal.kind in ("transfer", "transfer_failed"):
        return f"{reverse('settlement:transfers')}?{urlencode({'q': journal.key.partition(':')[2]})}"
    return ""


@register.filter
def item(mapping: dict, key: str):
    return mapping[key]


@register.filter
def action_label(action: str) -> str:
    return name_of_action(action)


@register.filter
def staff_role_label(role: str) -> str:
    """finance_lead -> finance lead; what is no role of staff stays as it is."""
    return StaffRole(role).label if role in StaffRole.values else role
