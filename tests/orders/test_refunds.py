"""Money goes back over the means by which it came, never more than came."""

import pytest
from django.db import transaction

from members.queries import points_balance
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import NotAllowed
from omnichannel.kernel.models import OutboxMessage
from orders.models import Payment, Refund, RefundState
from orders.services import cash, refunds
from orders.services.refunds import RefundNotDue, RefundTooLarge
from orders.simulator import account
from orders.simulator.models import SimTransaction
from tests.support import paying
from tests.support.paying import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_that_time(freeze_at):
    freeze_at(NOW)


@pytest.fixture
def made(monkeypatch):
    """The RefundMade facts that were published."""
    seen, publish = [], refunds.outbox.publish

    def keep(*facts, **options):
        seen.extend(fact for fact in facts if fact.topic == "orders.refund_made")
        publish(*facts, **options)

    monkeypatch.setattr(refunds.outbox, "publish", keep)
    return seen


def give_back(intake, lines=None, key=""):
    return refunds.refund(
        order_number=intake.number,
        line_amounts=lines,
        reason="changed mind",
        actor=paying.operator(),
        now=NOW,
        key=key,
    )


def line_ids(intake):
    return list(intake.terms.order_by("pk").values_list("pk", flat=True))


def test_the_whole_order_goes_back_by_its_lines(made):
    intake = paying.paid(10000, 2345, shipping=800)
    first, second = line_ids(intake)
    give_back(intake)
    assert made == []
    outbox.drain()
    assert [fact.amount_fen for fact in made] == [13145]
    assert sorted(made[0].line_amounts) == [[0, 800], [first, 10000], [second, 2345]]
    assert (made[0].means, made[0].provider_id) == ("unipay", paying.provider().pk)
    assert account.find(intake.payments.get().out_trade_no).refunded_fen == 13145


def test_nothing_paid_nothing_given_back():
    assert give_back(paying.order()) == []


def test_parts_add_up_and_more_is_refused():
    intake = paying.paid(10000, 2345)
    first, second = line_ids(intake)
    give_back(intake, [(first, 4000)])
    give_back(intake, [(first, 6000), (second, 45)])
    with pytest.raises(RefundTooLarge), transaction.atomic():
        give_back(intake, [(first, 1)])
    with pytest.raises(RefundTooLarge), transaction.atomic():
        give_back(intake, [(second, -45)])
    with pytest.raises(RefundTooLarge), transaction.atomic():
        give_back(intake, [(999999, 1)])
    rest = give_back(intake)
    assert [(row.amount_fen, row.line_amounts) for row in rest] == [(2300, [(second, 2300)])]
    assert give_back(intake) == []
    assert intake.payments.get().refunded_fen == 12345


def test_the_same_key_is_the_same_refund():
    intake = paying.paid(10000)
    (line,) = line_ids(intake)
    once = give_back(intake, [(line, 1000)], key="return:7")
    assert give_back(intake, [(line, 1000)], key="return:7") == once
    assert intake.payments.get().refunded_fen == 1000


def test_points_and_money_share_a_refund_in_proportion(made):
    intake = paying.order(10000, points_fen=2500)
    paying.with_points(intake, 2500)
    paying.pay(paying.begun(intake))
    (line,) = line_ids(intake)
    outbox.drain()
    earned = points_balance(intake.member_id, day=NOW.date()).spendable
    give_back(intake, [(line, 1001)])
    outbox.drain()
    assert sorted((fact.means, fact.amount_fen) for fact in made) == [("points", 250), ("unipay", 751)]
    assert points_balance(intake.member_id, day=NOW.date()).spendable == earned + 250
    give_back(intake)
    outbox.drain()
    assert sum(fact.amount_fen for fact in made) == 10000
    assert points_balance(intake.member_id, day=NOW.date()).spendable == earned + 2500


