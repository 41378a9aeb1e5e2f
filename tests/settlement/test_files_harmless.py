"""Finance's files after a day's work: names, reasons and notes of people leave as text."""

import pytest
from django.test import Client

from members.models import Institution, User
from settlement.models import AccountKind, LedgerAccount, SplitRule
from settlement.services import adjustments
from settlement.services.posting import Leg
from tests.omnichannel.test_files_harmless import LINK, both_kinds, holds, reckoned
from tests.omnichannel.test_files_recorded import address_of, exporting
from tests.settlement.test_files_recorded import paid  # noqa: F401  (a fixture)
from tests.settlement.transfers_world import DAY

# Where of the day's work a name, a reason or a note must be found.
NAMED = {
    "report-csv", "report-xlsx", "report-clearing-csv", "report-clearing-xlsx", "positions-csv",
    "positions-xlsx", "transfers-csv", "transfers-xlsx", "payout-file", "adjustments-file", "rules-file",
    "rule-history", "trial-csv", "trial-xlsx", "audit-csv", "report-statements-xlsx", "report-fees-xlsx",
    "rule-comparison-xlsx", "rule-limits-file",
}  # fmt: skip


@pytest.fixture
def typed(paid) -> Client:  # noqa: F811
    """The day's people write formulas wherever they may."""
    Institution.objects.update(name=LINK, name_en=LINK)
    SplitRule.objects.update(name=LINK, name_en=LINK)
    User.objects.filter(username="flead").update(display_name=LINK)
    legs = (Leg(AccountKind.SUSPENSE, None, 5_00), Leg(AccountKind.PAYABLE, paid.id("mc"), -5_00))
    adjustments.propose(actor=paid.clerk, legs=legs, reason=LINK, original_date=DAY, now=paid.now)
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username="flead"))
    return client


def addresses(world):
    known = {
        "day": DAY, "answer_id": world.answer.pk, "comparison_id": world.comparison.pk,
        "account_id": LedgerAccount.objects.filter(institution_id=world.id("mc")).first().pk,
    }  # fmt: skip
    for pattern in exporting():
        place = pattern.callback.__module__
        if place.startswith("settlement") and pattern.name not in ("transfer-file", "simulated-answer"):
            code = "merchant" if pattern.name == "rule-history" else "mc"
            of_one = "?partner=mc" if pattern.name in ("acceptance-csv", "accepted-orders-csv") else ""
            yield pattern.name, address_of(pattern, code=code, **known) + of_one


def test_no_file_of_finance_reckons_with_what_people_typed(typed, paid):  # noqa: F811
    named = set()
    for name, first in addresses(paid):
        for address in both_kinds(first):
            answer = typed.get(address)
            assert answer.status_code == 200, address
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            kind = answer.headers["Content-Type"]
            if "csv" in kind or "spreadsheet" in kind:
                assert reckoned(kind, content) == [], address
                if holds(kind, content):
                    named.add(name)
    assert named >= NAMED
