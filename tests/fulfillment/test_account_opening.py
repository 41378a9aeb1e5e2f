"""The core network opens accounts once, fails on demand, and no card that failed is used again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from catalog.models.numbers import Number
from fulfillment.gateways.core_network import (
    Answer,
    Refused,
    SignedJsonCoreNetwork,
    core_network,
    in_process,
)
from fulfillment.models import (
    FulfillmentState,
    JobState,
    ProvisioningJob,
    SerialUnit,
    SimulatedAccount,
    SimulatorFault,
    StockLevel,
)
from fulfillment.queries import invariants as goods_promises
from fulfillment.queries import openings
from fulfillment.services import account_opening, cancellation, claims, provisioning, sim_take
from fulfillment.services.provisioning import NothingToRetry, NotInstant
from fulfillment.services.workplaces import NotALead
from members.actors import NotAllowed
from omnichannel.kernel import outbox
from omnichannel.kernel.models import OutboxMessage
from tests.fulfillment.house import SIM

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(monkeypatch):
    """The names of the facts that were published."""
    seen, publish = [], outbox.publish

    def listen(*published, **more):
        seen.extend(type(fact).__name__ for fact in published)
        publish(*published, **more)

    monkeypatch.setattr(outbox, "publish", listen)
    return seen


@pytest.fixture
def taken(house):
    """A parcel whose card is taken, and the card."""
    house.cards(3, house.east)
    fo = house.parcel((SIM, 1), state=FulfillmentState.PICKED)
    sim_take.take_many(location_id=house.east.pk, ids=[fo.pk], now=house.now)
    return fo


def ask(house, fo):
    return account_opening.request_many(location_id=house.east.pk, ids=[fo.pk], now=house.now)


def answer_all(limit=20):
    """Work off provisioning in this process."""
    rows = OutboxMessage.objects.filter(subscriber="fulfillment.provision", done_at=None, dead_at=None)
    for dedupe in list(rows.values_list("dedupe", flat=True))[:limit]:
        outbox.consume(dedupe)


def test_an_account_is_opened_and_the_number_active(house, taken, facts):
    assert ask(house, taken) == 1
    answer_all()
    taken.refresh_from_db()
    job = ProvisioningJob.objects.get()
    assert (taken.state, job.state) == (FulfillmentState.ACCOUNT_OPEN, JobState.DONE)
    assert SimulatedAccount.objects.get(msisdn=job.msisdn).iccid == job.iccid
    assert Number.objects.get(pk=job.msisdn).state == "active"
    assert "AccountOpened" in facts


def test_asking_twice_asks_once(house, taken):
    assert ask(house, taken) == 1
    assert ask(house, taken) == 0
    assert ProvisioningJob.objects.count() == 1


def test_a_rejected_card_goes_to_quarantine_and_another_succeeds(house, taken, facts):
    SimulatorFault.objects.create(effect="card", times_left=1)
    ask(house, taken)
    answer_all()
    taken.refresh_from_db()
    failed = ProvisioningJob.objects.get()
    assert (failed.state, failed.reason) == (JobState.FAILED, "card_rejected")
    assert taken.state == FulfillmentState.PICKED
    assert SerialUnit.objects.get(serial=failed.iccid).state == "quarantine"
    assert "AccountFailed" in facts
    sim_take.take_many(location_id=house.east.pk, ids=[taken.pk], now=house.now)
    ask(house, taken)
    answer_all()
    taken.refresh_from_db()
    assert taken.state == FulfillmentState.ACCOUNT_OPEN
    assert SerialUnit.objects.get(serial=failed.iccid).state == "quarantine"


def test_no_answer_is_repeated_with_the_same_key(house, taken):
    SimulatorFault.objects.create(effect="timeout", times_left=1)
    ask(house, taken)
    answer_all()
    assert ProvisioningJob.objects.get().state == JobState.WAITING
    OutboxMessage.objects.filter(done_at=None).update(run_at=house.now.replace(year=2020))
    answer_all()
    assert ProvisioningJob.objects.get().state == JobState.DONE


def test_a_lost_answer_opens_one_account(house, taken):
    SimulatorFault.objects.create(effect="lost_answer", times_left=1)
    ask(house, taken)
    answer_all()
    OutboxMessage.objects.filter(done_at=None).update(run_at=house.now.replace(year=2020))
    answer_all()
    assert ProvisioningJob.objects.get().state == JobState.DONE
    assert SimulatedAccount.objects.count() == 1


def test_an_order_cancelled_meanwhile_has_its_account_closed(house, taken):
    ask(house, taken)
    cancellation.cancel(order_number=taken.demand.order_number, now=house.now)
    answer_all()
    answer_all()
    assert set(ProvisioningJob.objects.values_list("kind", "state")) == {
        ("account", "reversed"),
        ("close_account", "done"),
    }
    assert not SimulatedAccount.objects.exists()
    assert Number.objects.get().state == "allocated"


def test_the_wrong_card_at_the_account_station(house, taken, worker_east):
    other = SerialUnit.objects.filter(state="free").first().serial
    with pytest.raises(account_opening.CardUnknown):
        account_opening.request_by_card(
            actor=worker_east, location_id=house.east.pk, iccid=other, now=house.now
        )
    with pytest.raises(account_opening.WrongCard):
        account_opening.request(
            actor=worker_east, location_id=house.east.pk, code=taken.code, iccid=other, now=house.now
        )


def instant(house, **more):
    values = {
        "order_number": "HT1",
        "line_id": 7,
        "kind": "top_up",
        "msisdn": "8613900000001",
        "sku": "TOP-50",
        "amount_fen": 5000,
        "now": house.now,
    }
    return provisioning.request_instant(**values | more)


def test_a_top_up_is_credited_once(house, facts):
    assert instant(house) == instant(house)
    answer_all()
    assert SimulatedAccount.objects.get().balance_fen == 5000
    assert facts.count("InstantDone") == 1


def test_a_data_pack_reaches_the_number(house):
    instant(house, kind="data_pack", sku="PACK-10G", amount_fen=0)
    answer_all()
    assert SimulatedAccount.objects.get().packs == ["PACK-10G"]


def test_a_refused_top_up_is_told_and_not_tried_again(house, facts):
    SimulatorFault.objects.create(tail="0001", operation="top-ups", effect="refuse")
    job = instant(house)
    answer_all()
    assert "InstantFailed" in facts
    assert instant(house) == job
    assert ProvisioningJob.objects.count() == 1


def test_only_instant_services_are_provisioned_at_once(house):
    with pytest.raises(NotInstant):
        instant(house, kind="account")


def test_an_operator_sends_a_silent_job_again(house):
    SimulatorFault.objects.create(effect="timeout", times_left=1)
    job = instant(house)
    answer_all()
    operator = house.staff("operator", house.east)
    provisioning.retry(job_id=job, actor=operator)
    answer_all()
    assert ProvisioningJob.objects.get().state == JobState.DONE
    with pytest.raises(NothingToRetry):
        provisioning.retry(job_id=job, actor=operator)


def test_an_unsigned_call_is_refused(house):
    forged = SignedJsonCoreNetwork(transport=in_process, secret="guessed")
    with pytest.raises(Refused, match="bad_signature"):
        forged.top_up(key="k", msisdn="8613900000001", amount_fen=100)
    assert not SimulatedAccount.objects.exists()


def test_a_key_with_another_body_is_refused(house):
    network = core_network()
    network.top_up(key="k", msisdn="8613900000001", amount_fen=100)
    with pytest.raises(Refused, match="key_reused"):
        network.top_up(key="k", msisdn="8613900000001", amount_fen=200)


def test_without_an_address_only_the_demo_has_a_network(settings):
    settings.CORE_NETWORK_URL, settings.DEMO = "", False
    with pytest.raises(ImproperlyConfigured):
        core_network()


def through_pages(client):
    """A transport that posts to the simulator's pages, as the HTTP adapter does."""

    def send(operation, headers, body):
        answer = client.post(
            f"/sim/core-network/{operation}/", body, content_type="application/json", headers=headers
        )
        return Answer(answer.status_code, answer.json())

    return send


