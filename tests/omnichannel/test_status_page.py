"""The status page: rules, what gave up by kind, and the button that sends a whole kind once more."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from kombu.exceptions import OperationalError

from members.models import Institution, StaffRole
from omnichannel import invariants, promise_look
from omnichannel.kernel.models import OutboxMessage
from omnichannel.tasks import check_promises

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}
DELIVERED = {"topic": "fulfillment.delivered", "subscriber": "orders.deliver"}


@pytest.fixture
def as_role(client):
    def sign_in(role):
        place = Institution.objects.create(code=f"p-{role}", path=f"p-{role}/", kind="branch", name="总部")
        user = get_user_model().objects.create_user(f"u-{role}", is_staff=True)
        StaffRole.objects.create(user=user, role=role, institution=place)
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def dead():
    """Two messages of one kind and one of another."""
    for key, kind in (("1", DELIVERED), ("2", DELIVERED), ("3", DELIVERED | {"subscriber": "settlement.x"})):
        OutboxMessage.objects.create(
            **kind,
            key=key,
            payload={},
            dedupe=f"d{key}",
            occurred_at=timezone.now(),
            run_at=timezone.now(),
            attempts=8,
            dead_at=timezone.now(),
            last_error=f"Traceback\nValueError: bell {key}",
        )


def test_what_gave_up_is_shown_by_kind_with_its_last_error(as_role, dead):
    page = as_role("operator").get("/status/", headers=EN).content.decode()
    assert "Something needs attention" in page
    assert "Messages that gave up" in page
    assert "ValueError: bell 2" in page
    assert "ValueError: bell 1" not in page
    assert page.count("Send all again</h2>") == 2


def test_a_whole_kind_is_sent_again_and_the_other_is_not(as_role, dead):
    answer = as_role("operator").post("/status/send-again/", DELIVERED, headers=EN, follow=True)
    assert "2 messages are sent again." in answer.content.decode()
    assert [row.subscriber for row in OutboxMessage.objects.dead()] == ["settlement.x"]
    answer = as_role("auditor").get("/status/", headers=EN)
    assert "settlement.x" in answer.content.decode()


def test_sending_what_is_not_dead_says_so(as_role, dead):
    answer = as_role("operator").post("/status/send-again/", {"topic": "no"}, headers=EN, follow=True)
    assert "nothing was sent" in answer.content.decode()
    assert OutboxMessage.objects.dead().count() == 3


def test_an_auditor_looks_and_sends_nothing(as_role, dead):
    auditor = as_role("auditor")
    assert "Send all again" not in auditor.get("/status/", headers=EN).content.decode()
    assert auditor.post("/status/send-again/", DELIVERED).status_code == 403
    assert OutboxMessage.objects.dead().count() == 3


def test_clerks_have_no_business_here(as_role):
    assert as_role("clerk").get("/status/").status_code == 403


def kept(*broken, minutes=5):
    """A look that ended so many minutes ago."""
    rows = [invariants.Promise(name, 1, (f"at {name}",)) for name in broken]
    good = [invariants.Promise("serial_claimed_once", 0, ())]
    promise_look.keep(promise_look.Look(timezone.now() - timedelta(minutes=minutes), 0.4, (*rows, *good)))


@pytest.fixture
def told(monkeypatch):
    """The calls of the worker's door; no worker follows them."""
    calls = []
    monkeypatch.setattr(check_promises, "apply_async", lambda **more: calls.append(more))
    return calls


@pytest.fixture
def nobody_checks(monkeypatch):
    def refuse(**_more):
        raise AssertionError("checked in a request")

    monkeypatch.setattr(promise_look, "one_by_one", refuse)


def test_without_a_result_the_page_says_so(as_role, nobody_checks):
    page = as_role("operator").get("/status/", headers=EN).content.decode()
    assert "Not checked yet" in page
    assert "No result yet" in page
    assert "Everything holds" not in page


