"""The web basket: filled, changed, taken along at sign-in, and at most one order."""

import pytest
from oscar.core.loading import get_model

from catalog.models import NumberHold
from members.actors import VISITOR, NotYours
from orders.models import OrderIntake
from orders.services import baskets, placement, quoting
from orders.values import Wish
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import CHARGER, STRANGER, TEA, basket_with, intake, place_basket, refused

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
Basket = get_model("basket", "Basket")


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def skus(basket) -> list[tuple[str, int]]:
    return [(wish.sku, wish.quantity) for _line, wish in baskets.wishes_of(basket)]


def visitor_adds(*wanted, session=None, visitor=""):
    basket = None
    for wish in ordering.wishes(*wanted):
        basket = baskets.add(
            actor=VISITOR,
            session_basket_id=basket.pk if basket else session,
            wish=wish,
            visitor=visitor,
            channel="web",
            now=NOON,
        )
    return basket


def test_the_same_article_twice_is_one_line():
    assert skus(basket_with(TEA, CHARGER, TEA)) == [(TEA, 2), (CHARGER, 1)]


def test_one_basket_becomes_one_order():
    basket = basket_with(TEA, CHARGER)
    placed = place_basket(basket)
    with refused(baskets.BasketClosed):
        place_basket(basket)
    assert OrderIntake.objects.get().number == placed.order_number
    assert intake(placed).order.basket_id == basket.pk


def test_a_refused_order_leaves_the_basket_open():
    basket = basket_with(TEA)
    with refused(placement.PriceChanged):
        place_basket(basket, shown_total=1)
    assert Basket.objects.get(pk=basket.pk).status == "Open"
    assert place_basket(basket)


def test_another_member_s_basket_does_not_exist():
    basket = basket_with(TEA)
    with refused(NotYours):
        place_basket(basket, phone=STRANGER)
    assert not OrderIntake.objects.exists()


def test_a_visitor_s_basket_belongs_to_the_browser():
    basket = visitor_adds(TEA)
    with refused(NotYours):
        place_basket(basket, session=basket.pk + 1)
    assert place_basket(basket, session=basket.pk)


def test_signing_in_takes_the_basket_along_and_adds_what_was_there():
    mine, browsed = basket_with(TEA), visitor_adds(CHARGER)
    adopted = baskets.adopt(user_id=ordering.user().pk, session_basket_id=browsed.pk)
    assert adopted == browsed.pk
    assert sorted(skus(browsed)) == sorted([(CHARGER, 1), (TEA, 1)])
    assert Basket.objects.get(pk=mine.pk).status == "Merged"


def test_a_quantity_is_changed_and_a_line_removed():
    basket = basket_with(TEA, CHARGER)
    (tea, _wish), (charger, _other) = baskets.wishes_of(basket)
    baskets.set_quantity(basket=basket, line_id=tea, quantity=3)
    baskets.set_quantity(basket=basket, line_id=charger, quantity=0)
    assert skus(basket) == [(TEA, 3)]
    with refused(baskets.LineGone):
        baskets.set_quantity(basket=basket, line_id=charger, quantity=1)


@pytest.mark.parametrize("quantity", [-1, 201, 10**9])
def test_a_quantity_out_of_range_changes_nothing(quantity):
    basket = basket_with(TEA)
    with refused(quoting.QuantityWrong):
        baskets.set_quantity(basket=basket, line_id=baskets.wishes_of(basket)[0][0], quantity=quantity)
    assert skus(basket) == [(TEA, 1)]


def test_a_number_is_held_for_the_basket_and_given_back_with_the_line():
    wish = ordering.sim()
    basket = basket_with(wish)
    assert NumberHold.objects.get(number_id=wish.msisdn, ended_at=None).holder == f"basket:{basket.pk}"
    line_id = baskets.wishes_of(basket)[0][0]
    with refused(quoting.QuantityWrong):
        baskets.set_quantity(basket=basket, line_id=line_id, quantity=2)
    baskets.set_quantity(basket=basket, line_id=line_id, quantity=0)
    assert not NumberHold.objects.filter(number_id=wish.msisdn, ended_at=None).exists()


def test_the_basket_takes_over_what_the_visitor_held():
    wish = ordering.sim()
    baskets.numbers.hold(msisdn=wish.msisdn, holder="visit:me", now=NOON)
    basket = visitor_adds(wish, visitor="visit:me")
    assert NumberHold.objects.get(number_id=wish.msisdn, ended_at=None).holder == f"basket:{basket.pk}"


def test_what_somebody_else_holds_does_not_come_into_the_basket():
    wish = ordering.sim()
    baskets.numbers.hold(msisdn=wish.msisdn, holder="visit:other", now=NOON)
    with refused(baskets.numbers.NumberTaken):
        visitor_adds(wish, visitor="visit:me")
    assert not Basket.objects.exists()


@pytest.mark.parametrize(
    "wish", [Wish(sku="NO-SUCH", quantity=1), Wish(sku=TEA, quantity=0), Wish(sku=TEA, quantity=10**6)]
)
def test_what_cannot_be_sold_does_not_come_into_the_basket(wish):
    with refused((quoting.UnknownSku, quoting.QuantityWrong)):
        visitor_adds(wish)
    assert not Basket.objects.exists()


def test_an_empty_basket_is_not_quoted():
    assert baskets.quote_basket(None, channel="web", now=NOON) == ([], None)
