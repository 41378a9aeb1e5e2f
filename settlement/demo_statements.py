"""The demo company's accounts with statements, and the numbers under which its statements are written."""

from datetime import date, datetime

from django.conf import settings

from members.queries import institution_by_code
from settlement.models import StatementAccount
from settlement.services.business_day import business_day_of
from settlement.simulator.day import Numbers

ALIPAY, UNIONPAY = "2088000000000001", "898000000000001"


def numbers() -> Numbers:
    return Numbers(settings.UNIPAY_MERCHANT_ID, ALIPAY, UNIONPAY, settings.PLATFORM_BANK_ACCOUNT)


def load(*, now: datetime, begins_on: date | None = None) -> None:
    """Accounts with statements from a day on, by default that of `now`; idempotent.

    One provider, so one of its three accounts is active: the others show the formats.
    """
    wanted = [
        ("wechat", settings.UNIPAY_MERCHANT_ID, "pp-unipay", True),
        ("alipay", ALIPAY, "pp-unipay", False),
        ("unionpay", UNIONPAY, "pp-unipay", False),
        ("bank", settings.PLATFORM_BANK_ACCOUNT, "bk-icb", True),
        ("cod", "cr-swift", "cr-swift", True),
        ("cod", "cr-star", "cr-star", True),
    ]
    for source, number, code, is_active in wanted:
        StatementAccount.objects.get_or_create(
            source=source,
            number=number,
            defaults={
                "institution_id": institution_by_code(code).id,
                "begins_on": begins_on or business_day_of(now),
                "is_active": is_active,
            },
        )