def test_the_simulators_pages_answer_like_a_core_network(client, settings):
    network = SignedJsonCoreNetwork(transport=through_pages(client), secret=settings.CORE_NETWORK_SECRET)
    wish = {"msisdn": "8613900000001", "iccid": "8986001", "plan_sku": "PLAN-59", "holder": "identity-1"}
    reference = network.open_account(key="k1", **wish)
    assert network.open_account(key="k1", **wish) == reference
    with pytest.raises(Refused, match="card_already_used") as refusal:
        network.open_account(key="k2", **wish | {"msisdn": "8613900000002"})
    assert refusal.value.card_at_fault
    assert client.post("/sim/core-network/dance/", b"{}", content_type="application/json").status_code == 404
    assert client.get("/sim/core-network/accounts/").status_code == 405


def test_an_opened_account_is_closed_again_and_its_card_is_not_used_twice(house, taken):
    ask(house, taken)
    answer_all()
    card = ProvisioningJob.objects.get().iccid
    level = StockLevel.objects.get(sku=SIM, location=house.east)
    cancellation.cancel(order_number=taken.demand.order_number, now=house.now)
    assert SerialUnit.objects.get(serial=card).state == "quarantine"
    outbox.drain()
    assert not SimulatedAccount.objects.exists()
    before, reserved = level.on_hand, level.reserved
    level.refresh_from_db()
    assert (level.on_hand, level.reserved) == (before - 1, reserved - 1)
    assert goods_promises.findings(now=house.now) == []


