"""Each guard of rules, funding and limits: refused with it; without it the same statement goes through."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from members.models import Institution, User
from settlement.models import (
    BusinessDay,
    FundingTerm,
    ProviderLimit,
    SplitRule,
    SplitRuleLine,
    SplitRuleVersion,
)
from settlement.services.rule_lines import LineSpec
from settlement.services.rules import install_version

# The guards hold for the owner of the tables too.
pytestmark = pytest.mark.owner

OPEN = date(2026, 11, 21)
BEGUN, AHEAD = date(2026, 1, 1), date(2026, 12, 1)


@pytest.fixture
def begun(db):
    """Versions, a funding and limits that have begun, with a business day open."""
    root = Institution.objects.create(code="pp", kind="provider", path="pp/", name="pp")
    User.objects.create(username="a")
    rule = SplitRule.objects.create(code="r", name="r")
    version = install_version(
        rule=rule, valid_from=BEGUN,
        lines=[LineSpec("platform", "fixed", amount_fen=5), LineSpec("seller", "residual")],
    )  # fmt: skip
    FundingTerm.objects.create(subject="points", funder="platform", valid_from=BEGUN, state="confirmed")
    ProviderLimit.objects.create(
        provider=root, valid_from=BEGUN, state="confirmed", requests_per_order=1, receivers_per_request=1,
        share_ppm=1, frozen_days=1, frozen_days_most=1,
    )  # fmt: skip
    BusinessDay.objects.create(business_date=OPEN, opened_at=datetime(2026, 11, 20, 16, tzinfo=UTC))
    return version


@contextmanager
def without(table: str, trigger: str):
    alter(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    yield
    alter(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def alter(statement: str) -> None:
    """No table is altered while its foreign keys wait to be checked."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def proposal() -> SplitRuleVersion:
    rule = SplitRule.objects.get(code="r")
    user = User.objects.get(username="a")
    return SplitRuleVersion.objects.create(
        rule=rule, number=SplitRuleVersion.objects.count() + 1, valid_from=AHEAD, proposed_by=user
    )


def _confirmed_from_nowhere():
    rule = SplitRule.objects.get(code="r")
    return SplitRuleVersion.objects.create(rule=rule, number=9, valid_from=OPEN, state="confirmed")


VERSION, LINE, RULE = "settlement_splitruleversion", "settlement_splitruleline", "settlement_splitrule"
VERSIONS, LINES, RULES = SplitRuleVersion.objects, SplitRuleLine.objects, SplitRule.objects
FUNDING, LIMITS = "settlement_fundingterm", "settlement_providerlimit"
ATTEMPTS = {
    "the date of what has begun": (VERSION, "decided", lambda: VERSIONS.update(valid_from=AHEAD)),
    "an end after the fact": (VERSION, "decided", lambda: VERSIONS.update(ends=True)),
    "what has begun withdrawn": (VERSION, "decided", lambda: VERSIONS.update(state="withdrawn")),
    "a version confirmed from nowhere": (VERSION, "decided", _confirmed_from_nowhere),
    "a version deleted": (VERSION, "decided", lambda: proposal().delete()),
    "a percentage changed": (LINE, "rule_line", lambda: LINES.filter(position=1).update(amount_fen=6)),
    "a line deleted": (LINE, "rule_line", lambda: LINES.filter(position=1).delete()),
    "another condition": (RULE, "rule", lambda: RULES.update(channel="web")),
    "another priority": (RULE, "rule", lambda: RULES.update(priority=99)),
    "another funder": (FUNDING, "decided", lambda: FundingTerm.objects.update(funder="seller")),
    "another limit": (LIMITS, "decided", lambda: ProviderLimit.objects.update(share_ppm=2)),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTEMPTS)
def test_refused_with_the_guard_and_done_without(begun, name):
    table, trigger, attempt = ATTEMPTS[name]
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt()
    with without(table, f"settlement_keep_{trigger}"):
        attempt()


def test_a_line_comes_only_with_its_version(begun):
    """The transaction is the version's own here, so its stamp is what is taken away."""
    values = {"version": begun, "position": 3, "role": "platform", "kind": "fixed", "amount_fen": 1}
    with connection.cursor() as cursor, without(VERSION, "settlement_keep_decided"):
        cursor.execute("UPDATE settlement_splitruleversion SET xid = '3'")
    with pytest.raises(DatabaseError), transaction.atomic():
        SplitRuleLine.objects.create(**values)
    with without(LINE, "settlement_keep_rule_line"):
        SplitRuleLine.objects.create(**values)


def test_nobody_confirms_an_own_proposal(begun):
    made = proposal()
    mine = {"state": "confirmed", "decided_by_id": made.proposed_by_id}
    with pytest.raises(DatabaseError), transaction.atomic():
        SplitRuleVersion.objects.filter(pk=made.pk).update(**mine)
    alter(f"ALTER TABLE {VERSION} DROP CONSTRAINT splitruleversion_four_eyes")
    SplitRuleVersion.objects.filter(pk=made.pk).update(**mine)


def test_what_is_proposed_for_today_is_not_confirmed(begun):
    user = User.objects.create(username="b")
    made = proposal()
    BusinessDay.objects.update(business_date=AHEAD)
    decided = {"state": "confirmed", "decided_by": user}
    with pytest.raises(DatabaseError), transaction.atomic():
        SplitRuleVersion.objects.filter(pk=made.pk).update(**decided)
    BusinessDay.objects.update(business_date=OPEN)
    SplitRuleVersion.objects.filter(pk=made.pk).update(**decided)
