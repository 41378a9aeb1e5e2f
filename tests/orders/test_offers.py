"""The site's offers, taken off by Oscar's engine in two statements and counted to the fen."""

from datetime import timedelta

import pytest
from oscar.core.loading import get_model

from orders.models import LineTerms, OrderDiscount
from orders.services import quoting
from orders.values import Wish
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import CASE, CHARGER, PHONE

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
ConditionalOffer = get_model("offer", "ConditionalOffer")


def quote(*wanted, channel="web", now=NOON):
    return quoting.quote(ordering.wishes(*wanted), channel=channel, now=now)


def test_a_phone_takes_a_fifth_off_one_case():
    found = quote(PHONE, CASE)
    assert [line.discount_fen for line in found.lines] == [0, 7900 * 20 // 100]
    assert [saving.amount_fen for saving in found.savings] == [1580]


@pytest.mark.parametrize("wanted", [(CASE,), (PHONE,), (CHARGER, CASE)])
def test_without_the_pair_nothing_is_taken_off(wanted):
    assert quote(*wanted).savings == ()


def test_one_phone_makes_one_case_cheaper():
    found = quote(PHONE, Wish(sku=CASE, quantity=3))
    assert sum(saving.amount_fen for saving in found.savings) == 1580


def test_the_offer_counts_once_in_an_order():
    found = quote(Wish(sku=PHONE, quantity=2), Wish(sku=CASE, quantity=2))
    assert sum(saving.amount_fen for saving in found.savings) == 1580


def test_it_is_taken_off_the_channel_s_price():
    line = quote(PHONE, CASE, channel="store").lines[1]
    assert line.unit_fen == 6700
    assert line.discount_fen == 6700 * 20 // 100


def test_an_offer_that_is_over_takes_nothing_off():
    ConditionalOffer.objects.update(end_datetime=NOON - timedelta(seconds=1))
    assert quote(PHONE, CASE).savings == ()
    assert quote(PHONE, CASE, now=NOON - timedelta(hours=1)).savings


def test_the_order_keeps_what_was_taken_off_and_its_lines_add_up(freeze_at):
    freeze_at(NOON)
    placed = ordering.order(PHONE, CASE)
    kept = OrderDiscount.objects.get(order__number=placed.order_number)
    lines = LineTerms.objects.filter(intake__number=placed.order_number)
    assert (kept.amount * 100, kept.offer_name) == (1580, "买手机，配壳八折")
    assert sum(line.amount_fen for line in lines) == placed.total_fen == 299_900 + 7900 - 1580
