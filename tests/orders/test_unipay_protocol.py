"""The signed protocol between us and the provider, over its HTTP address as well as in the process."""

import io
import json
from datetime import timedelta
from urllib.error import HTTPError, URLError

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured

from omnichannel.kernel import outbox
from orders.gateways import keys, signatures, unipay
from orders.gateways.unipay import Bill, Http, ProviderRefused, ProviderUnreachable, Unipay
from orders.services import refunds
from orders.simulator import account, handlers, notices
from orders.simulator.models import SimTransaction
from tests.support import paying
from tests.support.paying import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_that_time(freeze_at):
    freeze_at(NOW)


class OverClient:
    """Django's test client as the network."""

    def __init__(self, client):
        self.client = client

    def send(self, *, method, path, headers, body):
        answer = self.client.generic(
            method, f"/sim/unipay{path}", body, content_type="application/json", headers=headers
        )
        return unipay.Answer(answer.status_code, answer.headers, answer.content)


@pytest.fixture(params=["in the process", "over http"])
def provider(request, client):
    return unipay.provider() if request.param == "in the process" else Unipay(OverClient(client))


def bill(**other) -> Bill:
    facts = {
        "out_trade_no": "HT1-U1",
        "description": "Huatong HT1",
        "amount_fen": 12345,
        "notify_url": "http://testserver/pay/unipay/notify/",
        "return_url": "http://testserver/pay/HT1/return/",
        "expires_at": NOW + timedelta(minutes=30),
    }
    return Bill(**facts | other)


def paid(provider) -> SimTransaction:
    provider.create(bill(), now=NOW)
    there = account.find("HT1-U1")
    account.pay(there, now=NOW)
    return there


def test_create_is_idempotent_and_holds_to_the_amount(provider):
    assert provider.create(bill(), now=NOW) == provider.create(bill(), now=NOW)
    with pytest.raises(ProviderRefused) as refusal:
        provider.create(bill(amount_fen=1), now=NOW)
    assert refusal.value.facts == {"provider_code": "OUT_TRADE_NO_USED"}


def test_query_tells_the_state(provider):
    assert provider.query(out_trade_no="HT1-U1", now=NOW) is None
    provider.create(bill(), now=NOW)
    assert provider.query(out_trade_no="HT1-U1", now=NOW).state == "NOTPAY"
    account.pay(account.find("HT1-U1"), now=NOW)
    notice = provider.query(out_trade_no="HT1-U1", now=NOW)
    assert (notice.is_paid, notice.amount_fen, notice.success_at) == (True, 12345, NOW)


def test_close_refuses_what_was_paid(provider):
    assert provider.close(out_trade_no="HT1-U1", now=NOW) is True
    paid(provider)
    assert provider.close(out_trade_no="HT1-U1", now=NOW) is False


def test_refund_is_idempotent_and_never_more_than_paid(provider):
    paid(provider)
    asked = {"out_trade_no": "HT1-U1", "amount_fen": 10000, "total_fen": 12345, "reason": "x", "now": NOW}
    first = provider.refund(out_refund_no="R1", **asked)
    assert (first.status, provider.refund(out_refund_no="R1", **asked)) == ("SUCCESS", first)
    with pytest.raises(ProviderRefused) as refusal:
        provider.refund(out_refund_no="R2", **asked)
    assert refusal.value.facts == {"provider_code": "NOT_ENOUGH"}


def test_a_payment_cannot_be_made_after_its_time(provider):
    provider.create(bill(expires_at=NOW), now=NOW)
    assert account.pay(account.find("HT1-U1"), now=NOW) is False


@pytest.mark.parametrize(
    "authorization", ["", "Bearer x", 'UNIPAY-SHA256-RSA2048 mchid="1",timestamp="1",signature="AA"']
)
def test_the_provider_refuses_requests_that_are_not_ours(authorization):
    answer = handlers.answer(
        method="POST", path="/v3/refunds", headers={"Authorization": authorization}, body=b"{}", now=NOW
    )
    assert (answer.status, json.loads(answer.body)) == (401, {"code": "SIGN_ERROR"})


def test_the_provider_refuses_a_request_whose_body_was_changed(monkeypatch):
    class Thief:
        def send(self, *, method, path, headers, body):
            other = body.replace(b"12345", b"1")
            return handlers.answer(method=method, path=path, headers=headers, body=other, now=NOW)

    with pytest.raises(ProviderRefused) as refusal:
        Unipay(Thief()).create(bill(), now=NOW)
    assert refusal.value.facts == {"provider_code": "SIGN_ERROR"}


def test_another_key_signs_nothing():
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = signatures.message_text(timestamp="1", nonce="n", body=b"{}")
    assert signatures.is_signed(keys.public_key("provider"), text, signatures.sign(stranger, text)) is False
    own = signatures.sign(keys.private_key("provider"), text)
    assert signatures.is_signed(keys.public_key("provider"), text, own) is True


def test_keys_are_made_in_a_demo_only(settings, tmp_path):
    settings.UNIPAY_KEYS = tmp_path / "unipay"
    assert keys.public_key("merchant").key_size == keys.BITS
    settings.DEMO, settings.UNIPAY_KEYS = False, tmp_path / "none"
    with pytest.raises(ImproperlyConfigured, match="merchant_public"):
        keys.public_key("merchant")


def test_production_has_no_simulator(settings):
    settings.DEMO, settings.UNIPAY_URL = False, ""
    with pytest.raises(ImproperlyConfigured):
        unipay.provider()


def test_over_the_network_errors_are_the_providers_silence_or_its_answer(monkeypatch):
    def silent(call, timeout):
        raise URLError("no route")

    def refusing(call, timeout):
        raise HTTPError(call.full_url, 404, "no", {"X": "1"}, io.BytesIO(b"{}"))

    sent = {"method": "GET", "path": "/v3/transactions/x", "headers": {}, "body": b""}
    monkeypatch.setattr(unipay.http, "urlopen", silent)
    with pytest.raises(ProviderUnreachable):
        Http("http://127.0.0.1:9/sim/unipay").send(**sent)
    monkeypatch.setattr(unipay.http, "urlopen", refusing)
    assert Http("http://127.0.0.1:9/sim/unipay").send(**sent).status == 404


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_over_real_http(live_server, settings):
    """Create, pay, call back, refund: every message crosses a socket."""
    settings.PUBLIC_URL = live_server.url
    settings.UNIPAY_URL = f"{live_server.url}/sim/unipay"
    intake = paying.order(12345)
    payment = paying.begun(intake)
    there = account.find(payment.out_trade_no)
    account.pay(there, now=NOW)
    assert notices.send(notices.record(there, how="forged", now=NOW).pk, now=NOW) == 401
    assert notices.send(notices.record(there, how="now", now=NOW).pk, now=NOW) == 200
    payment.refresh_from_db()
    assert payment.captured_fen == 12345
    refunds.refund(
        order_number=intake.number, line_amounts=None, reason="x", actor=paying.operator(), now=NOW
    )
    outbox.drain()
    assert account.find(payment.out_trade_no).refunded_fen == 12345