def test_the_page_shows_the_kept_result_with_its_time_and_checks_nothing(as_role, nobody_checks):
    kept()
    page = as_role("operator").get("/status/", headers=EN).content.decode()
    assert "Everything holds" in page
    assert re.search(r"Rules as checked at .*, 5\sminutes ago", page)
    assert "A serial is in one live reservation" in page
    kept("outbox_moves")
    page = as_role("auditor").get("/status/", headers=EN).content.decode()
    assert "Something needs attention" in page
    assert "at outbox_moves" in page


def test_machines_that_ask_for_health_check_no_rules(client, nobody_checks, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert client.get("/health/").json()["status"] == "ok"


def test_a_result_that_is_too_old_is_said_to_be(as_role):
    operator = as_role("operator")
    kept(minutes=91)
    assert "The hourly check is overdue" in operator.get("/status/", headers=EN).content.decode()
    kept(minutes=89)
    assert "overdue" not in operator.get("/status/", headers=EN).content.decode()


@pytest.mark.parametrize("role", ["operator", "auditor"])
def test_checking_now_is_a_worker_s_work_and_its_progress_is_seen(as_role, told, monkeypatch, role):
    reader = as_role(role)
    page = reader.post("/status/check/", follow=True, headers=EN).content.decode()
    assert len(told) == 1
    assert "A check waits for a worker" in page
    assert 'hx-get="/status/look/"' in page
    assert "Check now" not in page
    seen = []

    def look_in(**more):
        """As the worker does, with somebody who looks at the page after the second rule."""
        for number, promise in enumerate(invariants.one_by_one(**more), start=1):
            if number == 3:
                seen.append(reader.get("/status/look/", headers=EN).content.decode())
            yield promise

    monkeypatch.setattr(promise_look, "one_by_one", look_in)
    check_promises()
    assert 'aria-valuenow="2"' in seen[0]
    over = reader.get("/status/look/")
    assert over.headers["HX-Refresh"] == "true"
    page = reader.get("/status/", headers=EN).content.decode()
    assert "Check now" in page
    assert "Everything holds" in page


def test_pressing_twice_asks_once(as_role, told):
    operator = as_role("operator")
    operator.post("/status/check/")
    page = operator.post("/status/check/", follow=True, headers=EN).content.decode()
    assert "The rules are being checked already." in page
    assert len(told) == 1


def test_a_check_that_does_not_come_back_is_told_and_may_be_asked_for_again(as_role, told):
    kept()
    promise_look.ask(at=timezone.now() - timedelta(minutes=4))
    operator = as_role("operator")
    page = operator.get("/status/", headers=EN).content.decode()
    assert "A check did not come back" in page
    assert "Check now" in page
    assert operator.get("/status/look/").headers["HX-Refresh"] == "true"
    operator.post("/status/check/")
    assert len(told) == 1


def test_a_check_that_breaks_off_is_told_at_once(as_role, monkeypatch):
    def fails(**_more):
        yield invariants.Promise("serial_claimed_once", 0, ())
        raise RuntimeError("the database is away")

    monkeypatch.setattr(promise_look, "one_by_one", fails)
    with pytest.raises(RuntimeError):
        check_promises()
    page = as_role("operator").get("/status/", headers=EN).content.decode()
    assert "A check did not come back" in page


def test_without_a_broker_nothing_is_said_to_be_under_way(as_role, monkeypatch):
    def away(**_more):
        raise OperationalError("no broker")

    monkeypatch.setattr(check_promises, "apply_async", away)
    page = as_role("operator").post("/status/check/", follow=True, headers=EN).content.decode()
    assert "The broker is not reachable" in page
    assert "A check waits for a worker" not in page


def test_a_clerk_checks_nothing(as_role, told):
    clerk = as_role("clerk")
    assert clerk.post("/status/check/").status_code == 403
    assert clerk.get("/status/look/").status_code == 403
    assert told == []
