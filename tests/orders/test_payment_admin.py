"""Operators see payments, refunds and call-backs, and act on them through services."""

import pytest
from django.contrib.auth import get_user_model

from members.models import StaffRole
from orders.models import PaymentState, ProviderCallback, Refund, RefundState
from orders.services import callbacks, refunds
from tests.support import paying
from tests.support.paying import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_that_time(freeze_at):
    freeze_at(NOW)


@pytest.fixture
def operator(client):
    user = get_user_model().objects.create_superuser("admin", password="x")
    root = paying.institution("huatong", "carrier")
    StaffRole.objects.create(user=user, institution=root, role="operator")
    client.force_login(user)
    return client


def act(client, name, action, row):
    data = {"action": action, "_selected_action": [row.pk]}
    return client.post(f"/admin/order/{name}/", data, follow=True)


@pytest.mark.parametrize("name", ["payment", "refund", "providercallback"])
def test_the_lists_and_a_row_open(operator, name):
    intake = paying.paid()
    refunds.refund(
        order_number=intake.number, line_amounts=None, reason="x", actor=paying.operator(), now=NOW
    )
    rows = {
        "payment": intake.payments,
        "refund": intake.refunds,
        "providercallback": ProviderCallback.objects,
    }
    assert operator.get(f"/admin/order/{name}/").status_code == 200
    assert operator.get(f"/admin/order/{name}/{rows[name].get().pk}/change/").status_code == 200


def test_the_provider_is_queried_again(operator):
    intake = paying.order()
    payment = paying.begun(intake)
    paying.pay(payment, how="never")
    assert act(operator, "payment", "ask_again", payment).status_code == 200
    payment.refresh_from_db()
    assert payment.state == PaymentState.CAPTURED


def test_a_failed_refund_is_sent_again_and_others_are_refused_with_a_message(operator):
    intake = paying.paid()
    (row,) = refunds.refund(
        order_number=intake.number, line_amounts=None, reason="x", actor=paying.operator(), now=NOW
    )
    assert b"RefundNotDue" not in act(operator, "refund", "try_again", row).content
    Refund.objects.update(state=RefundState.FAILED)
    act(operator, "refund", "try_again", row)
    row.refresh_from_db()
    assert (row.state, row.round) == (RefundState.REQUESTED, 1)


def test_a_mismatch_is_marked_as_handled(operator):
    payment = paying.begun(paying.order())
    with pytest.raises(callbacks.AmountMismatch):
        paying.pay(payment, how="amount")
    act(operator, "providercallback", "handled", ProviderCallback.objects.get())
    assert ProviderCallback.objects.get().handled_by
