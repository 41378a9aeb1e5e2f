"""Numbers: graded by rules, held by one, released on time, sold once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from catalog.grading import grade_of
from catalog.models import Number, NumberGrade, NumberHold
from catalog.queries import numbers as reads
from catalog.services import number_pool, numbers
from catalog.values import MsisdnInvalid, msisdn_of
from tests.support.range import NOW, a_number

LATER = NOW + timedelta(minutes=31)


def hold(tail="9071", holder="a", now=NOW, **more):
    return numbers.hold(msisdn=a_number(tail), holder=holder, now=now, **more)


def state(tail="9071") -> str:
    return Number.objects.get(pk=a_number(tail)).state


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        ("13800008888", "aaaa"),
        ("13800088888", "aaaaa"),
        ("13800012345", "abcd"),  # a run of five with a 4 in it
        ("13800056789", "abcde"),
        ("13800098765", "abcde"),
        ("13800112233", "aabbcc"),
        ("13800123123", "abcabc"),
        ("13800001777", "aaa"),
        ("13800127755", "aabb"),
        ("13800002626", "abab"),
        ("13800006789", "abcd"),
        ("13800001322", "aa"),
        ("13800001358", "lucky"),
        ("13800001357", "plain"),
        ("13800004444", "aaa"),  # four of a kind, demoted
        ("13800124488", "aa"),  # two pairs, demoted
    ],
)
def test_the_first_rule_that_fits_gives_the_grade_and_a_4_demotes(shop, digits, code):
    grades = list(NumberGrade.objects.select_related("demoted_to"))
    assert grade_of(digits, grades).code == code


@pytest.mark.parametrize("text", ["138 1613 9071", "+86 13816139071", "8613816139071", "138-1613-9071"])
def test_a_number_is_read_however_it_is_typed(text):
    assert msisdn_of(text) == "8613816139071"


@pytest.mark.parametrize("text", ["", "123", "23816139071", "138161390711", "１３８１６１３９０７１x", "😀"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(MsisdnInvalid):
        msisdn_of(text)


def test_a_held_number_is_nobody_elses(shop):
    held = hold()
    assert held.expires_at == NOW + timedelta(minutes=30)
    with pytest.raises(numbers.NumberTaken):
        hold(holder="b")
    assert hold(now=NOW + timedelta(minutes=5)).pk == held.pk
    assert NumberHold.objects.count() == 1


def test_a_hold_that_ran_out_gives_way_without_any_worker(shop):
    hold()
    assert hold(holder="b", now=LATER).holder == "b"
    assert list(NumberHold.objects.order_by("pk").values_list("end", flat=True)) == ["expired", ""]


def test_the_database_allows_one_live_hold(shop):
    hold()
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberHold.objects.create(number_id=a_number(), holder="b", held_at=NOW, expires_at=LATER)


def test_five_live_holds_are_the_most(shop):
    for tail in ("8888", "1234", "7755", "2626", "1357"):
        hold(tail)
    with pytest.raises(numbers.HoldLimit):
        hold("2468")
    assert hold("2468", now=LATER)


def test_giving_back_frees_and_only_the_holder_can(shop):
    hold()
    assert not numbers.drop_hold(msisdn=a_number(), holder="b", now=NOW)
    assert numbers.drop_hold(msisdn=a_number(), holder="a", now=NOW)
    assert state() == "available"
    assert hold(holder="b")


def test_an_unknown_number_is_refused(shop):
    with pytest.raises(numbers.NumberUnknown):
        numbers.hold(msisdn="8613900000000", holder="a", now=NOW)


def test_the_hold_passes_to_the_basket_and_from_there_to_the_order(shop):
    hold(holder="visit:1")
    to_basket = {"to": "basket:9", "from_holders": ["visit:1"], "now": NOW}
    numbers.hand_over_hold(msisdn=a_number(), **to_basket)
    with pytest.raises(numbers.NumberTaken):
        numbers.hand_over_hold(msisdn=a_number(), to="basket:8", from_holders=["visit:1"], now=NOW)
    numbers.hand_over_hold(msisdn=a_number(), to="order:1", from_holders=["basket:9"], minutes=60, now=NOW)
    assert [card.msisdn for card in reads.held_by("order:1", LATER)] == [a_number()]


def allocate(tail="9071", holder="a", reference="O1", **more):
    return numbers.allocate(msisdn=a_number(tail), holder=holder, reference=reference, now=NOW, **more)


def test_a_paid_number_is_the_orders_and_comes_back_when_it_is_cancelled(shop):
    hold()
    assert allocate().state == allocate().state == "allocated"
    with pytest.raises(numbers.NumberTaken):
        allocate(holder="b", reference="O2")
    with pytest.raises(numbers.NumberTaken):
        hold(holder="b", now=LATER)
    assert numbers.release(reference="O1", now=NOW) == 1
    assert numbers.release(reference="O1", now=NOW) == 0
    assert state() == "available"


def test_somebody_elses_hold_keeps_a_number_from_being_allocated(shop):
    hold(holder="b")
    with pytest.raises(numbers.NumberTaken):
        allocate()


def test_a_number_that_was_used_rests_ninety_days(shop):
    hold()
    allocate()
    numbers.activate(msisdn=a_number(), reference="O1", now=NOW)
    assert state() == "active"
    numbers.release(reference="O1", now=NOW)
    assert state() == "quarantined"
    numbers.release_expired(now=NOW + timedelta(days=89))
    assert state() == "quarantined"
    numbers.release_expired(now=NOW + timedelta(days=90))
    assert state() == "available"


def test_another_order_cannot_activate(shop):
    hold()
    allocate()
    with pytest.raises(numbers.NumberTaken):
        numbers.activate(msisdn=a_number(), reference="O2", now=NOW)


def test_five_numbers_per_person(shop):
    for tail in ("8888", "1234", "7755", "2626", "1357"):
        allocate(tail, reference=tail, person_key="p")
    with pytest.raises(numbers.IdentityNumberCap):
        allocate("2468", reference="six", person_key="p")
    assert state("2468") == "available"
    numbers.release(reference="8888", now=NOW)
    assert allocate("2468", reference="six", person_key="p")


def test_the_sweep_frees_what_ran_out(shop):
    hold()
    hold("2626", minutes=60)
    assert numbers.release_expired(now=LATER) == 1
    assert (state(), state("2626")) == ("available", "held")


def search(**wish):
    return reads.search_numbers(**{"province": "上海", "city": "上海", "seed": "s", "now": NOW} | wish)


def test_a_page_of_ten_is_the_same_for_its_seed(shop):
    first = [card.msisdn for card in search()]
    assert len(first) == 10
    assert first == [card.msisdn for card in search()]
    assert first != [card.msisdn for card in search(seed="other")]


def test_search_by_tail_birthday_grade_and_without_4(shop):
    assert [card.local[-4:] for card in search(tail="0521")] == ["0521"]
    assert {card.local[-1] for card in search(tail="8")} == {"8"}
    assert [card.local[-4:] for card in search(grade="aabb")] == ["7755"]
    assert all("4" not in card.local for card in search(without_4=True))
    assert search(city="南京") == []
    assert search(tail="abc😀") == search()


def test_a_held_number_leaves_the_draw_until_its_time_is_up(shop):
    hold("0521")
    assert search(tail="0521") == []
    assert len(search(tail="0521", now=LATER)) == 1


def test_withheld_numbers_are_not_drawn_and_operators_offer_them_again(shop):
    operator = shop.operator()
    assert number_pool.withhold([a_number("0521")], actor=operator) == 1
    assert search(tail="0521") == []
    with pytest.raises(numbers.NumberTaken):
        hold("0521")
    assert number_pool.offer([a_number("0521")], actor=operator) == 1
    assert len(search(tail="0521")) == 1


def test_changed_rules_reach_free_numbers_only(shop):
    hold("7755")
    NumberGrade.objects.filter(code="aabb").update(pattern="AABC")
    NumberGrade.objects.filter(code="abab").update(withheld=True)
    assert number_pool.regrade() >= 1
    assert Number.objects.get(pk=a_number("7755")).grade.code == "aabb"
    assert state("2626") == "withheld"
