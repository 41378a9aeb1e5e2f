"""An automated warehouse takes waves and reports parcels by signed call-backs; people can take over."""

import json
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.core.exceptions import ImproperlyConfigured

from fulfillment.gateways import automation as gateway
from fulfillment.gateways.webhooks import headers_for
from fulfillment.models import (
    AutomationJob,
    AutomationNotice,
    CentreProfile,
    FulfillmentState,
    PickTask,
    SerialUnit,
    StockCount,
    StockMovement,
)
from fulfillment.queries import stations
from fulfillment.queries.invariants import findings
from fulfillment.services import automation, cancellation, machine_reports, picking, waves
from fulfillment.services.workplaces import NotALead
from fulfillment.simulator import automation as simulated
from fulfillment.simulator import machine
from omnichannel.kernel import outbox
from omnichannel.kernel.models import OutboxMessage
from tests.fulfillment.house import CASE, PHONE, SIM

DOOR = "/api/v1/automation/picks"


@pytest.fixture
def job(house):
    """job((PHONE, 1), …): a wave of these parcels, with the machine."""
    CentreProfile.objects.create(location=house.east, automated=True)

    def given(*parcels):
        fos = [house.parcel(*lines) for lines in parcels]
        waves.build(location_id=house.east.pk, cut_off=house.now + timedelta(hours=2), now=house.now)
        outbox.drain()
        return AutomationJob.objects.select_related("wave").get(), *fos

    return given


def post(client, house, message, *, notice="n-1", secret=None, when=None):
    body = json.dumps(message).encode()
    headers = headers_for(
        configured.AUTOMATION_SECRET if secret is None else secret,
        message_id=notice,
        body=body,
        now=when or house.now,
    )
    headers.pop("Content-Type")
    return client.post(DOOR, data=body, content_type="application/json", headers=headers)


def test_a_wave_is_given_to_the_machine_and_picked(house, job):
    imei = house.phones(1, house.east)[0]
    house.shelve(CASE, 5, house.east)
    given, first, second = job([(PHONE, 1), (CASE, 2)], [(CASE, 1)])
    assert given.state == "sent"
    assert stations.next_pick(house.east.pk) is None
    assert machine.work(given, now=house.now) == 2
    for fo in (first, second):
        fo.refresh_from_db()
        assert fo.state == FulfillmentState.PICKED
    given.refresh_from_db()
    assert given.state == "done"
    assert SerialUnit.objects.get(serial=imei).state == "claimed"
    assert set(PickTask.objects.values_list("done_by", "state")) == {("machine", "picked")}


def test_what_the_machine_misses_is_routed_elsewhere(house, job):
    house.shelve(CASE, 1, house.east)
    given, fo = job([(CASE, 1)])
    machine.work(given, now=house.now, missing=frozenset({CASE}))
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.SHORT
    assert OutboxMessage.objects.filter(topic="fulfillment.requested").exists()


def test_what_lacks_is_cut_out_and_the_rest_goes_on(client, house, job):
    house.phones(2, house.east)
    house.shelve(CASE, 3, house.east)
    given, fo = job([(PHONE, 2), (CASE, 3)])
    message = machine.report(given, fo.code, lacking={CASE: 1, PHONE: 1})
    assert post(client, house, message).status_code == 200
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.PICKED
    assert dict(fo.lines.values_list("sku", "quantity")) == {PHONE: 1, CASE: 2}
    short = fo.demand.fulfillments.get(state=FulfillmentState.SHORT)
    assert dict(short.lines.values_list("sku", "quantity")) == {PHONE: 1, CASE: 1}
    assert sorted(SerialUnit.objects.values_list("state", flat=True)) == ["claimed", "quarantine"]
    lost = StockMovement.objects.filter(to_place="loss", reason="missing")
    assert sorted(lost.values_list("sku", "quantity")) == sorted([(PHONE, 1), (CASE, 1)])
    assert StockCount.objects.get().note == short.code
    assert OutboxMessage.objects.filter(topic="fulfillment.requested").exists()
    given.refresh_from_db()
    assert given.state == "done"
    assert findings(now=house.now) == []
    assert post(client, house, message).status_code == 200
    assert fo.demand.fulfillments.count() == 2


