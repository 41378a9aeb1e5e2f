"""Purchases are called off from the contracts of central procurement while these hold what is wanted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fulfillment.models import SupplierItem, SupplierOrder, SupplyContract
from fulfillment.queries.invariants import findings
from fulfillment.services import dealer_purchase_end, dealer_sourcing
from members.models import Institution
from omnichannel.kernel import clock
from tests.support.dealing import CASE, NOW, PHONE, Dealing

TODAY = clock.local_day(NOW)
DAY = timedelta(days=1)
MAKER = "sp-maker"


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    made = Dealing()
    maker = Institution.objects.create(code=MAKER, path="sp-maker/", kind="supplier", name="maker")
    SupplierItem.objects.create(supplier=maker, sku=CASE, cost_fen=10_00, lead_days=3)
    return made


def contract(**more) -> SupplyContract:
    values = {
        "number": "KJ-1",
        "supplier": Institution.objects.get(code=MAKER),
        "sku": CASE,
        "cost_fen": 9_00,
        "units": 10,
        "lead_days": 8,
        "starts": TODAY,
        "ends": TODAY + 90 * DAY,
    }
    return SupplyContract.objects.create(**values | more)


def bought(dealing, units: int) -> SupplierOrder:
    return dealing.approved({CASE: units}).supplier_orders.get()


def left(made: SupplyContract) -> int:
    made.refresh_from_db()
    return made.left


def test_what_a_contract_holds_is_called_off_at_its_price_in_its_lots(dealing):
    made = contract(lot=4)
    purchase = bought(dealing, 5)
    line = purchase.lines.get()
    assert (line.contract, line.quantity, line.cost_fen, left(made)) == (made, 8, 9_00, 2)
    assert (purchase.kind, purchase.number[:2], purchase.amount_fen) == ("purchase", "MP", 72_00)
    assert purchase.expected_on == TODAY + 8 * DAY
    assert findings(now=NOW) == []


def test_what_is_made_to_order_is_a_production_order_of_its_own(dealing):
    contract(sku=PHONE, cost_fen=1_000_00, to_order=True, lead_days=30)
    orders = dealing.approved({PHONE: 2, CASE: 1}).supplier_orders.order_by("kind")
    assert [(each.kind, each.number[:2], each.lines.get().sku) for each in orders] == [
        ("production", "PR", PHONE),
        ("purchase", "MP", CASE),
    ]
    assert orders[0].expected_on == TODAY + 30 * DAY


@pytest.mark.parametrize(
    "more",
    [
        {"units": 4},
        {"ends": TODAY},
        {"starts": TODAY + DAY},
        {"cost_fen": 11_00},
        {"lot": 50},
    ],
    ids=["too few left", "over", "not begun", "dearer than the list", "lot too large"],
)
def test_else_the_list_holds(dealing, more):
    made = contract(**{"starts": TODAY - 9 * DAY} | more)
    line = bought(dealing, 5).lines.get()
    assert (line.contract, line.cost_fen, made.called) == (None, 10_00, 0)


def test_a_supplier_that_left_gives_nothing_under_its_contract_either(dealing):
    contract()
    Institution.objects.filter(code=MAKER).update(is_active=False)
    with pytest.raises(dealer_sourcing.NoSupplier):
        bought(dealing, 1)


def test_what_is_cancelled_may_be_called_off_again(dealing):
    made = contract()
    purchase = bought(dealing, 6)
    assert left(made) == 4
    values = {"actor": dealing.operator_of("wh"), "number": purchase.number, "reason": "fire", "now": NOW}
    dealer_purchase_end.cancel(**values)
    assert left(made) == 10
    assert findings(now=NOW) == []


def test_of_what_is_closed_short_only_what_came_counts(dealing):
    made = contract()
    purchase = bought(dealing, 6)
    dealer_sourcing.receive(actor=dealing.worker, number=purchase.number, counts={CASE: 2}, now=NOW)
    values = {"actor": dealing.operator_of("wh"), "number": purchase.number, "reason": "fire", "now": NOW}
    dealer_purchase_end.close_short(**values)
    assert left(made) == 8
    assert findings(now=NOW) == []


def test_a_contract_that_counts_wrongly_is_found(dealing):
    made = contract()
    SupplyContract.objects.filter(pk=made.pk).update(called=3)
    assert [(each.check, each.subject) for each in findings(now=NOW)] == [("contracts_called_off", "KJ-1")]


@pytest.mark.parametrize(
    "more", [{"number": "KJ-2"}, {"sku": PHONE, "units": 0}, {"sku": PHONE, "ends": TODAY}]
)
def test_the_database_keeps_contracts_apart_and_sound(dealing, more):
    contract()
    with pytest.raises(IntegrityError), transaction.atomic():
        contract(**{"number": "KJ-2"} | more)


def test_more_than_agreed_is_never_called_off(dealing):
    made = contract()
    with pytest.raises(IntegrityError), transaction.atomic():
        SupplyContract.objects.filter(pk=made.pk).update(called=11)


FORM = {
    "number": "KJ-9", "sku": CASE, "cost_fen": 9_00, "units": 10, "lot": 1, "lead_days": 3,
    "starts": TODAY, "ends": TODAY + DAY,
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"sku": "NOPE"}, "We do not know the article NOPE."),
        ({"units": 0}, "greater than or equal to 1"),
        ({"ends": TODAY}, "The contract ends after it begins."),
        ({}, "This supplier has a contract for this article on these days."),
    ],
    ids=["unknown article", "no units", "ends before", "overlaps"],
)
def test_the_form_says_what_is_wrong(dealing, admin_client, wrong, words):
    made = contract()
    page = admin_client.post(
        "/admin/fulfillment/supplycontract/add/",
        FORM | {"supplier": made.supplier_id} | wrong,
        headers={"accept-language": "en"},
    )
    assert words in page.content.decode()
    assert SupplyContract.objects.get() == made


def test_what_was_agreed_stays_and_only_units_and_end_may_change(dealing, admin_client):
    made = contract()
    changed = {"units": 20, "ends": TODAY + 300 * DAY, "cost_fen": 1, "number": "KJ-8"}
    admin_client.post(f"/admin/fulfillment/supplycontract/{made.pk}/change/", changed)
    made.refresh_from_db()
    assert (made.units, made.ends) == (20, TODAY + 300 * DAY)
    assert (made.cost_fen, made.number) == (9_00, "KJ-1")
