"""A dealer's numbers: seen, held and sold by that dealer alone, and back in the pool unsold."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from catalog.models import Number, NumberAllotment, NumberHold
from catalog.queries import number_stock
from catalog.queries import numbers as reads
from catalog.services import number_dealers, number_pool, numbers
from members.models import Institution
from tests.support.range import NOW, a_number

LATER = NOW + timedelta(minutes=31)
UNTIL = NOW + timedelta(days=90)
# Of the twelve numbers of the tests' block these are ordinary.
PLAIN = [a_number(tail) for tail in ("0521", "1234", "1357", "7083", "9071", "9502")]


@pytest.fixture
def dealers(shop) -> tuple[int, int]:
    made = [Institution.objects.create(code=code, path=f"{code}/", kind="dealer") for code in ("dl1", "dl2")]
    return made[0].pk, made[1].pk


@pytest.fixture
def dealer(dealers) -> int:
    return dealers[0]


def allot(dealer_id: int, count: int = 2, now=NOW, **more) -> list[str]:
    place = {"province": "上海", "city": "上海", "grade": "plain", "reference": "DP1", "until": UNTIL} | more
    return number_dealers.allot(dealer_id=dealer_id, count=count, now=now, **place)


def seen(dealer_id=None) -> list[str]:
    cards = reads.search_numbers(
        province="上海", city="上海", seed="s", now=NOW, limit=99, dealer_id=dealer_id
    )
    return [card.msisdn for card in cards]


def row(msisdn: str) -> Number:
    return Number.objects.get(pk=msisdn)


def allotment(msisdn: str) -> NumberAllotment:
    return NumberAllotment.objects.get(number=msisdn)


def test_a_dealer_gets_free_numbers_of_city_and_grade_in_their_order(dealer):
    assert allot(dealer, 3) == PLAIN[:3]
    assert {row(each).dealer_id for each in PLAIN[:3]} == {dealer}
    kept = allotment(PLAIN[0])
    assert (kept.reference, kept.since, kept.until, kept.sold_at) == ("DP1", NOW, UNTIL, None)


def test_fewer_come_when_fewer_are_free(dealer):
    numbers.hold(msisdn=PLAIN[0], holder="a", now=NOW)
    assert allot(dealer, 99) == PLAIN[1:]
    assert allot(dealer, 99) == []


@pytest.mark.parametrize("more", [{"city": "南京"}, {"grade": "aaaaa"}, {"grade": "x"}, {"province": "江苏"}])
def test_nothing_comes_from_elsewhere_or_of_what_is_kept_back(dealer, more):
    assert allot(dealer, 9, **more) == []


def test_allotting_many_takes_as_many_statements_as_allotting_one(dealer, django_assert_num_queries):
    """Four, and the savepoint around them."""
    with django_assert_num_queries(6):
        allot(dealer, 1)
    with django_assert_num_queries(6):
        allot(dealer, 3)


def test_the_public_does_not_see_a_dealers_numbers_and_its_counter_sees_them_first(dealers):
    one, other = dealers
    mine = allot(one)
    assert not set(mine) & set(seen())
    assert not set(mine) & set(seen(other))
    at_counter = seen(one)
    assert set(at_counter[:2]) == set(mine)
    assert set(seen()) < set(at_counter)
    cards = reads.search_numbers(province="", city="上海", seed="s", now=NOW, limit=3, dealer_id=one)
    assert [card.dealer_id for card in cards] == [one, one, None]
    elsewhere = reads.search_numbers(province="", city="无锡", seed="s", now=NOW, dealer_id=one)
    assert {card.msisdn for card in elsewhere} == set(mine)
    assert reads.search_numbers(province="江苏", city="无锡", seed="s", now=NOW, dealer_id=one) == []


def test_a_dealers_own_numbers_leave_half_of_the_page_to_the_pool(dealer):
    allot(dealer, 5)
    page = {"province": "上海", "city": "上海", "seed": "s", "now": NOW, "dealer_id": dealer}
    assert [bool(card.dealer_id) for card in reads.search_numbers(limit=4, **page)] == [True] * 2 + [
        False
    ] * 2
    alone = reads.search_numbers(limit=4, **page | {"city": "无锡"})
    assert [bool(card.dealer_id) for card in alone] == [True] * 4


def test_another_dealers_number_is_held_by_nobody_else(dealers):
    one, other = dealers
    mine = allot(one)[0]
    for seller in (None, other):
        with pytest.raises(numbers.NumberOfDealer) as refusal:
            numbers.hold(msisdn=mine, holder="a", now=NOW, dealer_id=seller)
        assert refusal.value.code == "number_of_dealer"
        with pytest.raises(numbers.NumberOfDealer):
            numbers.hand_over_hold(msisdn=mine, to="order:1", now=NOW, dealer_id=seller)
        with pytest.raises(numbers.NumberOfDealer):
            numbers.allocate(msisdn=mine, holder="order:1", reference="1", now=NOW, dealer_id=seller)
    assert row(mine).state == "available"
    assert not NumberHold.objects.exists()


def test_the_dealer_holds_hands_over_and_sells_its_own(dealer):
    mine = allot(dealer)[0]
    numbers.hold(msisdn=mine, holder="basket:1", now=NOW, dealer_id=dealer)
    numbers.hand_over_hold(msisdn=mine, to="order:1", from_holders=["basket:1"], now=NOW, dealer_id=dealer)
    numbers.allocate(msisdn=mine, holder="order:1", reference="1", now=NOW, dealer_id=dealer)
    sold = row(mine)
    assert (sold.state, sold.reference, sold.dealer_id) == ("allocated", "1", dealer)
    assert allotment(mine).sold_at == NOW
    again = numbers.allocate(msisdn=mine, holder="order:1", reference="1", now=NOW)
    assert again.pk == mine


def test_a_dealer_sells_numbers_of_the_common_pool_too(dealer):
    numbers.allocate(msisdn=PLAIN[3], holder="order:1", reference="1", now=NOW, dealer_id=dealer)
    assert row(PLAIN[3]).dealer_id is None


def test_a_hold_that_ran_out_does_not_bring_the_number_back_from_a_dealer(dealer):
    numbers.hold(msisdn=PLAIN[0], holder="order:web", now=NOW)
    assert allot(dealer, 1, now=LATER) == [PLAIN[0]]
    assert NumberHold.objects.get().end == "expired"
    with pytest.raises(numbers.NumberOfDealer):
        numbers.allocate(msisdn=PLAIN[0], holder="order:web", reference="web", now=LATER)
    assert row(PLAIN[0]).state == "available"


def test_a_sold_number_that_was_never_used_returns_to_the_dealer(dealer):
    mine = allot(dealer)[0]
    numbers.allocate(msisdn=mine, holder="o", reference="1", now=NOW, dealer_id=dealer)
    assert numbers.release(reference="1", now=NOW) == 1
    assert (row(mine).state, row(mine).dealer_id) == ("available", dealer)
    assert (allotment(mine).sold_at, allotment(mine).ended_at) == (None, None)


def test_a_used_number_rests_and_then_is_of_the_common_pool(dealer):
    mine = allot(dealer)[0]
    numbers.allocate(msisdn=mine, holder="o", reference="1", now=NOW, dealer_id=dealer)
    numbers.activate(msisdn=mine, reference="1", now=NOW)
    numbers.release(reference="1", now=LATER)
    assert (row(mine).state, row(mine).dealer_id) == ("quarantined", None)
    stock = number_stock.NumberStock.of(number_stock.counts(dealer, now=LATER))
    assert stock == number_stock.stocks([dealer])[dealer]
    assert (stock.came, stock.in_stock, stock.sold) == (2, 1, 1)
    left = allotment(mine)
    assert (left.dealer_id, left.sold_at, left.ended_at, left.end) == (dealer, NOW, LATER, "rested")
    after = NOW + timedelta(days=91)
    numbers.release_expired(now=after)
    assert numbers.hold(msisdn=mine, holder="a", now=after).number_id == mine


def test_unsold_numbers_go_back_and_may_be_had_by_everybody(dealer):
    mine = allot(dealer)
    assert number_dealers.give_back(dealer_id=dealer, msisdns=mine[:1], who="叶丽萍", now=LATER) == mine[:1]
    gone = number_dealers.recall(dealer_id=dealer, msisdns=mine, who="徐建华", reason="x", now=LATER)
    assert gone == mine[1:]
    assert set(mine) <= set(seen())
    assert [allotment(each).end for each in mine] == ["given_back", "recalled"]
    assert allotment(mine[1]).reason == "x"


def test_what_customers_keep_or_bought_stays_with_the_dealer(dealers):
    one, other = dealers
    kept, sold = allot(one)
    theirs = allot(other, 1)
    numbers.hold(msisdn=kept, holder="a", now=NOW, dealer_id=one)
    numbers.allocate(msisdn=sold, holder="o", reference="1", now=NOW, dealer_id=one)
    with pytest.raises(number_dealers.NumbersNotFree) as refusal:
        number_dealers.give_back(dealer_id=one, msisdns=[kept, sold, *theirs], who="x", now=NOW)
    assert refusal.value.code == "numbers_not_free"
    assert number_dealers.give_back(dealer_id=one, msisdns=[kept, sold], who="x", now=LATER) == [kept]


def test_what_is_not_sold_in_time_goes_back_by_itself(dealers):
    one, other = dealers
    mine, sold = allot(one)
    numbers.allocate(msisdn=sold, holder="o", reference="1", now=NOW, dealer_id=one)
    allot(other, 1, until=UNTIL + timedelta(days=1))
    assert number_dealers.reclaim(now=UNTIL - timedelta(seconds=1)) == {}
    numbers.hold(msisdn=mine, holder="a", now=UNTIL, dealer_id=one)
    assert number_dealers.reclaim(now=UNTIL) == {}
    assert number_dealers.reclaim(now=UNTIL + timedelta(minutes=31)) == {one: 1}
    assert allotment(mine).end == "lapsed"
    assert row(mine).dealer_id is None
    assert row(sold).dealer_id == one


def test_rules_and_operators_leave_a_dealers_numbers_as_they_are(dealer, shop):
    mine = allot(dealer)
    assert number_pool.withhold(mine, actor=shop.operator()) == 0
    Number.objects.filter(pk=mine[0]).update(grade=row(a_number("8888")).grade)
    number_pool.regrade()
    assert row(mine[0]).grade.code == "aaaa"


def test_the_page_of_a_dealer_lists_counts_and_filters(dealer):
    free, kept, sold = allot(dealer, 3)
    numbers.hold(msisdn=kept, holder="a", now=NOW, dealer_id=dealer)
    numbers.allocate(msisdn=sold, holder="o", reference="1", now=NOW, dealer_id=dealer)
    number_dealers.give_back(dealer_id=dealer, msisdns=[free], who="x", now=NOW)
    assert number_stock.counts(dealer, now=NOW) == {"kept": 1, "sold": 1, "given_back": 1}
    found = number_stock.of_dealer(dealer, now=NOW)
    assert [(each.msisdn, each.state) for each in found] == [(sold, "sold"), (kept, "kept")]
    assert len(number_stock.of_dealer(dealer, reference="DP1", now=NOW)) == 3
    assert [each.msisdn for each in number_stock.of_dealer(dealer, tail=kept[-4:], now=NOW)[:5]] == [kept]
    assert [each.msisdn for each in number_stock.of_dealer(dealer, state="given_back", now=NOW)] == [free]
    assert number_stock.of_dealer(dealer, grade="aa", now=NOW).count() == 0
    assert number_stock.of_dealer(dealer, city="上海", grade="plain", now=NOW).count() == 2
    counted = number_stock.stocks([dealer])[dealer]
    assert (counted.came, counted.in_stock, counted.sold, counted.gone) == (3, 1, 1, 1)
    assert number_stock.NumberStock.of(number_stock.counts(dealer, now=NOW)) == counted
    assert number_stock.free_by_grade("上海", "上海", now=NOW)["plain"] == 4


def test_a_number_is_with_one_dealer_at_a_time(dealers):
    one, other = dealers
    mine = allot(one)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberAllotment.objects.create(
            number_id=mine, dealer_id=other, reference="DP2", since=NOW, until=UNTIL
        )


def test_what_rests_or_is_kept_back_is_no_dealers(dealer):
    mine = allot(dealer)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Number.objects.filter(pk=mine).update(state="withheld")


def test_a_recall_says_why(dealer):
    mine = allot(dealer)
    with pytest.raises(IntegrityError), transaction.atomic():
        number_dealers.recall(dealer_id=dealer, msisdns=mine, who="x", reason=" ", now=NOW)


def test_which_number_came_to_whom_stays(dealer):
    mine = allot(dealer)[0]
    for change in ({"dealer": 1}, {"reference": "DP9"}, {"since": LATER}):
        with pytest.raises(DatabaseError), transaction.atomic():
            NumberAllotment.objects.filter(number=mine).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        NumberAllotment.objects.filter(number=mine).delete()
    number_dealers.give_back(dealer_id=dealer, msisdns=[mine], who="x", now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        NumberAllotment.objects.filter(number=mine).update(ended_at=None, end="")
