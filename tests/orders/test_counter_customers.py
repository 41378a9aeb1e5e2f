"""Who is looked up by phone at a counter: our stores serve every member, a dealer knows its own customers."""

import pytest

from members.models import Address
from orders.models import OrderIntake
from tests.support import accepting, ordering
from tests.support.accepting import STRANGER, accept
from tests.support.demo import NOON
from tests.support.ordering import CHARGER, LIN, PHONE, order, sell

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
EN = {"HTTP_ACCEPT_LANGUAGE": "en"}
NAME, STREET = "林晓", "南京东路 1 号"
MASKED = f"{LIN[:3]}****{LIN[-4:]}"


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def at(client):
    """Somebody's counter, in English."""

    def open_for(username: str):
        client.force_login(ordering.user_named(username))
        return client

    client.defaults |= EN
    return open_for


def card_of(counter, phone: str = LIN) -> str:
    return counter.get("/clerk/customer/", {"phone": phone}).content.decode()


def hand_of(counter, phone: str = LIN) -> str:
    return counter.post("/clerk/take/", {"sku": CHARGER, "phone": phone}).content.decode()


def own_addresses() -> list[str]:
    return list(Address.objects.filter(member__user__phone=LIN).values_list("street", flat=True))


@pytest.mark.parametrize("shown", [card_of, hand_of])
def test_a_dealer_learns_no_more_of_a_number_than_that_it_is_a_member_s(at, shown):
    number = order(PHONE).order_number
    page = shown(at(accepting.PERSON))
    assert MASKED in page
    assert "Already a member" in page
    secrets = [NAME, number, "points", "Identity verified", "member since", STREET, *own_addresses()]
    assert [each for each in secrets if each in page] == []


def test_a_store_sees_the_whole_card(at):
    number = order(PHONE).order_number
    page = card_of(at("clerk1"))
    assert own_addresses()
    for each in (NAME, number, "points", "Identity verified", own_addresses()[0]):
        assert each in page


def test_the_name_does_not_come_with_the_number_that_is_topped_up(at):
    wanted = {"sku": "TOP-UP-50", "target_msisdn": LIN}
    assert at(accepting.PERSON).post("/clerk/take/", wanted).context["form"]["name"].value() in (None, "")
    assert at("clerk1").post("/clerk/take/", wanted).context["form"]["name"].value() == NAME


def test_whom_a_dealer_sold_to_it_knows_as_it_wrote_them_down(at):
    sold = accept(PHONE, phone=LIN, name="老林")
    elsewhere = order(PHONE).order_number, sell(CHARGER, phone=LIN).order_number
    page = card_of(at(accepting.PERSON))
    for each in ("老林", STREET, sold.order_number, "your customer"):
        assert each in page
    assert not any(number in page for number in elsewhere)
    assert NAME not in page.replace('data-name="林晓"', "")  # the receiver, as the dealer wrote it
    other = card_of(at(STRANGER))
    assert MASKED in other
    assert "老林" not in other
    assert sold.order_number not in other


def test_an_order_that_is_only_attributed_to_a_dealer_tells_it_nothing(at):
    number = order(PHONE).order_number
    OrderIntake.objects.filter(number=number).update(institution_id=accepting.place().id)
    page = card_of(at(accepting.PERSON))
    assert number not in page
    assert STREET not in page


def test_a_new_number_is_new_at_both_counters(at):
    for username in ("clerk1", accepting.PERSON):
        assert "A new customer" in card_of(at(username), "13700009999")
        assert card_of(at(username), "137").strip() == ""


@pytest.mark.parametrize("username", ["clerk1", accepting.PERSON])
def test_numbers_are_not_looked_up_without_end(at, settings, username):
    settings.CUSTOMER_LOOK_UPS_PER_HOUR = 2
    counter = at(username)
    for phone in (LIN, "139-0000-0001", "13700009999", LIN):
        assert "too_many_look_ups" not in card_of(counter, phone)
    for shown in (card_of, hand_of):
        page = shown(counter, ordering.CHEN)
        assert "too_many_look_ups" in page
        assert "陈" not in page
    # Who was looked up before stays, a sale goes on, and a colleague's count is its own.
    assert MASKED in card_of(counter) or NAME in card_of(counter)
    assert "too_many_look_ups" not in card_of(at(STRANGER), ordering.CHEN)


def test_a_sale_beyond_the_limit_goes_through(at, settings):
    settings.CUSTOMER_LOOK_UPS_PER_HOUR = 0
    counter = at(accepting.PERSON)
    hand = counter.post("/clerk/take/", {"sku": "TOP-UP-50", "target_msisdn": LIN})
    facts = {"sale": hand.context["sale"], "shown_total": 50_00, "means": "cash", "way": "none"}
    asked = facts | {"phone": LIN, "name": ""}
    assert counter.post("/clerk/sell/", asked).status_code == 302
    assert OrderIntake.objects.get().institution.code == accepting.DEALER
