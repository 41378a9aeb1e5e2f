"""The payer's pages, the provider's page, and the door for call-backs."""

import pytest
from django.contrib.auth import get_user_model

from orders.gateways.unipay import ProviderUnreachable
from orders.models import PaymentState
from orders.services import callbacks, cancellation
from orders.simulator import account, notices
from orders.simulator.models import SimNotice
from tests.support import paying
from tests.support.paying import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_that_time(freeze_at):
    freeze_at(NOW)


@pytest.fixture
def payer(client):
    client.force_login(get_user_model().objects.get(pk=paying.member().pk))
    return client


@pytest.fixture
def sent(monkeypatch):
    """The simulator's scheduled notices, (id, seconds), instead of a worker."""
    scheduled = []
    monkeypatch.setattr(notices, "_schedule", lambda pk, seconds: scheduled.append((pk, seconds)))
    return scheduled


def over(client):
    """Call-backs over Django's test client."""

    def post(url, headers, body):
        path = "/" + url.split("/", 3)[3]
        return client.post(path, body, content_type="application/json", headers=dict(headers)).status_code

    return post


@pytest.mark.parametrize(("language", "words"), [("en", "Pay your order"), ("zh-hans", "支付订单")])
def test_the_payment_page_says_what_is_due(payer, language, words):
    intake = paying.order(12345)
    page = payer.get(f"/pay/{intake.number}/", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert words in page.content.decode()
    assert "¥123.45" in page.content.decode()


def test_from_the_shop_to_the_provider_and_back_paid(payer, sent):
    intake = paying.order(12345)
    there = payer.post(f"/pay/{intake.number}/start/")
    assert there.status_code == 302
    cashier = "/" + there.url.split("/", 3)[3]
    assert "¥" in payer.get(cashier).content.decode()
    back = payer.post(f"{cashier}do/", {"what": "pay", "how": "now"})
    assert back.url.endswith(f"/orders/{intake.number}/?paid")
    to_wait = payer.get(f"/orders/{intake.number}/?paid")
    assert to_wait.url == f"/pay/{intake.number}/return/"
    waiting = payer.get(to_wait.url).content.decode()
    assert "hx-get" in waiting
    for notice_id, _seconds in sent:
        assert notices.send(notice_id, now=NOW, over=over(payer)) == 200
    done = payer.get(f"/pay/{intake.number}/status/").content.decode()
    assert "hx-get" not in done
    assert 'data-state="paid"' in done
    assert payer.get(f"/pay/{intake.number}/return/").url == f"/orders/{intake.number}/"
    assert payer.get(f"/orders/{intake.number}/?paid").status_code == 200


@pytest.mark.parametrize(("how", "expected"), [("twice", [0, 0]), ("late", [30]), ("never", [])])
def test_the_panel_chooses_how_the_callback_comes(payer, sent, how, expected):
    payment = paying.begun(paying.order())
    cashier = account.cashier_path(account.find(payment.out_trade_no))
    payer.post(f"{cashier}do/", {"what": "pay", "how": how})
    assert [seconds for _pk, seconds in sent] == expected


def test_a_forged_callback_gets_401_and_is_not_tried_again(payer, sent):
    payment = paying.begun(paying.order())
    there = account.find(payment.out_trade_no)
    payer.post(f"{account.cashier_path(there)}notice/", {"how": "forged"})
    ((notice_id, _),) = sent
    sent.clear()
    assert notices.send(notice_id, now=NOW, over=over(payer)) == 401
    assert sent == []


def test_an_unanswered_callback_is_tried_again(payer, sent):
    payment = paying.begun(paying.order())
    there = account.find(payment.out_trade_no)
    account.pay(there, now=NOW)
    notice = notices.record(there, how="now", now=NOW)
    notices.send(notice.pk, now=NOW, over=lambda url, headers, body: 0)
    assert sent == [(notice.pk, notices.RETRY[0])]
    assert SimNotice.objects.get().attempts == 1


def test_the_callback_door_answers_refusals_with_their_code(client):
    answer = client.post("/pay/unipay/notify/", b"{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "signature_invalid")
    assert answer.json()["error"]["code"] == "signature_invalid"
    assert client.get("/pay/unipay/notify/").status_code == 405
    huge = client.post("/pay/unipay/notify/", b"x" * 200_000, content_type="application/json")
    assert huge.status_code == 401


def test_failing_and_closing_lead_back_to_another_try(payer, sent):
    intake = paying.order()
    for what, state in (("fail", PaymentState.FAILED), ("close", PaymentState.CLOSED)):
        payment = paying.begun(intake)
        payer.post(f"{account.cashier_path(account.find(payment.out_trade_no))}do/", {"what": what})
        for notice_id, _seconds in sent:
            notices.send(notice_id, now=NOW, over=over(payer))
        sent.clear()
        payment.refresh_from_db()
        assert payment.state == state
        assert 'data-state="failed"' in payer.get(f"/pay/{intake.number}/return/").content.decode()


@pytest.mark.parametrize("path", ["", "return/", "status/"])
def test_somebody_elses_order_is_not_there(client, path):
    intake = paying.order()
    answer = client.get(f"/pay/{intake.number}/{path}")
    assert answer.status_code == 404
    assert "not_found" in answer.content.decode()
    assert client.get(f"/pay/HT00/{path}").status_code == 404


def test_somebody_elses_payment_cannot_be_begun(client):
    intake = paying.order()
    assert client.post(f"/pay/{intake.number}/start/").status_code == 404
    assert client.post(f"/pay/{intake.number}/ask/").status_code == 404


def test_a_guest_pays_the_order_of_this_browser(client):
    intake = paying.order()
    session = client.session
    session["orders"] = [intake.number]
    session.save()
    assert client.get(f"/pay/{intake.number}/").status_code == 200
    assert client.post(f"/pay/{intake.number}/start/").status_code == 302


def test_the_payer_can_have_the_provider_asked(payer):
    intake = paying.order()
    paying.pay(paying.begun(intake), how="never")
    answer = payer.post(f"/pay/{intake.number}/ask/", headers={"HX-Request": "true"})
    assert 'data-state="paid"' in answer.content.decode()


def test_help_is_offered_after_some_waiting(payer):
    intake = paying.order()
    paying.begun(intake)
    early = payer.get(f"/pay/{intake.number}/status/?polls=1", headers={"Accept-Language": "en"})
    late = payer.get(f"/pay/{intake.number}/status/?polls=9", headers={"Accept-Language": "en"})
    assert "Still nothing?" not in early.content.decode()
    assert "Still nothing?" in late.content.decode()
    assert payer.get(f"/pay/{intake.number}/status/?polls=²").status_code == 200


def test_a_cancelled_order_says_so(payer):
    intake = paying.order()
    cancellation.cancel(order_number=intake.number, actor=paying.operator(), reason="x", now=NOW)
    page = payer.get(f"/pay/{intake.number}/", headers={"Accept-Language": "en"}).content.decode()
    assert "This order has ended." in page
    assert payer.post(f"/pay/{intake.number}/start/").status_code == 409


def test_a_silent_provider_is_a_clear_page(payer, monkeypatch):
    def silent():
        raise ProviderUnreachable()

    monkeypatch.setattr(callbacks.unipay, "provider", silent)
    answer = payer.post(f"/pay/{paying.order().number}/start/")
    assert answer.status_code == 503
    assert "provider_unreachable" in answer.content.decode()


def test_the_payment_page_takes_few_queries(payer, django_assert_max_num_queries):
    intake = paying.order(1000, 2000, 3000)
    paying.begun(intake)
    payer.get(f"/pay/{intake.number}/")
    with django_assert_max_num_queries(9):
        payer.get(f"/pay/{intake.number}/")
