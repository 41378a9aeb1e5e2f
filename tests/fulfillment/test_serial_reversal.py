"""A file under the wrong article: it is another import under the right one, after the wrong is taken back."""

import pytest

from fulfillment.models import (
    RechargeCard,
    SerialEvent,
    SerialImport,
    SerialUnit,
    StockLevel,
    SupplierItem,
    SupplierOrder,
)
from fulfillment.queries import serials as reading
from fulfillment.queries.invariants import findings
from fulfillment.services import dealer_sourcing, serial_care, serial_import, serial_reversal
from fulfillment.services.wrong_input import ReasonMissing
from members.models import Institution
from tests.support.dealing import CASE, NOW, PHONE, Dealing, follow_up, number

IMEIS = [number("86", 15, at) for at in range(4)]
OTHER = "LARK-X5-GOLD"


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    made = Dealing()
    made.company.goods(OTHER, kind="device", serial_kind="imei")
    return made


def run(dealing, *, serials=IMEIS, kind="imei", sku=PHONE, note="LS-1", head="imei") -> SerialImport:
    batch = serial_import.submit(
        actor=dealing.worker,
        location_id=dealing.house.pk,
        kind=kind,
        sku=sku,
        delivery_note=note,
        file_name="a.csv",
        content="\n".join([head, *serials]).encode(),
        now=NOW,
    )
    follow_up()
    batch.refresh_from_db()
    return batch


def reverse(dealing, batch, **more) -> SerialImport:
    values = {
        "actor": dealing.operator_of("wh"),
        "import_id": batch.pk,
        "reason": "wrong article",
        "now": NOW,
    }
    return serial_reversal.reverse(**values | more)


def figures(batch):
    return (batch.state, batch.rows_good, batch.rows_known, batch.rows_rejected)


def on_hand(sku: str) -> int:
    level = StockLevel.objects.filter(sku=sku).first()
    return level.on_hand if level else 0


def test_the_same_file_under_another_article_is_another_import_and_says_what_is_wrong(dealing):
    first = run(dealing)
    assert run(dealing).pk == first.pk
    second = run(dealing, sku=OTHER)
    assert second.pk != first.pk
    assert figures(second) == ("done", 0, 0, 4)
    assert set(second.rejects.values_list("code", "detail")) == {("known_as_other_sku", PHONE)}


def test_a_wrong_receipt_is_taken_back_and_the_file_comes_in_as_the_right_article(dealing):
    wrong = run(dealing)
    reverse(dealing, wrong)
    assert (on_hand(PHONE), on_hand(OTHER)) == (0, 0)
    assert set(SerialUnit.objects.values_list("state", flat=True)) == {"withdrawn"}
    right = run(dealing, sku=OTHER)
    assert figures(right) == ("done", 4, 0, 0)
    assert (on_hand(PHONE), on_hand(OTHER)) == (0, 4)
    unit = SerialUnit.objects.get(serial=IMEIS[0])
    assert (unit.sku, unit.state, unit.received_with) == (OTHER, "free", right)
    event = SerialEvent.objects.get(unit=unit)
    assert (event.kind, event.reason, event.who) == (
        "withdrawn",
        "wrong article",
        dealing.operator_of("wh").label,
    )
    assert "LS-1" in event.reference
    assert len(reading.story(unit).steps) == 2
    assert findings(now=NOW) == []


def test_the_same_file_may_come_in_again_after_it_was_taken_back(dealing):
    wrong = run(dealing)
    reverse(dealing, wrong)
    again = run(dealing)
    assert again.pk != wrong.pk
    assert (figures(again), on_hand(PHONE)) == (("done", 4, 0, 0), 4)
    wrong.refresh_from_db()
    assert (wrong.state, wrong.reversal_reason) == ("reversed", "wrong article")


def test_secrets_come_in_anew_with_their_cards(dealing):
    for sku in ("CARD-50", "CARD-100"):
        dealing.company.goods(sku, kind="recharge_card", serial_kind="card")
    rows = {"serials": ["1000000000000001," + "1" * 18], "kind": "card", "head": "card number,pin"}
    reverse(dealing, run(dealing, sku="CARD-50", **rows))
    right = run(dealing, sku="CARD-100", **rows)
    assert figures(right) == ("done", 1, 0, 0)
    assert RechargeCard.objects.get().unit.sku == "CARD-100"


@pytest.mark.parametrize("used", ["quarantined", "elsewhere", "sold"])
def test_a_receipt_of_which_a_unit_was_used_stays(dealing, used):
    batch = run(dealing)
    unit = SerialUnit.objects.get(serial=IMEIS[2])
    if used == "quarantined":
        serial_care.quarantine(actor=dealing.worker, serial=unit.serial, reason="damaged", now=NOW)
    elif used == "elsewhere":
        SerialUnit.objects.filter(pk=unit.pk).update(location=dealing.shop)
    else:
        SerialUnit.objects.filter(pk=unit.pk).update(state="sold")
    with pytest.raises(serial_reversal.UnitsUsed) as refused:
        reverse(dealing, batch)
    assert refused.value.facts == {"units": 1, "serial": IMEIS[2]}
    batch.refresh_from_db()
    assert batch.state == "done"


def test_who_may_take_a_receipt_back_and_which(dealing):
    batch = run(dealing)
    for actor in (dealing.worker, dealing.branch, dealing.dealer):
        with pytest.raises(serial_reversal.ImportUnknown):
            reverse(dealing, batch, actor=actor)
    with pytest.raises(ReasonMissing):
        reverse(dealing, batch, reason=" ")
    reverse(dealing, batch, actor=dealing.actor(42, "warehouse_lead", dealing.house))
    with pytest.raises(serial_reversal.NothingToReverse):
        reverse(dealing, batch)


def bought(dealing, sku: str, wanted: dict[str, int]) -> SupplierOrder:
    supplier = Institution.objects.create(code="sp", path="sp/", kind="supplier", name="sp")
    for each in (PHONE, CASE):
        SupplierItem.objects.create(supplier=supplier, sku=each, cost_fen=10_00, lead_days=3)
    dealing.approved(wanted)
    return SupplierOrder.objects.get()


def test_an_open_purchase_counts_again_what_came(dealing):
    purchase = bought(dealing, PHONE, {PHONE: 9, CASE: 2})
    batch = run(dealing, note=purchase.number)
    dealer_sourcing.receive(actor=dealing.worker, number=purchase.number, counts={CASE: 1}, now=NOW)
    came = purchase.lines.get(sku=PHONE)
    assert came.received == 4
    reverse(dealing, batch)
    lines = dict(purchase.lines.values_list("sku", "received"))
    assert lines == {PHONE: 0, CASE: 1}


def test_a_settled_purchase_is_not_undone_by_its_receipt(dealing):
    purchase = bought(dealing, PHONE, {PHONE: 4})
    batch = run(dealing, note=purchase.number)
    purchase.refresh_from_db()
    assert purchase.state == "received"
    with pytest.raises(serial_reversal.PurchaseSettled):
        reverse(dealing, batch)
