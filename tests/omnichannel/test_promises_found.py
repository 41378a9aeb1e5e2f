"""Every promise of the design is asked by the status page and the hourly job: broken by hand, it is found.

As the owner of the tables, who alone can take away the guards that would not let it happen.
"""

import pytest
from django.db import connection, transaction

from fulfillment.models import FulfillmentOrder, ProvisioningJob
from fulfillment.services import cancellation, claims
from omnichannel.invariants import LABELS, promises
from omnichannel.kernel.models import OutboxMessage
from omnichannel.promise_look import last_look
from omnichannel.tasks import check_promises
from orders.models import Refund
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import PHONE, TEA, settle

pytestmark = [pytest.mark.owner, pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]

# (promise of the design, check that finds it, what breaks it)
BREAKS = [
    (
        "reserved within on hand",
        "reserved_within_on_hand",
        """ALTER TABLE fulfillment_stocklevel DROP CONSTRAINT stock_level_bounds;
        UPDATE fulfillment_stocklevel SET reserved = on_hand + 1
        WHERE id = (SELECT min(id) FROM fulfillment_stocklevel)""",
    ),
    (
        "movements add up to levels",
        "levels_equal_movements",
        """UPDATE fulfillment_stocklevel SET on_hand = on_hand + 1
        WHERE id = (SELECT min(id) FROM fulfillment_stocklevel)""",
    ),
    (
        "a serial in one live reservation",
        "serial_claimed_once",
        """DROP INDEX serial_claimed_once;
        INSERT INTO fulfillment_serialclaim (serial_id, line_id, state, claimed_at, changed_at)
        SELECT serial_id, line_id, state, claimed_at, changed_at FROM fulfillment_serialclaim
        WHERE state = 'live' LIMIT 1""",
    ),
    (
        "shipped + released + held + cancelled = ordered",
        "promised_equals_ordered",
        "UPDATE fulfillment_reservation SET quantity = quantity + 1 WHERE state = 'confirmed'",
    ),
    (
        "shipped + released + held + cancelled = ordered, in parcels",
        "parcels_equal_ordered",
        "UPDATE fulfillment_fulfillmentline SET quantity = quantity + 1",
    ),
    (
        "a dealer's number is sold by that dealer alone",
        "dealer_numbers_sold_by_dealer",
        """UPDATE catalogue_number SET state = 'allocated', reference = 'somebody'
        WHERE dealer_id IS NOT NULL""",
    ),
    (
        "every paid order has a fulfillment",
        "goods_have_a_demand",
        "UPDATE fulfillment_fulfillmentdemand SET order_number = 'lost' || id",
    ),
    (
        "... or an open exception: its goods are asked for",
        "paid_is_asked_for",
        "UPDATE fulfillment_fulfillmentdemand SET state = 'held' WHERE state = 'routed'",
    ),
    (
        "... also where the money came and nobody confirmed",
        "paid_is_asked_for",
        "UPDATE order_orderintake SET state = 'awaiting_payment' WHERE state = 'fulfilling'",
    ),
    (
        "... also where nobody routes it",
        "demands_not_stuck",
        """UPDATE fulfillment_fulfillmentdemand SET state = 'requested',
            changed_at = changed_at - interval '1 hour' WHERE state = 'routed'""",
    ),
    (
        "no outbox row undone for five minutes",
        "outbox_moves",
        """UPDATE kernel_outboxmessage SET done_at = NULL,
            created_at = clock_timestamp() - interval '6 minutes',
            run_at = clock_timestamp() - interval '6 minutes'
        WHERE id = (SELECT min(id) FROM kernel_outboxmessage)""",
    ),
    (
        "no outbox row given up",
        "outbox_none_dead",
        """UPDATE kernel_outboxmessage SET done_at = NULL, dead_at = clock_timestamp()
        WHERE id = (SELECT min(id) FROM kernel_outboxmessage)""",
    ),
    (
        "points balance, by lots",
        "points_add_up",
        """UPDATE members_pointslot SET remaining = remaining - 1
        WHERE id = (SELECT min(id) FROM members_pointslot WHERE remaining > 0)""",
    ),
    (
        "points balance, by account",
        "points_balance",
        """UPDATE members_pointsaccount SET debt = debt + 5
        WHERE member_id = (SELECT min(member_id) FROM members_pointsaccount)""",
    ),
    (
        "dealer exposure within limit",
        "dealer_within_limit",
        """INSERT INTO fulfillment_dealerinvoice
            (order_id, dealer_id, amount_fen, paid_fen, issued_on, due_on)
        SELECT 0, dealer_id, credit_limit_fen + 100000000, 0, '2026-11-21', '2026-12-21'
        FROM fulfillment_dealerterms LIMIT 1""",
    ),
    (
        "account opened only after identity passed",
        "account_needs_identity",
        "UPDATE members_identitycheck SET outcome = 'identity_checksum'",
    ),
    (
        "... and not before it",
        "account_needs_identity",
        "UPDATE members_identitycheck SET checked_at = checked_at + interval '10 years'",
    ),
    (
        "refunds within payments",
        "refunded_within_paid",
        """ALTER TABLE order_payment DROP CONSTRAINT payment_amounts;
        UPDATE order_payment SET refunded_fen = captured_fen + 1 WHERE refunded_fen > 0""",
    ),
    (
        "... and what was promised back is what goes back",
        "refunded_within_paid",
        "UPDATE order_refund SET amount_fen = amount_fen + 1",
    ),
    (
        "one effect per idempotency key",
        "key_has_one_effect",
        """INSERT INTO kernel_idempotencyrecord (caller, route, key, body_hash, status, answer, created_at)
        SELECT caller, route, key || '-again', body_hash, status, answer, created_at
        FROM kernel_idempotencyrecord WHERE route = 'orders' LIMIT 1""",
    ),
    (
        "every journal balanced",
        "journal_unbalanced",
        """ALTER TABLE settlement_posting DISABLE TRIGGER USER;
        UPDATE settlement_posting SET amount_fen = amount_fen + 1
        WHERE id = (SELECT min(id) FROM settlement_posting)""",
    ),
]


