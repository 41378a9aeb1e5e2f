"""An opened account is taken back at its station: once, on record, with a fresh card, never after it left."""

from datetime import UTC, datetime

import pytest

from catalog.models.numbers import Number
from fulfillment.models import (
    AccountUndo,
    FulfillmentEvent,
    FulfillmentState,
    JobState,
    ProvisioningJob,
    SerialUnit,
    SimulatedAccount,
    SimulatorFault,
    StationStep,
    StockLevel,
)
from fulfillment.queries import account_jobs, openings, progress
from fulfillment.queries import invariants as goods_promises
from fulfillment.services import (
    account_opening,
    account_undo,
    cancellation,
    handover,
    packing,
    provisioning,
    sim_take,
    undo,
)
from fulfillment.services.account_undo import NoAccountOpen, UndoReasonMissing, UndoTooLate
from fulfillment.services.sim_take import OpeningUnderWay
from fulfillment.services.workplaces import NotALead, ParcelNotHere
from members.actors import actor_of
from members.models import User
from omnichannel.kernel import outbox
from omnichannel.kernel.models import OutboxMessage
from tests.fulfillment.house import SIM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

WHY = "scratched card"


@pytest.fixture
def opened(house, worker_east):
    """A parcel whose account a worker opened; two more cards lie in the drawer."""
    house.cards(3, house.east)
    fo = house.parcel((SIM, 1), state=FulfillmentState.PICKED, weight_g=50)
    take_a_card(house, worker_east, fo)
    return open_it(house, worker_east, fo)


def take_a_card(house, who, fo) -> str:
    card = SerialUnit.objects.filter(state="free", location=house.east).order_by("pk").first().serial
    sim_take.take(actor=who, location_id=house.east.pk, code=fo.code, iccid=card, now=house.now)
    return card


def open_it(house, who, fo):
    account_opening.request(actor=who, location_id=house.east.pk, code=fo.code, now=house.now)
    answer()
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.ACCOUNT_OPEN
    return fo


def answer() -> None:
    """Everything that waits for the network is asked, also what was asked in vain before."""
    waiting = OutboxMessage.objects.filter(subscriber="fulfillment.provision", done_at=None, dead_at=None)
    waiting.update(run_at=datetime(2020, 1, 1, tzinfo=UTC))
    for dedupe in list(waiting.values_list("dedupe", flat=True)):
        outbox.consume(dedupe)


def take_back(house, who, fo, why=WHY) -> AccountUndo:
    return account_undo.ask(actor=who, location_id=house.east.pk, code=fo.code, reason=why, now=house.now)


def stands(fo) -> str:
    fo.refresh_from_db()
    return fo.state


def test_the_account_is_closed_the_card_put_aside_and_a_fresh_one_opens(house, worker_east, opened):
    first = ProvisioningJob.objects.get()
    row = take_back(house, worker_east, opened)
    assert stands(opened) == FulfillmentState.SIM_TAKEN
    assert (row.asked_by, row.asked_by_name, row.reason) == (worker_east.user_id, worker_east.label, WHY)
    answer()
    assert stands(opened) == FulfillmentState.PICKED
    assert not SimulatedAccount.objects.exists()
    assert SerialUnit.objects.get(serial=first.iccid).state == "quarantine"
    number = Number.objects.get(pk=first.msisdn)
    assert (number.state, number.reference) == ("suspended", opened.demand.order_number)
    row.refresh_from_db()
    assert row.finished_at is not None
    assert goods_promises.findings(now=house.now) == []
    fresh = take_a_card(house, worker_east, opened)
    open_it(house, worker_east, opened)
    assert SimulatedAccount.objects.get().iccid == fresh
    assert Number.objects.get(pk=first.msisdn).state == "active"
    assert goods_promises.findings(now=house.now) == []
    told = progress.of_order(opened.demand.order_number)
    assert [account.state for parcel in told.fulfillments for account in parcel.accounts] == ["open"]


def test_who_when_and_why_stay_on_record(house, worker_east, opened):
    take_back(house, worker_east, opened)
    event = FulfillmentEvent.objects.filter(fulfillment=opened).last()
    assert (event.state, event.who, event.note) == ("sim_taken", worker_east.label, WHY)
    steps = StationStep.objects.filter(fulfillment=opened)
    assert set(steps.values_list("station", "undone_by")) == {
        ("sim", worker_east.label),
        ("account", worker_east.label),
    }


def test_pressed_twice_it_is_asked_once(house, worker_east, opened):
    assert take_back(house, worker_east, opened) == take_back(house, worker_east, opened)
    assert ProvisioningJob.objects.filter(kind="close_account").count() == 1
    answer()
    answer()
    assert AccountUndo.objects.count() == 1
    with pytest.raises(undo.NothingToUndo):
        take_back(house, worker_east, opened)


