"""A version is not confirmed into a day that opens meanwhile; without the day held it would be."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from settlement.models import BusinessDay, SplitRuleVersion
from settlement.services import business_day, rule_creation, rule_decisions, rules
from settlement.services.rule_lines import LineSpec
from tests.settlement.world import NOON, World

pytestmark = pytest.mark.django_db(transaction=True)

LINES = (LineSpec("platform", "percentage", ppm=500_000), LineSpec("seller", "residual"))


@pytest.fixture
def waiting(transactional_db):
    """A version for tomorrow waits, and today is over."""
    world = World().build()
    business_day.open_first(now=NOON)
    made = rule_creation.propose_rule(
        actor=world.clerk, code="late", name="late", lines=LINES, now=NOON,
        valid_from=business_day.current_day() + timedelta(days=1),
    )  # fmt: skip
    world.version = made
    world.tomorrow()
    return world


def race(world, *, patience: float) -> bool:
    """Confirm, and cut off before the confirmation commits; did the day open under it within `patience` s?"""
    begun, opened = threading.Event(), []

    def cut_off():
        begun.wait(30)
        business_day.cut_off(now=world.now)
        opened.append(True)
        connection.close()

    other = threading.Thread(target=cut_off)
    other.start()
    with transaction.atomic():
        rules.decide_version(actor=world.lead, version_id=world.version.pk, action="confirm", now=world.now)
        begun.set()
        other.join(patience)
        under = bool(opened)
    other.join(30)
    return under


def test_the_day_waits_for_the_confirmation(waiting):
    assert race(waiting, patience=0.5) is False
    assert SplitRuleVersion.objects.get().state == "confirmed"
    assert BusinessDay.objects.count() == 2


def test_without_the_day_held_it_opens_under_the_confirmation(waiting, monkeypatch):
    monkeypatch.setattr(rule_decisions, "lock_current_day", business_day.current_day)
    assert race(waiting, patience=30) is True


def test_once_the_day_is_open_it_is_too_late(waiting):
    business_day.cut_off(now=waiting.now)
    with pytest.raises(rule_decisions.DateNotAhead):
        rules.decide_version(
            actor=waiting.lead, version_id=waiting.version.pk, action="confirm", now=waiting.now
        )
