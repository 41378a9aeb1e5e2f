"""A customer signs in with a phone and a code that works once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from members.models import Member, Message, OneTimeCode, User
from members.phones import PhoneInvalid, normalised
from members.services import sign_in
from members.services.messages import text_of
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import TooMany

PHONE = "13700001111"
pytestmark = pytest.mark.django_db


def sent_code() -> str:
    return re.search(r"\d{6}", text_of(Message.objects.first()))[0]


def ask(now, phone=PHONE, address="10.0.0.1") -> str:
    sign_in.request_code(phone=phone, address=address, now=now)
    return sent_code()


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_first_sign_in_makes_a_member(now):
    user = sign_in.verify_code(phone=PHONE, code=ask(now), now=now)
    assert Member.objects.get(pk=user.pk).joined_at == now
    assert sign_in.verify_code(phone=PHONE, code=ask(now), now=now).pk == user.pk


def test_a_code_works_once(now):
    code = ask(now)
    sign_in.verify_code(phone=PHONE, code=code, now=now)
    with pytest.raises(sign_in.CodeExpired):
        sign_in.verify_code(phone=PHONE, code=code, now=now)


def test_a_code_dies_after_five_minutes(now):
    code = ask(now)
    with pytest.raises(sign_in.CodeExpired):
        sign_in.verify_code(phone=PHONE, code=code, now=now + timedelta(minutes=5))


def test_a_new_code_ends_the_one_before(now):
    first = ask(now)
    second = ask(now)
    if first != second:
        with pytest.raises(sign_in.CodeWrong):
            sign_in.verify_code(phone=PHONE, code=first, now=now)
    assert sign_in.verify_code(phone=PHONE, code=second, now=now)


def test_five_wrong_tries_kill_the_code_and_the_tenth_is_refused(now):
    code = ask(now)
    for _try in range(5):
        with pytest.raises(sign_in.CodeWrong):
            sign_in.verify_code(phone=PHONE, code=other(code), now=now)
    for _try in range(4):
        with pytest.raises(sign_in.CodeExpired):
            sign_in.verify_code(phone=PHONE, code=code, now=now)
    with pytest.raises(TooMany):
        sign_in.verify_code(phone=PHONE, code=code, now=now)
    assert not Member.objects.exists()


def test_codes_are_limited_per_phone_and_per_address(now):
    for _time in range(5):
        ask(now)
    with pytest.raises(TooMany):
        ask(now)
    for number in range(54):
        ask(now, phone=f"139{number:08d}")
    with pytest.raises(TooMany):
        ask(now, phone="13699999999")
    assert ask(now, phone="13699999999", address="10.0.0.2")


def test_only_the_hash_of_a_code_is_kept(now):
    code = ask(now)
    assert code not in OneTimeCode.objects.get().code_hash
    assert code not in Message.objects.get().text


@pytest.mark.parametrize("phone", ["138", "", "23800001111", "1380000111a", "139000011112", None])
def test_a_phone_that_cannot_be_one_is_refused(phone, now):
    with pytest.raises(PhoneInvalid) as refusal:
        sign_in.request_code(phone=phone, address="10.0.0.1", now=now)
    assert refusal.value.code == "phone_invalid"
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "phone", ["+86 137 0000 1111", "137-0000-1111", "１３７００００１１１１", "8613700001111"]
)
def test_a_phone_is_understood_as_people_type_it(phone):
    assert normalised(phone) == PHONE


def test_the_pages_lead_a_customer_in_and_keep_the_session(client, now):
    session = client.session
    session["basket_id"] = 7
    session.save()
    before = session.session_key
    page = client.post(reverse("members:sign-in"), {"phone": PHONE, "next": "/me/points/"})
    assert page.status_code == 200
    answer = client.post(
        reverse("members:sign-in"), {"phone": PHONE, "code": sent_code(), "next": "/me/points/"}
    )
    assert answer.headers["Location"] == "/me/points/"
    assert client.session["basket_id"] == 7
    assert client.session.session_key != before


def test_it_leads_nobody_to_another_site(client, now):
    client.post(reverse("members:sign-in"), {"phone": PHONE})
    form = {"phone": PHONE, "code": sent_code(), "next": "https://example.com/"}
    assert client.post(reverse("members:sign-in"), form).headers["Location"] == reverse("members:home")


def test_a_wrong_code_and_a_short_phone_say_so_with_their_code(client, now):
    short = client.post(reverse("members:sign-in"), {"phone": "138"})
    assert short.status_code == 400
    assert 'data-code="phone_invalid"' in short.content.decode()
    client.post(reverse("members:sign-in"), {"phone": PHONE})
    form = {"phone": PHONE, "code": other(sent_code())}
    wrong = client.post(reverse("members:sign-in"), form, headers={"hx-request": "true"})
    assert wrong.status_code == 422
    assert 'data-code="code_wrong"' in wrong.content.decode()


def test_wrong_codes_end_in_429(client, now):
    client.post(reverse("members:sign-in"), {"phone": PHONE})
    form = {"phone": PHONE, "code": other(sent_code())}
    answers = [client.post(reverse("members:sign-in"), form).status_code for _try in range(10)]
    assert answers[-1] == 429


def test_a_message_does_not_open_a_staff_account(now):
    User.objects.create_user("boss", password="x", phone=PHONE, is_staff=True)
    with pytest.raises(sign_in.StaffAccount):
        sign_in.verify_code(phone=PHONE, code=ask(now), now=now)


def test_signing_out_takes_a_post(signed_in):
    assert signed_in.get(reverse("members:sign-out")).status_code == 405
    signed_in.post(reverse("members:sign-out"))
    assert "_auth_user_id" not in signed_in.session


def test_the_outbox_page_shows_the_code_in_the_demo_company_only(client, now, settings):
    code = ask(now)
    assert code in client.get("/dev/messages/").content.decode()
    settings.DEMO = False
    assert client.get("/dev/messages/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_gateway_gets_each_message_once(now):
    ask(now)
    assert outbox.drain() >= 1
    message = Message.objects.get()
    assert message.sent_at == now
    assert message.gateway_reference == f"table:message-{message.pk}"


@pytest.mark.usefixtures("company")
def test_staff_sign_in_by_name_and_password(client):
    page = client.get(reverse("members:staff-sign-in"))
    assert "clerk1" in page.content.decode()
    wrong = client.post(reverse("members:staff-sign-in"), {"username": "clerk1", "password": "no"})
    assert wrong.status_code == 400
    assert "credentials_wrong" in wrong.content.decode()
    form = {"username": "clerk1", "password": "huatong-demo"}
    assert client.post(reverse("members:staff-sign-in"), form).headers["Location"] == reverse("role-home")


@pytest.mark.usefixtures("company")
def test_staff_sign_in_is_limited(client):
    form = {"username": "clerk1", "password": "no"}
    answers = [client.post(reverse("members:staff-sign-in"), form).status_code for _try in range(11)]
    assert answers == [400] * 10 + [429]


def test_demo_accounts_are_not_named_outside_the_demo(client, company, settings):
    settings.DEMO = False
    assert "huatong-demo" not in client.get(reverse("members:staff-sign-in")).content.decode()
