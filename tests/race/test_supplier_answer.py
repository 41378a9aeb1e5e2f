"""A supplier confirms our order at the moment at which we cancel it: one of the two wins."""

from functools import partial
from threading import Barrier

import pytest
from django.db import DatabaseError, connection
from django.db.models import QuerySet

from fulfillment.models import SupplierNotice, SupplierOrder, SupplierOrderLine
from fulfillment.services import dealer_purchase_end, supplier_answers, supplier_notices
from tests.support.at_once import at_once
from tests.support.dealing import CASE, NOW
from tests.support.supplying import TODAY, Supplying

REFUSED = "(by the database)"
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def supplying(freeze_at) -> Supplying:
    freeze_at(NOW)
    return Supplying()


def done(deed, **facts) -> str:
    """How it ended, unless with a refusal of ours."""
    try:
        deed(**facts)
    except DatabaseError:
        return REFUSED
    return "done"


def confirm_and_cancel(supplying: Supplying, order: SupplierOrder) -> list[str]:
    """The operator cancels what nobody has answered yet, as far as the page said."""
    confirmed = {"actor": supplying.mary, "promised_on": TODAY}
    cancelled = {"actor": supplying.operator_of("wh"), "reason": "late", "seen": "asked"}
    about = {"number": order.number, "now": NOW}
    return at_once(
        partial(done, supplier_answers.confirm, **confirmed, **about),
        partial(done, dealer_purchase_end.cancel, **cancelled, **about),
    )


def test_a_confirmation_or_our_cancellation_wins(supplying):
    order = supplying.bought({CASE: 2})
    outcomes = confirm_and_cancel(supplying, order)
    order.refresh_from_db()
    assert (outcomes, order.state, order.progress, order.events.count()) in [
        (["done", "supplier_answered_meanwhile"], "open", "confirmed", 1),
        (["supplier_order_over", "done"], "cancelled", "asked", 0),
    ]


@pytest.mark.owner
def test_the_race_is_real_without_our_guards(supplying, monkeypatch):
    """No lock and no trigger: our order is cancelled, and its supplier believes that it is confirmed."""
    order = supplying.bought({CASE: 2})
    _both_look_first(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER supplierorder_answer ON fulfillment_supplierorder")
    assert confirm_and_cancel(supplying, order) == ["done", "done"]
    order.refresh_from_db()
    assert (order.state, order.events.get().kind) == ("cancelled", "confirmed")


def test_without_the_lock_the_database_still_refuses_one(supplying, monkeypatch):
    order = supplying.bought({CASE: 2})
    _both_look_first(monkeypatch)
    assert sorted(confirm_and_cancel(supplying, order)) == [REFUSED, "done"]


def _both_look_first(monkeypatch) -> None:
    """Nothing is locked, and neither writes before both have looked."""
    both_have_looked = Barrier(2)
    judge, look = supplier_answers.must_be_ahead, dealer_purchase_end._has_come

    def judge_together(*args):
        both_have_looked.wait(timeout=20)
        judge(*args)

    def look_together(*args):
        both_have_looked.wait(timeout=20)
        return look(*args)

    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_how: self)
    monkeypatch.setattr(supplier_answers, "must_be_ahead", judge_together)
    monkeypatch.setattr(dealer_purchase_end, "_has_come", look_together)


def announce_twice(supplying: Supplying, order: SupplierOrder, *keys: str) -> list[str]:
    send = partial(done, partial(supplying.sent, order, {CASE: 3}))
    return at_once(*(partial(send, key=key) for key in keys))


def test_a_form_sent_twice_at_once_is_one_notice(supplying):
    order = supplying.confirmed({CASE: 6})
    assert announce_twice(supplying, order, "same", "same") == ["done", "done"]
    assert SupplierNotice.objects.count() == 1
    assert SupplierOrderLine.objects.get().announced == 3


def test_no_more_is_announced_than_ordered(supplying):
    order = supplying.confirmed({CASE: 5})
    assert sorted(announce_twice(supplying, order, "one", "two")) == ["done", "notice_more_than_ordered"]
    assert SupplierOrderLine.objects.get().announced == 3


def test_without_the_lock_both_look_at_the_same_rest(supplying, monkeypatch):
    """Nobody is told that too little is left: six of five are announced, or the database stops the second."""
    order = supplying.confirmed({CASE: 5})
    both_have_looked, lines = Barrier(2), supplier_notices._lines

    def look_together(*args):
        found = lines(*args)
        both_have_looked.wait(timeout=20)
        return found

    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_how: self)
    monkeypatch.setattr(supplier_notices, "_lines", look_together)
    outcomes = announce_twice(supplying, order, "one", "two")
    assert "done" in outcomes
    assert set(outcomes) <= {"done", REFUSED}
