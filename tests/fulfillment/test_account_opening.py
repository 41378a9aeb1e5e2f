"""The core network opens accounts once, fails on demand, and no card that failed is used again."""

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
)
from fulfillment.services import account_opening, cancellation, provisioning, sim_take
from fulfillment.services.provisioning import NothingToRetry, NotInstant
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
        ("account", "done"),
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