def test_a_second_account_of_the_same_number_is_taken_back_like_the_first(house, worker_east, opened):
    take_back(house, worker_east, opened)
    answer()
    take_a_card(house, worker_east, opened)
    open_it(house, worker_east, opened)
    take_back(house, worker_east, opened, "wrong tray")
    answer()
    assert stands(opened) == FulfillmentState.PICKED
    assert SerialUnit.objects.filter(state="quarantine").count() == 2
    assert not SimulatedAccount.objects.exists()
    assert goods_promises.findings(now=house.now) == []


def test_a_silent_network_is_asked_again_and_nothing_leaves_meanwhile(house, worker_east, opened):
    SimulatorFault.objects.create(effect="timeout", operation="closures", times_left=2)
    take_back(house, worker_east, opened)
    answer()
    answer()
    assert stands(opened) == FulfillmentState.SIM_TAKEN
    assert [(job.kind, job.state, job.tries) for job in account_jobs.openings(house.east.pk)] == [
        ("close_account", "waiting", 2)
    ]
    where = {"location_id": house.east.pk, "now": house.now}
    with pytest.raises(packing.AccountNotOpen):
        packing.pack(actor=worker_east, code=opened.code, weight_g=50, **where)
    with pytest.raises(packing.AccountNotOpen):
        handover.scan(actor=worker_east, code=opened.code, **where)
    with pytest.raises(OpeningUnderWay):
        account_opening.request(actor=worker_east, code=opened.code, **where)
    assert account_opening.request_many(ids=[opened.pk], **where) == 0
    assert account_jobs.accounts(house.east.pk).count == 0
    assert goods_promises.findings(now=house.now) == []
    answer()
    assert stands(opened) == FulfillmentState.PICKED


def test_an_answer_that_was_lost_closes_once(house, worker_east, opened):
    SimulatorFault.objects.create(effect="lost_answer", operation="closures", times_left=1)
    take_back(house, worker_east, opened)
    answer()
    assert not SimulatedAccount.objects.exists()
    assert stands(opened) == FulfillmentState.SIM_TAKEN
    answer()
    assert stands(opened) == FulfillmentState.PICKED


def test_a_refused_closing_waits_for_the_lead(house, worker_east, opened):
    SimulatorFault.objects.create(effect="refuse", operation="closures", times_left=1)
    take_back(house, worker_east, opened)
    answer()
    assert stands(opened) == FulfillmentState.SIM_TAKEN
    assert [each.next for each in openings.stuck(house.east.pk, now=house.now)] == ["close_again"]
    where = {"location_id": house.east.pk, "now": house.now}
    with pytest.raises(NotALead):
        provisioning.retry_at(actor=worker_east, **where)
    assert provisioning.retry_at(actor=house.staff("warehouse_lead", house.east), **where) == 1
    answer()
    assert stands(opened) == FulfillmentState.PICKED
    assert not SimulatedAccount.objects.exists()


def test_a_packed_parcel_is_opened_again_and_cannot_jump_over_its_card(house, worker_east, opened):
    where = {"location_id": house.east.pk, "now": house.now}
    packing.pack(actor=worker_east, code=opened.code, weight_g=50, **where)
    take_back(house, worker_east, opened)
    with pytest.raises(undo.NothingToUndo):  # the packing is gone with the account
        undo.undo_last(station="pack", actor=worker_east, **where)
    answer()
    assert stands(opened) == FulfillmentState.PICKED


def test_a_parcel_that_left_keeps_its_account(house, worker_east, opened):
    where = {"location_id": house.east.pk, "now": house.now}
    packing.pack(actor=worker_east, code=opened.code, weight_g=50, **where)
    handover.hand_over(ids=[opened.pk], courier_id=house.swift.pk, **where)
    with pytest.raises(UndoTooLate) as refusal:
        take_back(house, worker_east, opened)
    assert refusal.value.code == "account_undo_too_late"
    assert SimulatedAccount.objects.exists()
    assert not AccountUndo.objects.exists()


def test_only_who_opened_it_took_it_over_or_leads(house, opened):
    colleague = actor_of(house.user("colleague", "warehouse", house.east))
    with pytest.raises(undo.NothingToUndo):
        take_back(house, colleague, opened)
    with pytest.raises(ParcelNotHere):
        take_back(house, house.staff("warehouse", house.south), opened)
    lead = house.staff("warehouse_lead", house.east)
    where = {"location_id": house.east.pk, "now": house.now}
    assert account_undo.choose(actor=lead, **where) == opened
    assert take_back(house, lead, opened).asked_by == lead.user_id


@pytest.mark.parametrize("why", ["", "  ", "8986001234567890123"])
def test_without_words_nothing_happens(house, worker_east, opened, why):
    with pytest.raises(UndoReasonMissing) as refusal:
        take_back(house, worker_east, opened, why)
    assert refusal.value.code == "undo_reason_missing"
    assert stands(opened) == FulfillmentState.ACCOUNT_OPEN


