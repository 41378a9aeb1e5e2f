"""The status page: rules, what gave up by kind, and the button that sends a whole kind once more."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from members.models import Institution, StaffRole
from omnichannel import invariants
from omnichannel.kernel.models import OutboxMessage

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


def test_the_page_tells_the_hourly_look(as_role):
    operator = as_role("operator")
    assert "none in the last two days" in operator.get("/status/", headers=EN).content.decode()
    invariants.keep_look([], at=timezone.now())
    page = operator.get("/status/", headers=EN).content.decode()
    assert "all rules held" in page
    assert "Everything holds" in page
    invariants.keep_look([invariants.Promise("outbox_moves", 1, ("x",))], at=timezone.now())
    assert "broken: No message waits" in operator.get("/status/", headers=EN).content.decode()
