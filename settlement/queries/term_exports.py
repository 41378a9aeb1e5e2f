"""What finance set and decided, as files: limits of confirmations, providers' limits, who bears discounts."""

from django.utils.translation import gettext_lazy as _

from settlement.values import percent_text

from .sheets import Column

# Who decided what when, behind the columns of any proposal.
_DECIDED = (
    Column("valid_from", _("Valid from"), lambda row: row.valid_from),
    Column("state", _("State"), lambda row: row.state),
    Column("proposed_by", _("Proposed by"), lambda row: str(row.proposed_by or "")),
    Column("proposed_at", _("Proposed"), lambda row: row.proposed_at),
    Column("decided_by", _("Decided by"), lambda row: str(row.decided_by or "")),
    Column("decided_at", _("Decided"), lambda row: row.decided_at),
    Column("answer", _("Answer"), lambda row: row.answer),
)

LIMITS = (
    Column("person", _("Person"), lambda row: row.user.username if row.user else ""),
    Column("name", _("Name"), lambda row: str(row.user or "")),
    Column("role", _("Role"), lambda row: row.role),
    Column("valid_from", _("From day"), lambda row: row.valid_from),
    Column("most", _("Largest transfer (¥)"), lambda row: row.most_fen, is_money=True),
    Column("daily", _("In a day (¥)"), lambda row: row.daily_fen, is_money=True),
    Column("two_above", _("Two people above (¥)"), lambda row: row.two_above_fen, is_money=True),
    Column("note", _("Note"), lambda row: row.note),
    Column("set_by", _("Set by"), lambda row: row.set_by),
    Column("set_at", _("Entered"), lambda row: row.set_at),
)

FUNDINGS = (
    Column("subject", _("What"), lambda row: row.subject),
    Column("offer", _("Offer"), lambda row: row.offer_code),
    Column("borne_by", _("Borne by"), lambda row: row.funder),
    Column("sponsor", _("Sponsor's code"), lambda row: row.sponsor.code if row.sponsor else ""),
    Column("sponsor_name", _("Sponsor"), lambda row: row.sponsor.label if row.sponsor else ""),
    *_DECIDED,
)

PROVIDER_LIMITS = (
    Column("provider", _("Code"), lambda row: row.provider.code),
    Column("provider_name", _("Provider"), lambda row: row.provider.label),
    Column(
        "splits_at_source",
        _("It pays the parties itself"),
        lambda row: "yes" if row.splits_at_source else "no",
    ),
    Column("requests", _("Requests per order"), lambda row: row.requests_per_order),
    Column("receivers", _("Receivers each"), lambda row: row.receivers_per_request),
    Column("share", _("Share at most (%)"), lambda row: percent_text(row.share_ppm)),
    Column("frozen_days", _("Days frozen"), lambda row: row.frozen_days),
    Column("frozen_days_most", _("Days frozen at most"), lambda row: row.frozen_days_most),
    *_DECIDED,
)
