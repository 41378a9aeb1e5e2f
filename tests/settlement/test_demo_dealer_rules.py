"""What the demo's dealers earn: which rule holds for what, also where the books were open before."""

import pytest
from django.db import connection

from omnichannel.kernel import clock
from settlement import demo
from settlement.models import SplitRule
from settlement.services import business_day
from tests.settlement.world import NOON, World

pytestmark = pytest.mark.django_db
DAY = business_day.business_day_of(NOON)


def rule_of(kind: str, *, seller: str = "carrier", channel: str = "dealer", day=DAY) -> str:
    """The code of the rule by which a line is split."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.code FROM settlement_rule_for(%s, %s, %s, %s, NULL, NULL) f"
            " JOIN settlement_splitruleversion v ON v.id = f.version_id"
            " JOIN settlement_splitrule r ON r.id = v.rule_id",
            [day, kind, seller, channel],
        )
        return cursor.fetchone()[0]


KINDS = {
    "top_up": "accepted-top-up",
    "data_pack": "accepted-data",
    "plan": "accepted-plan",
    "sim": "accepted-sim",
    "device": "accepted-device",
    "accessory": "accepted-accessory",
    "subscription": "accepted-service",
    "shipping": "shipping",
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_rate_at_dealers_alone(world, kind):
    assert rule_of(kind) == KINDS[kind]
    assert not rule_of(kind, channel="store").startswith("accepted")


def test_the_own_shelf_is_the_dealer_s_at_its_counter_and_a_merchant_s_goods_stay_its_own(world):
    assert rule_of("device", seller="dealer") == "dealer-counter"
    assert rule_of("device", seller="dealer", channel="web") == "dealer"
    assert rule_of("merchant_goods", seller="merchant") == "merchant"


def test_where_the_books_are_open_two_people_agree_on_the_rules_from_tomorrow(db, monkeypatch):
    built, before = World().build(), demo.RULES[:11]
    monkeypatch.setattr(clock, "now", lambda: NOON)
    with monkeypatch.context() as older:
        older.setattr(demo, "RULES", before)
        demo.load(now=NOON)
    assert rule_of("top_up") == "own-top-up"
    demo.load(now=NOON)
    assert rule_of("top_up") == "own-top-up"
    version = SplitRule.objects.get(code="accepted-top-up").versions.get()
    assert version.valid_from == DAY.replace(day=DAY.day + 1)
    assert (version.proposed_by_id, version.decided_by_id) == (built.clerk.user_id, built.lead.user_id)
    assert rule_of("top_up", day=version.valid_from) == "accepted-top-up"