def test_a_card_that_was_never_asked_about_goes_back_to_the_drawer(house, taken):
    card = SerialUnit.objects.get(state="claimed")
    cancellation.cancel(order_number=taken.demand.order_number, now=house.now)
    card.refresh_from_db()
    assert card.state == "free"


def test_a_refused_closing_is_seen_and_asked_for_again(house, taken):
    ask(house, taken)
    answer_all()
    SimulatorFault.objects.create(effect="refuse", operation="closures", times_left=1)
    cancellation.cancel(order_number=taken.demand.order_number, now=house.now)
    outbox.drain()
    job = ProvisioningJob.objects.get(kind="close_account")
    assert job.state == JobState.FAILED
    assert [each.next for each in openings.stuck(house.east.pk, now=house.now)] == ["operator"]
    with pytest.raises(NotAllowed):
        provisioning.retry_closing(job_id=job.pk, actor=house.staff("warehouse_lead", house.east))
    provisioning.retry_closing(job_id=job.pk, actor=house.staff("operator", house.east))
    outbox.drain()
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert not SimulatedAccount.objects.exists()


def silent(house, taken):
    """An opening whose messages have all given up, long ago."""
    SimulatorFault.objects.create(effect="timeout", times_left=1)
    ask(house, taken)
    answer_all()
    OutboxMessage.objects.filter(done_at=None).update(dead_at=house.now)
    return ProvisioningJob.objects.get()


def test_a_silent_opening_is_asked_for_again_by_itself(house, taken, settings):
    job = silent(house, taken)
    soon, late = house.now + timedelta(minutes=9), house.now + timedelta(minutes=11)
    assert provisioning.retry_silent(now=soon) == 0
    assert provisioning.retry_silent(now=late) == 1
    assert provisioning.retry_silent(now=late) == 0  # the message is under way
    answer_all()
    job.refresh_from_db()
    assert (job.state, job.round) == (JobState.DONE, 2)


def test_after_so_many_rounds_a_person_decides(house, taken, settings):
    settings.PROVISIONING_ROUNDS = 1
    silent(house, taken)
    assert provisioning.retry_silent(now=house.now + timedelta(days=1)) == 0


def test_the_lead_asks_again_for_what_is_silent_here(house, taken, freeze_at):
    silent(house, taken)
    later = freeze_at(house.now + timedelta(minutes=6))
    assert [each.next for each in openings.stuck(house.east.pk, now=later)] == ["ask_again"]
    with pytest.raises(NotALead):
        provisioning.retry_at(
            actor=house.staff("warehouse", house.east), location_id=house.east.pk, now=later
        )
    lead = house.staff("warehouse_lead", house.east)
    assert provisioning.retry_at(actor=lead, location_id=house.east.pk, now=later) == 1
    answer_all()
    with pytest.raises(NothingToRetry):
        provisioning.retry_at(actor=lead, location_id=house.east.pk, now=later)


def test_no_card_after_card_is_burnt_on_a_number_the_network_refuses(house, taken, worker_east, settings):
    settings.MOST_REFUSED_CARDS = 1
    SimulatorFault.objects.create(effect="refuse")
    ask(house, taken)
    answer_all()
    free = SerialUnit.objects.filter(state="free").first().serial
    with pytest.raises(sim_take.CardsRefused) as refusal:
        sim_take.take(
            actor=worker_east, location_id=house.east.pk, code=taken.code, iccid=free, now=house.now
        )
    assert refusal.value.code == "cards_refused"


def test_a_card_scanned_twice_is_refused(house, worker_east):
    card = house.cards(2, house.east)[0]
    first, second = (house.parcel((SIM, 1), state=FulfillmentState.PICKED) for _ in range(2))
    where = {"actor": worker_east, "location_id": house.east.pk, "iccid": card, "now": house.now}
    sim_take.take(code=first.code, **where)
    with pytest.raises(claims.SerialTaken) as refusal:
        sim_take.take(code=second.code, **where)
    assert refusal.value.code == "serial_taken"
    second.refresh_from_db()
    assert second.state == FulfillmentState.PICKED
    foreign = house.cards(1, house.south)[0]
    with pytest.raises(claims.SerialNotHere) as refusal:
        sim_take.take(code=second.code, **where | {"iccid": foreign})
    assert refusal.value.code == "serial_not_here"
