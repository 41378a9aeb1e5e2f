"""Dead messages have a screen and a button: found, read, sent again, or given up after a second look."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from members.models import Institution, StaffRole
from omnichannel.kernel import outbox
from omnichannel.kernel.models import OutboxMessage

pytestmark = pytest.mark.django_db
LIST = "/admin/kernel/outboxmessage/"


def signed_in(client, role):
    place = Institution.objects.create(code=f"p-{role}", path=f"p-{role}/", kind="branch", name="总部")
    user = get_user_model().objects.create_user(f"u-{role}", password="secret-pass", is_staff=True)
    StaffRole.objects.create(user=user, role=role, institution=place)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def operator(client):
    return signed_in(client, "operator")


@pytest.fixture
def message():
    def make(key="1", **changes):
        values = {
            "topic": "fulfillment.delivered",
            "key": key,
            "subscriber": "orders.deliver",
            "payload": {"order_number": f"HT-{key}", "all_done": True},
            "dedupe": f"fulfillment.delivered:{key}:orders.deliver",
            "occurred_at": timezone.now(),
            "run_at": timezone.now(),
            "attempts": 8,
            "dead_at": timezone.now(),
            "last_error": "Traceback\nValueError: the bell is broken",
        }
        return OutboxMessage.objects.create(**values | changes)

    return make


@pytest.mark.parametrize(
    "query", ["q=HT-77", "q=bell", "q=orders.deliver+77", "topic=fulfillment.delivered&q=77", "state=dead"]
)
def test_a_message_is_found_by_what_is_in_it(operator, message, query):
    message("77")
    page = operator.get(f"{LIST}?{query}").content.decode()
    assert "fulfillment.delivered · 77" in page
    assert "the bell is broken" in page


def test_filters_leave_the_others_out(operator, message):
    message("dead-one")
    message("done-one", dead_at=None, done_at=timezone.now(), last_error="")
    message("failing-one", dead_at=None)
    shown = {
        state: [key for key in ("dead-one", "done-one", "failing-one") if key in page]
        for state in ("dead", "done", "failing")
        for page in [operator.get(f"{LIST}?state={state}").content.decode()]
    }
    assert shown == {"dead": ["dead-one"], "done": ["done-one"], "failing": ["failing-one"]}
    assert "failing-one" not in operator.get(f"{LIST}?subscriber=settlement.book_freight").content.decode()


def test_its_page_shows_message_and_error_whole(operator, message):
    row = message("5")
    page = operator.get(f"{LIST}{row.pk}/change/").content.decode()
    assert "&quot;order_number&quot;: &quot;HT-5&quot;" in page
    assert "ValueError: the bell is broken" in page
    assert f"{LIST}{row.pk}/send-again/" in page


def test_one_and_many_are_sent_again(operator, message):
    rows = [message("1"), message("2"), message("3")]
    address = f"{LIST}{rows[0].pk}/send-again/"
    assert "It was tried 8 times" in operator.get(address).content.decode()
    assert OutboxMessage.objects.dead().count() == 3
    operator.post(address)
    operator.post(LIST, {"action": "send_again", "_selected_action": [rows[1].pk, rows[2].pk]})
    assert OutboxMessage.objects.filter(dead_at=None, attempts=0).count() == 3


def test_discarding_asks_for_a_second_look_and_a_reason(operator, message):
    rows = [message("1"), message("2")]
    chosen = {"action": "discard", "_selected_action": [row.pk for row in rows]}
    look = operator.post(LIST, chosen)
    assert "2 messages will never arrive" in look.content.decode()
    assert OutboxMessage.objects.dead().count() == 2
    refused = operator.post(LIST, chosen | {"confirmed": "1", "reason": " "})
    assert (refused.status_code, OutboxMessage.objects.dead().count()) == (400, 2)
    operator.post(LIST, chosen | {"confirmed": "1", "reason": "told by telephone"})
    rows[0].refresh_from_db()
    assert (rows[0].discard_reason, rows[0].discarded_by) == ("told by telephone", "u-operator")
    assert OutboxMessage.objects.dead().count() == 0
    assert outbox.send_again([rows[0].pk]) == 0


def test_one_is_discarded_from_its_page(operator, message):
    row = message("9")
    address = f"{LIST}{row.pk}/discard/"
    assert "1 message will never arrive" in operator.get(address).content.decode()
    operator.post(address, {"confirmed": "1", "reason": "a test message"})
    assert OutboxMessage.objects.discarded().get() == row


def test_what_is_under_way_is_not_discarded(operator, message):
    row = message("4", dead_at=None)
    answer = operator.post(LIST, {"action": "discard", "_selected_action": [row.pk]}, follow=True)
    assert "None of these is dead" in answer.content.decode()
    with pytest.raises(outbox.DiscardReasonMissing):
        outbox.discard([row.pk], by="x", reason="")
    assert outbox.discard([row.pk], by="x", reason="y") == 0


@pytest.mark.parametrize("role", ["auditor", "warehouse"])
def test_only_operators_press_the_buttons(client, message, role):
    row = message("6")
    signed_in(client, role)
    client.post(f"{LIST}{row.pk}/send-again/")
    client.post(LIST, {"action": "send_again", "_selected_action": [row.pk]})
    client.post(f"{LIST}{row.pk}/discard/", {"confirmed": "1", "reason": "no"})
    row.refresh_from_db()
    assert row.stands == "dead"


def test_what_is_not_dead_is_not_sent_again(operator, message):
    row = message("8", dead_at=None)
    answer = operator.post(f"{LIST}{row.pk}/send-again/", follow=True)
    assert "nothing was sent" in answer.content.decode()