def test_a_line_that_lacks_as_a_whole_leaves_the_other_lines(house, job):
    house.phones(1, house.east)
    house.shelve(CASE, 1, house.east)
    given, fo = job([(PHONE, 1), (CASE, 1)])
    machine.work(given, now=house.now, lacking={CASE: 1})
    fo.refresh_from_db()
    assert (fo.state, fo.lines.get().sku) == (FulfillmentState.PICKED, PHONE)


def test_the_simulated_machine_lacks_a_piece_of_a_wave_once(house, job):
    house.shelve(CASE, 4, house.east)
    given, first, second = job([(CASE, 2)], [(CASE, 2)])
    lacks = machine.first_article(given, units=1)
    assert (lacks, machine.work(given, now=house.now, lacking=lacks)) == ({CASE: 1}, 2)
    assert [fo.lines.get().quantity for fo in (first, second)] == [1, 2]
    assert machine.first_article(given, units=1) == {}


def test_a_damaged_device_is_named(client, house, job):
    good, broken = house.phones(2, house.east)
    given, fo = job([(PHONE, 2)])
    lacks = {"sku": PHONE, "units": 1, "serials": [broken]}
    message = machine.report(given, fo.code) | {"picked": {PHONE: [good]}, "reason": "damaged"}
    assert post(client, house, message | {"lacking": [lacks]}).status_code == 200
    assert SerialUnit.objects.get(serial=good).state == "claimed"
    assert SerialUnit.objects.get(serial=broken).state == "quarantine"
    assert StockMovement.objects.get(to_place="loss").reason == "damaged"
    assert not StockCount.objects.exists()


def test_a_parcel_of_which_everything_lacks_goes_elsewhere_whole(house, job):
    house.shelve(CASE, 2, house.east)
    given, fo = job([(CASE, 2)])
    machine.work(given, now=house.now, lacking={CASE: 2})
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.SHORT
    assert fo.demand.fulfillments.count() == 1
    given.wave.refresh_from_db()
    assert given.wave.closed_at == house.now


def test_a_report_comes_signed_and_counts_once(client, house, job):
    house.shelve(CASE, 1, house.east)
    given, fo = job([(CASE, 1)])
    message = machine.report(given, fo.code)
    for wrong in ({"secret": "guessed"}, {"secret": ""}, {"when": house.now - timedelta(minutes=6)}):
        answer = post(client, house, message, **wrong)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signature_invalid")
    assert not AutomationNotice.objects.exists()
    assert [post(client, house, message).status_code for _ in range(2)] == [200, 200]
    assert AutomationNotice.objects.count() == 1
    fo.refresh_from_db()
    assert fo.events.filter(state="picked").count() == 1


def test_the_same_id_with_another_report_is_refused(client, house, job):
    house.shelve(CASE, 1, house.east)
    given, fo = job([(CASE, 1)])
    message = machine.report(given, fo.code)
    assert post(client, house, message).status_code == 200
    answer = post(client, house, message | {"missing": {CASE: 1}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "automation_notice_reused")


@pytest.mark.parametrize("message", [[], "text", 7, None])
def test_a_signed_body_that_is_no_report_is_refused(client, house, message):
    answer = post(client, house, message)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "malformed")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"key": "wave-0"}, 404, "automation_wave_unknown"),
        ({"parcel": "HT0-1"}, 404, "automation_parcel_unknown"),
        ({"picked": {PHONE: []}}, 400, "automation_serials_differ"),
        ({"picked": {PHONE: ["350000000000000"]}}, 404, "serial_not_here"),
        ({"parcel": ""}, 400, None),
        ({"picked": {}, "lacking": [{"sku": CASE, "units": 2}]}, 400, "automation_lacking_unknown"),
        ({"picked": {}, "lacking": [{"sku": "NOPE", "units": 1}]}, 400, "automation_lacking_unknown"),
        ({"picked": {}, "lacking": [{"sku": CASE, "units": 1}]}, 400, "automation_serials_differ"),
        (
            {"missing": {CASE: 1}, "lacking": [{"sku": CASE, "units": 1}]},
            400,
            "automation_report_contradicts",
        ),
        ({"lacking": [{"sku": PHONE, "units": 1, "serials": ["1", "2"]}]}, 400, "short_serials"),
        (
            {"picked": {}, "lacking": [{"sku": PHONE, "units": 1, "serials": ["1"]}]},
            400,
            "short_serials",
        ),
        (
            {"picked": {CASE: ["1"]}, "lacking": [{"sku": PHONE, "units": 1}]},
            400,
            "automation_serials_differ",
        ),
        ({"lacking": [{"sku": PHONE, "units": 1}]}, 400, "automation_serials_differ"),
        ({"lacking": [{"sku": CASE, "units": 0}]}, 400, None),
        ({"lacking": [{"sku": CASE, "units": 1}], "reason": "eaten"}, 400, None),
    ],
)
def test_a_wrong_report_leaves_nothing_behind(client, house, job, change, status, code):
    house.phones(1, house.east)
    house.shelve(CASE, 1, house.east)
    given, fo = job([(PHONE, 1), (CASE, 1)])
    answer = post(client, house, machine.report(given, fo.code) | change)
    assert answer.status_code == status
    assert code is None or answer.json()["error"]["code"] == code
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.IN_WAVE
    assert not AutomationNotice.objects.exists()
    assert not SerialUnit.objects.filter(state="claimed").exists()


