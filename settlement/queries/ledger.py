"""Balances and statements, always summed from postings."""

from datetime import date

from django.db.models import F, Q, QuerySet, Sum, Window
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import NotFound
from settlement.models import LedgerAccount, Posting


class AccountUnknown(NotFound):
    code = "ledger_account_unknown"
    message = _("We do not know this account.")


def trial_balance(*, until: date | None = None, kind: str = "") -> QuerySet[dict]:
    """Debit, credit and balance in fen of every account up to a day; debits and credits are equal."""
    rows = Posting.objects.all()
    if until:
        rows = rows.filter(business_date__lte=until)
    if kind:
        rows = rows.filter(account__kind=kind)
    return (
        rows.values("account_id", "account__kind", "account__institution__code", "account__institution__name",
                    "account__institution__name_en")
        .annotate(
            balance=Sum("amount_fen"),
            debit=Sum("amount_fen", filter=Q(amount_fen__gt=0), default=0),
            credit=Sum(-F("amount_fen"), filter=Q(amount_fen__lt=0), default=0),
        )
        .order_by("account__kind", "account__institution__code")
    )  # fmt: skip


def own_name(name: str | None, name_en: str | None) -> str:
    """An institution's name in the language of the page; empty for the platform."""
    return (name_en if (get_language() or "").startswith("en") else name) or name or ""


def account(account_id: int) -> LedgerAccount:
    """Raises AccountUnknown."""
    found = LedgerAccount.objects.select_related("institution").filter(pk=account_id).first()
    if found is None:
        raise AccountUnknown()
    return found


def balance(account_id: int, *, until: date | None = None) -> int:
    """Fen, debit positive."""
    rows = Posting.objects.filter(account_id=account_id)
    if until:
        rows = rows.filter(business_date__lte=until)
    return rows.aggregate(fen=Sum("amount_fen", default=0))["fen"]


def statement(account_id: int, *, begin: date | None = None, end: date | None = None) -> QuerySet[Posting]:
    """Postings of an account, the newest first, with the running balance (within the period) after each."""
    rows = Posting.objects.filter(account_id=account_id)
    if begin:
        rows = rows.filter(business_date__gte=begin)
    if end:
        rows = rows.filter(business_date__lte=end)
    running = Window(Sum("amount_fen"), order_by=[F("business_date").asc(), F("pk").asc()])
    return rows.select_related("journal").annotate(running=running).order_by("-business_date", "-pk")


def accounts_of(institution_id: int) -> list[LedgerAccount]:
    return list(LedgerAccount.objects.filter(institution_id=institution_id).order_by("kind"))