@pytest.fixture
def day(freeze_at):
    """A card with its account open, a phone given up after it was paid, tea ordered by an app with a key."""
    freeze_at(NOON)
    card = ordering.order(ordering.sim())
    ordering.pay(card)
    gone = ordering.order(PHONE)
    ordering.pay(gone)
    assert ordering.channel().post(
        "/api/v1/orders", ordering.body(TEA), format="json", headers={"idempotency-key": "k1"}
    ).status_code == 201  # fmt: skip
    settle()
    cancellation.cancel(order_number=gone.order_number, now=NOON)
    settle()
    assert Refund.objects.exists()
    open_account(card)


def open_account(placed) -> None:
    """A card of the parcel is taken and the network has opened its account."""
    parcel = FulfillmentOrder.objects.get(demand__order_number=placed.order_number)
    (line,) = parcel.lines.exclude(msisdn="")
    claims.claim_free([line], location_id=parcel.location_id, now=NOON)
    ProvisioningJob.objects.create(
        key="k",
        kind="account",
        state="done",
        order_number=placed.order_number,
        line_id=line.line_id,
        fulfillment=parcel,
        msisdn=line.msisdn,
        iccid=line.claims.get().serial.serial,
        identity_id=line.identity_id,
        requested_at=NOON,
        finished_at=NOON,
    )


def broken() -> set[str]:
    return {promise.name for promise in promises(now=NOON) if promise.breaches}


def broken_after(sql: str) -> set[str]:
    """In a savepoint that is thrown away. What was deferred is checked before it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(sql)
        found = broken()
        transaction.set_rollback(True)
    return found


def test_each_promise_of_the_design_is_found_when_it_is_broken(day):
    assert broken() == set()
    unseen = [(promise, check) for promise, check, sql in BREAKS if check not in broken_after(sql)]
    assert unseen == []
    assert broken() == set()


def test_every_check_has_its_words():
    names = [promise.name for promise in promises(now=NOON)]
    assert sorted(set(names)) == sorted(names)
    assert [name for name in names if name not in LABELS] == []
    assert [name for name in LABELS if name not in names] == []


def test_the_hourly_job_leaves_what_it_saw(day, caplog):
    assert last_look() is None
    check_promises()
    assert last_look().broken == 0
    assert len(last_look().promises) == len(LABELS)
    OutboxMessage.objects.filter(pk=OutboxMessage.objects.earliest("pk").pk).update(
        done_at=None, dead_at=NOON
    )
    check_promises()
    assert last_look().promises[0].name == "outbox_none_dead"
    assert last_look().promises[0].examples
    assert last_look().broken == 1
    assert "broken promise outbox_none_dead" in caplog.text