def test_what_is_not_open_is_not_taken_back(house, worker_east):
    house.cards(1, house.east)
    fo = house.parcel((SIM, 1), state=FulfillmentState.PICKED)
    lead = house.staff("warehouse_lead", house.east)
    with pytest.raises(NoAccountOpen):
        take_back(house, lead, fo)
    take_a_card(house, worker_east, fo)
    account_opening.request(actor=worker_east, location_id=house.east.pk, code=fo.code, now=house.now)
    with pytest.raises(OpeningUnderWay):
        take_back(house, worker_east, fo)


def test_an_order_called_off_meanwhile_ends_with_nothing_open(house, worker_east, opened):
    take_back(house, worker_east, opened)
    cancellation.cancel(order_number=opened.demand.order_number, now=house.now)
    outbox.drain()
    assert stands(opened) == FulfillmentState.CANCELLED
    assert AccountUndo.objects.get().finished_at is not None
    assert ProvisioningJob.objects.filter(kind="close_account").count() == 1
    assert not SimulatedAccount.objects.exists()
    assert goods_promises.findings(now=house.now) == []


def test_without_another_card_here_the_parcel_is_routed_elsewhere(house, worker_east):
    house.cards(1, house.east)
    fo = house.parcel((SIM, 1), state=FulfillmentState.PICKED)
    take_a_card(house, worker_east, fo)
    open_it(house, worker_east, fo)
    StockLevel.objects.filter(sku=SIM, location=house.east).update(on_hand=1, reserved=1)
    take_back(house, worker_east, fo)
    answer()
    assert stands(fo) == FulfillmentState.SHORT
    assert ProvisioningJob.objects.get(kind="account").state == JobState.REVERSED
    level = StockLevel.objects.get(sku=SIM, location=house.east)
    assert (level.on_hand, level.reserved) == (0, 0)


@pytest.fixture
def at_work(client, worker_east):
    client.force_login(User.objects.get(pk=worker_east.user_id))
    client.cookies["django_language"] = "en"
    return client


def press(page, code, **hidden):
    return page.post("/ops/station/account/", hidden | {"code": code})


def test_the_station_asks_before_it_closes(at_work, opened):
    asked = press(at_work, "U")
    assert asked.context["prompt"].hidden["undo"] == opened.code
    assert "This closes the account at the core network" in asked.content.decode()
    scanned = press(at_work, "8986001234567890123", undo=opened.code)
    assert (scanned.status_code, scanned.context["verdict"].code) == (422, "undo_reason_missing")
    again = press(at_work, "U", undo=opened.code)
    assert again.context["prompt"].hidden == asked.context["prompt"].hidden
    sure = press(at_work, WHY, undo=opened.code)
    assert sure.context["prompt"].hidden == {"undo": opened.code, "why": WHY}
    strange = press(at_work, "HT1", undo=opened.code, why=WHY)
    assert (strange.status_code, strange.context["prompt"].hidden["why"]) == (422, WHY)
    kept = press(at_work, "X", undo=opened.code, why=WHY)
    assert kept.context["verdict"].tone == "wait"
    assert stands(opened) == FulfillmentState.ACCOUNT_OPEN
    done = press(at_work, "Y", undo=opened.code, why=WHY)
    assert done.context["verdict"].tone == "ok"
    assert "closing" in done.content.decode()
    answer()
    assert WHY in at_work.get("/ops/openings/").content.decode()


def test_the_card_of_an_open_account_leads_to_its_undo(at_work, opened):
    card = ProvisioningJob.objects.get().iccid
    refused = press(at_work, card)
    assert refused.context["verdict"].code == "account_open_already"
    assert refused.context["prompt"].hidden["parcel"] == opened.code
    assert press(at_work, "B", parcel=opened.code).context["prompt"].hidden["undo"] == opened.code


def test_nothing_to_take_back_is_said(client, house):
    client.force_login(house.user("wh9", "warehouse", house.east))
    assert press(client, "U").context["verdict"].code == "nothing_to_undo"


def test_the_store_takes_an_account_back_on_the_parcels_page(client, house):
    clerk = house.user("clerk1", "clerk", house.store)
    client.force_login(clerk)
    client.cookies["django_language"] = "en"
    card = house.cards(2, house.store)[0]
    fo = house.parcel((SIM, 1), state=FulfillmentState.PICKED, location=house.store)
    page = f"/store/{fo.code}/"
    assert client.post(f"{page}card/", {"iccid": card}).status_code == 302
    answer()
    assert "Take the account back" in client.get(page).content.decode()
    refused = client.post(f"{page}undo-account/", {"reason": ""})
    assert (refused.status_code, refused.context["refusal"].code) == (422, "undo_reason_missing")
    assert client.post(f"{page}undo-account/", {"reason": WHY}).status_code == 302
    assert "The network is closing the account" in client.get(page).content.decode()
    answer()
    assert stands(fo) == FulfillmentState.PICKED
    assert "Take a SIM card" in client.get(page).content.decode()