def test_a_parcel_cancelled_meanwhile_is_left_alone(house, job):
    house.shelve(CASE, 2, house.east)
    given, fo, _other = job([(CASE, 1)], [(CASE, 1)])
    message = machine.report(given, fo.code)
    cancellation.cancel(order_number=fo.demand.order_number, now=house.now)
    machine_reports.receive(notice_id="n-9", now=house.now, **message)
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.CANCELLED
    machine.work(given, now=house.now)
    given.refresh_from_db()
    assert given.state == "done"


def test_people_take_a_wave_back(house, job, worker_east):
    house.shelve(CASE, 2, house.east)
    given, fo = job([(CASE, 1)])
    with pytest.raises(NotALead):
        automation.take_back(job_id=given.pk, actor=worker_east, now=house.now)
    lead = house.staff("warehouse_lead", house.east)
    automation.take_back(job_id=given.pk, actor=lead, now=house.now)
    task = stations.next_pick(house.east.pk, worker_east.user_id)
    picking.pick(actor=worker_east, location_id=house.east.pk, task_id=task.pk, scanned=CASE, now=house.now)
    with pytest.raises(automation.WaveTakenBack):
        machine_reports.receive(notice_id="n-2", now=house.now, **machine.report(given, fo.code))


def test_a_refusing_machine_leaves_the_wave_to_people(house, job, monkeypatch):
    monkeypatch.setattr(gateway.simulator, "take", lambda headers, body: 422)
    house.shelve(CASE, 1, house.east)
    given, _fo = job([(CASE, 1)])
    assert (given.state, given.reason) == ("failed", "status 422")
    assert stations.next_pick(house.east.pk) is not None


def test_an_unreachable_machine_is_asked_again(house, job, monkeypatch):
    monkeypatch.setattr(gateway.simulator, "take", lambda headers, body: 503)
    house.shelve(CASE, 1, house.east)
    CentreProfile.objects.get()
    house.parcel((CASE, 1))
    waves.build(location_id=house.east.pk, cut_off=house.now, now=house.now)
    message = OutboxMessage.objects.get(subscriber="fulfillment.give_wave")
    outbox.consume(message.dedupe)
    message.refresh_from_db()
    assert (message.done_at, AutomationJob.objects.get().state) == (None, "waiting")
    monkeypatch.undo()
    OutboxMessage.objects.update(run_at=house.now)
    outbox.consume(message.dedupe)
    assert AutomationJob.objects.get().state == "sent"


def test_cards_alone_need_no_machine(house):
    CentreProfile.objects.create(location=house.east, automated=True)
    house.cards(1, house.east)
    house.parcel((SIM, 1))
    waves.build(location_id=house.east.pk, cut_off=house.now, now=house.now)
    assert not AutomationJob.objects.exists()


def test_an_unsigned_order_is_refused_and_without_an_address_only_the_demo_has_a_machine(settings):
    assert simulated.take({"webhook-timestamp": "x"}, b"{}") == 401
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        gateway.automated_warehouse()