def test_points_alone_go_back_when_the_money_never_came(made):
    intake = paying.order(7000, 3000, points_fen=2500)
    paying.with_points(intake, 2500)
    give_back(intake)
    assert [(fact.means, fact.amount_fen) for fact in made] == [("points", 2500)]
    assert [amount for _line, amount in made[0].line_amounts] == [1750, 750]


def test_cash_is_paid_out_at_a_counter(made):
    intake, place = paying.order(9900), paying.store()
    clerk = paying.clerk_of(place)
    cash.record_cash(order_number=intake.number, actor=clerk, store_id=place.pk, amount_fen=9900, now=NOW)
    (row,) = give_back(intake)
    assert (row.state, made) == (RefundState.DUE, [])
    other = paying.store("st-gz-01")
    with pytest.raises(NotAllowed):
        refunds.pay_out(refund_id=row.pk, actor=clerk, store_id=other.pk, now=NOW)
    refunds.pay_out(refund_id=row.pk, actor=paying.clerk_of(other), store_id=other.pk, now=NOW)
    assert [(fact.means, fact.collector_id, fact.amount_fen) for fact in made] == [("cash", other.pk, 9900)]
    with pytest.raises(RefundNotDue):
        refunds.pay_out(refund_id=row.pk, actor=paying.clerk_of(other), store_id=other.pk, now=NOW)


def refusing(intake, how: str) -> None:
    SimTransaction.objects.filter(out_trade_no__startswith=intake.number).update(refunding=how)


def settle_outbox() -> None:
    """Have the outbox try everything again at once."""
    OutboxMessage.objects.undone().update(run_at="2020-01-01T00:00Z")
    outbox.drain()


def test_a_slow_provider_is_asked_again(made):
    intake = paying.paid(9900)
    refusing(intake, "slow")
    (row,) = give_back(intake)
    outbox.drain()
    row.refresh_from_db()
    assert (row.state, made) == (RefundState.FAILED, [])
    settle_outbox()
    row.refresh_from_db()
    assert (row.state, row.attempts, len(made)) == (RefundState.SUCCEEDED, 2, 1)


def test_a_refused_refund_stays_on_the_operators_list_until_it_is_sent_again(made):
    intake = paying.paid(9900)
    refusing(intake, "fail")
    (row,) = give_back(intake)
    for _ in range(outbox.MAX_ATTEMPTS):
        settle_outbox()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (RefundState.FAILED, outbox.MAX_ATTEMPTS)
    assert "REFUND_REFUSED" in row.last_error
    refusing(intake, "ok")
    with pytest.raises(NotAllowed):
        refunds.try_again(refund_id=row.pk, actor=paying.actor_of(intake.member))
    refunds.try_again(refund_id=row.pk, actor=paying.operator())
    outbox.drain()
    assert Refund.objects.get().state == RefundState.SUCCEEDED
    assert [fact.amount_fen for fact in made] == [9900]
    with pytest.raises(RefundNotDue):
        refunds.try_again(refund_id=row.pk, actor=paying.operator())


def test_the_provider_sends_the_money_once_however_often_it_is_asked(made):
    intake = paying.paid(9900)
    give_back(intake)
    outbox.drain()
    OutboxMessage.objects.filter(topic="orders.refund_requested").update(done_at=None)
    settle_outbox()
    assert len(made) == 1
    assert account.find(intake.payments.get().out_trade_no).refunded_fen == 9900


def test_spread_keeps_rows_and_columns():
    rows = refunds.spread([(1, 700), (2, 300), (0, 50)], [800, 250])
    assert rows == [[(1, 700), (2, 100)], [(2, 200), (0, 50)]]


def test_a_refund_never_exceeds_what_was_captured_even_when_the_sum_was_read_too_early():
    intake = paying.paid(9900)
    payment = intake.payments.get()
    Payment.objects.filter(pk=payment.pk).update(refunded_fen=9000)
    with pytest.raises(RefundTooLarge):
        refunds.refund_payment(
            payment=payment, intake=intake, reason="late", actor=paying.operator(), now=NOW
        )
