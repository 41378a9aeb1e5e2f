"""Cash at a dealer's counter beside a prepaid card: what the card pays, no credit has to cover."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fulfillment.models import DealerTerms
from members.models import Institution, StaffRole, User
from orders.models import OrderIntake, Payment
from orders.services import dealer_till
from orders.values import CardPart
from tests.support import accepting, carding, ordering
from tests.support.accepting import PERSON, accept
from tests.support.demo import NOON
from tests.support.ordering import refused

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
NEW, PIONEER = "dl-new", "pioneer"


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def dealer(client):
    client.force_login(ordering.user_named(PERSON))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def without_terms() -> dict:
    """The counter of a dealer with whom nothing is agreed."""
    model = Institution.objects.get(code=accepting.DEALER)
    model.pk, model.code, model.path = None, NEW, f"{NEW}/"
    model.save()
    user = User.objects.create_user(PIONEER, is_staff=True)
    StaffRole.objects.create(user=user, role="partner", institution=model)
    assert not DealerTerms.objects.filter(dealer=model).exists()
    return {"store": NEW, "username": PIONEER}


def card(sku: str = carding.CARD_100) -> CardPart:
    made, pin = carding.with_pin(sku)
    return CardPart(number=made.number, pin=pin)


def cash_taken() -> int:
    paid = Payment.objects.filter(means="cash").exclude(intake__sells_cards=True)
    return sum(paid.values_list("captured_fen", flat=True))


def test_without_terms_a_card_that_pays_all_of_it_is_taken(without_terms):
    placed = accept(ordering.top_up(), card=card(), **without_terms)
    ordering.settle()
    found = ordering.intake(placed)
    assert (found.state, found.institution.code, found.due_fen) == ("completed", NEW, 0)
    assert cash_taken() == 0


@pytest.mark.parametrize("brought", [None, carding.CARD_50])
def test_without_terms_no_cash_is_taken_not_even_for_a_rest(without_terms, brought):
    part = card(brought) if brought else None
    with refused(dealer_till.NothingAgreed):
        accept(ordering.CHARGER, card=part, **without_terms)
    assert not OrderIntake.objects.filter(institution__code=NEW).exists()


def hand_with(dealer, sku: str = ordering.CHARGER, **asked):
    return dealer.post("/clerk/take/", {"sku": sku, **asked})


def choices(page) -> dict[str, list[str]]:
    """How it may be paid: which are off, which is on."""
    text = page.content.decode()
    rows = {
        means: text.split(f'name="means" value="{means}"')[1].split(">")[0] for means in ("cash", "unipay")
    }
    return {word: [means for means, row in rows.items() if word in row] for word in ("disabled", "checked")}


def test_a_card_and_a_small_rest_in_cash_can_be_chosen_and_sold(dealer):
    total = ordering.total(ordering.CHARGER, channel="dealer", way="pickup", store=accepting.DEALER)
    assert total > 50_00
    accepting.agree(credit_limit_fen=total - 50_00)
    page = hand_with(dealer)
    assert choices(page) == {"disabled": [], "checked": ["unipay"]}
    assert "the rest with a prepaid card" in page.content.decode()
    part = card(carding.CARD_50)
    asked = {
        "sale": page.context["sale"],
        "shown_total": page.context["quote"].total_fen,
        "phone": ordering.STRANGER,
        "name": "周敏",
        "means": "cash",
        "way": "pickup",
        "card_number": part.number,
    }
    again = dealer.post("/clerk/refresh/", asked)
    assert choices(again) == {"disabled": [], "checked": ["cash"]}  # with a card it stays as chosen
    wrong = f"{(int(part.pin) + 1) % 1_000_000:06}"
    refusal = dealer.post("/clerk/sell/", asked | {"card_pin": wrong})
    assert refusal.status_code == 400
    assert refusal.context["form"].errors["card_pin"]
    assert dealer.post("/clerk/sell/", asked | {"card_pin": part.pin}).status_code == 302
    assert cash_taken() == total - 50_00


def test_more_cash_than_is_left_is_refused_in_words(dealer):
    accepting.agree(credit_limit_fen=49_99)
    page = dealer.post("/clerk/take/", {"sku": "TOP-UP-50", "target_msisdn": ordering.LIN, "means": "cash"})
    assert choices(page) == {"disabled": [], "checked": ["unipay"]}
    facts = {
        "sale": page.context["sale"],
        "shown_total": 50_00,
        "phone": ordering.LIN,
        "name": "",
        "way": "none",
    }
    answer = dealer.post("/clerk/sell/", facts | {"means": "cash"})
    assert answer.status_code == 409
    assert 'data-code="dealer_cash_limit"' in answer.content.decode()


@pytest.mark.parametrize("terms", [{"is_blocked": True}, {"credit_limit_fen": 0}])
def test_who_may_take_nothing_cannot_choose_cash(dealer, terms):
    accepting.agree(**terms)
    assert choices(hand_with(dealer)) == {"disabled": ["cash"], "checked": ["unipay"]}


def test_a_till_with_enough_starts_with_cash(dealer):
    page = hand_with(dealer)
    assert choices(page) == {"disabled": [], "checked": ["cash"]}
    assert choices(hand_with(dealer, means="unipay")) == {"disabled": [], "checked": ["unipay"]}


def test_a_sale_for_cash_asks_once_who_the_dealer_is():
    accept(ordering.top_up("8613900000002"))
    with CaptureQueriesContext(connection) as asked:
        accept(ordering.top_up())
    by_id = [
        each
        for each in asked.captured_queries
        if 'FROM "members_institution" WHERE "members_institution"."id" =' in each["sql"]
    ]
    assert len(by_id) == 1
