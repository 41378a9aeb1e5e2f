"""Numbers on the dealer's and the branch's pages, used as their people use them."""

import pytest
from django.test import Client

from catalog.demo_goods.numbers import load_grades
from catalog.models import Number, NumberAllotment, NumberGrade
from catalog.services.number_pool import stock_block
from fulfillment.models import DealerOrder, DealerTerms
from tests.support.dealing import CASE, NOW, Dealing
from tests.support.signed_in import door, ordered, text

FIELD = "numbers|江苏|无锡|plain"
PAIRS = "numbers|江苏|无锡|aa"
FORM = "/dealers/at/dl/new/"
NUMBERS = "/dealers/at/dl/numbers/"


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    load_grades()
    stock_block(prefix="1381265", province="江苏", city="无锡", lines=[*range(9012, 9020), 9511, 9522])
    stock_block(prefix="1381613", province="上海", city="上海", lines=[9071])
    stock_block(prefix="1381402", province="江苏", city="南京", lines=[9071])
    made = Dealing()
    type(made.shop).objects.filter(pk=made.shop.pk).update(province="江苏", city="无锡")
    return made


@pytest.fixture
def dealer(dealing) -> Client:
    return door("dora", "partner", dealing.shop)


@pytest.fixture
def branch(dealing) -> Client:
    return door("bert", "store_manager", dealing.office)


def approved(dealer: Client, branch: Client, typed: dict[str, str]) -> DealerOrder:
    order = ordered(dealer, typed)
    assert branch.post(f"/dealers/orders/{order.number}/approve/").status_code == 302
    order.refresh_from_db()
    return order


def test_the_form_shows_what_is_free_in_the_dealers_city(dealing, dealer):
    page = dealer.get(FORM)
    assert page.context["number_city"] == "江苏|无锡"
    assert {each.wish.grade: each.free for each in page.context["number_articles"]}["plain"] == 6
    assert FIELD in text(page)
    other = dealer.post(FORM, {"action": "filter", "number_city": "江苏|南京", FIELD: "3"})
    assert [each.wish.city for each in other.context["number_articles"]] == ["南京"]
    assert f'name="{FIELD}" value="3"' in text(other)


def test_only_numbers_of_the_dealers_province_are_offered(dealing, dealer):
    page = dealer.post(FORM, {"action": "filter", "number_city": "上海|上海"})
    assert [value for value, _label in page.context["number_cities"]] == ["江苏|南京", "江苏|无锡"]
    assert page.context["number_city"] == "江苏|无锡"
    elsewhere = "numbers|上海|上海|plain"
    refused = dealer.post(FORM, {elsewhere: "1", "action": "review"})
    assert (refused.status_code, "Shanghai is not in Jiangsu" in text(refused)) == (422, True)
    assert elsewhere not in text(refused)


def test_an_order_keeps_the_name_of_a_grade_that_is_withheld_later(dealing, dealer):
    order = ordered(dealer, {PAIRS: "1"})
    shown = dealer.get(f"/dealers/orders/{order.number}/").context["numbers"][0][1].grade
    NumberGrade.objects.filter(code="aa").update(withheld=True)
    page = dealer.get(f"/dealers/orders/{order.number}/")
    assert page.context["numbers"][0][1].grade == shown != "aa"


def test_numbers_alone_from_the_form_to_the_list(dealing, dealer, branch):
    order = ordered(dealer, {FIELD: "2"})
    assert dealer.get(f"/dealers/orders/{order.number}/").context["numbers"][0][1].free == 6
    page = branch.post(f"/dealers/orders/{order.number}/approve/", follow=True)
    assert "The numbers are with the dealer" in text(page)
    assert "2 telephone numbers came" in text(page)
    listed = dealer.get(f"{NUMBERS}?order={order.number}")
    assert len(listed.context["rows"]) == 2
    assert listed.context["rows"][0]["days"] == 90
    file = dealer.get(f"{NUMBERS}?order={order.number}&format=csv")
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("number,state,grade")
    assert len(lines) == 3


def test_goods_and_numbers_are_reviewed_together(dealing, dealer):
    review = dealer.post(FORM, {f"units-{CASE}": "2", FIELD: "2", PAIRS: "3", "action": "review"})
    assert (review.context["total"], review.context["many"]) == (60_00, 5)
    assert [each.is_short for each in review.context["numbers"]] == [True, False]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({FIELD: "x"}, "number_quantity_invalid"),
        ({FIELD: "-1"}, "number_quantity_invalid"),
        ({"numbers|江苏|火星|plain": "1"}, "numbers_not_for_dealers"),
        ({FIELD: "201"}, "number_limit_exceeded"),
        ({FIELD: ""}, "dealer_order_empty"),
        ({"numbers|x": "1"}, "dealer_order_empty"),
    ],
)
def test_wrong_input_is_said_and_stays_in_the_form(dealing, dealer, typed, code):
    page = dealer.post(FORM, typed | {"action": "review"})
    assert page.status_code == 422
    assert code in text(page)
    assert not DealerOrder.objects.exists()


def test_an_order_beyond_the_limit_says_that_it_would_wait(dealing, dealer):
    DealerTerms.objects.filter(pk=dealing.shop.pk).update(number_limit=3)
    ordered(dealer, {FIELD: "2"})
    review = dealer.post(FORM, {FIELD: "2", "action": "review"})
    assert "as soon as enough numbers are sold or given back" in text(review)
    order = ordered(dealer, {FIELD: "2"})
    assert order.hold_reason == "numbers"
    page = text(dealer.get(f"/dealers/orders/{order.number}/"))
    assert "too many telephone numbers" in page
    assert "Check credit" not in page
    DealerTerms.objects.filter(pk=dealing.shop.pk).update(number_limit=9)
    said = text(dealer.post(f"/dealers/orders/{order.number}/check/", follow=True))
    assert "Nothing holds it any more" in said
    assert "The credit covers it" not in said


def test_an_approval_of_goods_and_numbers_says_both(dealing, dealer, branch):
    dealing.stock(CASE, 4)
    order = ordered(dealer, {f"units-{CASE}": "2", FIELD: "2"})
    said = text(branch.post(f"/dealers/orders/{order.number}/approve/", follow=True))
    assert "The goods are promised and being routed" in said
    assert "The numbers are with the dealer" in said


def test_the_branch_is_asked_before_it_approves_what_there_is(dealing, dealer, branch):
    order = ordered(dealer, {PAIRS: "5"})
    at = f"/dealers/orders/{order.number}/"
    assert 'id="fewer"' in text(branch.get(at))
    assert 'id="fewer"' not in text(dealer.get(at))
    refused = branch.post(f"{at}approve/")
    assert refused.status_code == 422
    assert "numbers_short" in text(refused)
    assert branch.post(f"{at}approve-fewer/").status_code == 302
    assert "3 telephone numbers were not free" in text(branch.get(at))
    assert NumberAllotment.objects.count() == 2


def test_a_dealer_gives_back_what_it_ticked(dealing, dealer, branch):
    approved(dealer, branch, {FIELD: "2"})
    ticked = Number.objects.filter(dealer=dealing.shop.pk).earliest("pk")
    assert dealer.post(NUMBERS, {"step": "give-back"}).status_code == 422
    done = dealer.post(NUMBERS, {"step": "give-back", "number": str(ticked)}, follow=True)
    assert "1 number is in the pool again" in text(done)
    assert len(done.context["rows"]) == 1
    gone = dealer.get(f"{NUMBERS}?state=given_back")
    assert [each["row"].local for each in gone.context["rows"]] == [str(ticked)]
    again = dealer.post(NUMBERS, {"step": "give-back", "number": str(ticked)})
    assert (again.status_code, "numbers_not_free" in text(again)) == (422, True)


def test_a_branch_calls_back_with_a_reason_and_agrees_on_figures(dealing, dealer, branch):
    approved(dealer, branch, {FIELD: "2"})
    mine = [str(each) for each in Number.objects.filter(dealer=dealing.shop.pk)]
    assert "reason_missing" in text(branch.post(NUMBERS, {"step": "recall", "number": mine}))
    branch.post(NUMBERS, {"step": "recall", "number": mine, "reason": "another city needs them"})
    assert "another city needs them" in text(dealer.get(f"{NUMBERS}?state=recalled"))
    assert branch.post(NUMBERS, {"step": "terms", "number_limit": "x", "number_days": "9"}).status_code == 422
    branch.post(NUMBERS, {"step": "terms", "number_limit": "77", "number_days": "9"})
    assert DealerTerms.objects.get().number_limit == 77


def test_a_dealer_may_not_recall_or_agree_and_a_stranger_sees_nothing(dealing, dealer, branch):
    approved(dealer, branch, {FIELD: "1"})
    mine = str(Number.objects.get(dealer=dealing.shop.pk))
    assert dealer.post(NUMBERS, {"step": "recall", "number": mine, "reason": "x"}).status_code == 404
    assert dealer.post(NUMBERS, {"step": "terms", "number_limit": "9", "number_days": "9"}).status_code == 404
    stranger = door("sam", "partner", dealing.other)
    assert stranger.get(NUMBERS).status_code == 404
    assert stranger.post(NUMBERS, {"step": "give-back", "number": mine}).status_code == 404
    assert stranger.get(f"/serials/numbers/{mine}/").status_code == 404
    assert "dl" in text(dealer.get(f"/serials/numbers/{mine}/"))
    clerk = door("carl", "clerk", dealing.house)
    assert clerk.get(NUMBERS).status_code == 403


def test_money_people_read_and_change_nothing(dealing, dealer, branch):
    approved(dealer, branch, {FIELD: "1"})
    money = door("mia", "finance_clerk", dealing.carrier)
    page = money.get(NUMBERS)
    assert page.status_code == 200
    assert 'name="number"' not in text(page)
    mine = str(Number.objects.get(dealer=dealing.shop.pk))
    assert money.post(NUMBERS, {"step": "give-back", "number": mine}).status_code == 404


def test_filters_tabs_and_an_empty_list(dealing, dealer, branch):
    assert "No numbers yet" in text(dealer.get(NUMBERS))
    approved(dealer, branch, {FIELD: "3", PAIRS: "1"})
    assert len(dealer.get(f"{NUMBERS}?grade=aa").context["rows"]) == 1
    assert len(dealer.get(f"{NUMBERS}?tail=9013").context["rows"]) == 1
    assert "No number fits" in text(dealer.get(f"{NUMBERS}?tail=0000"))
    assert [tab["count"] for tab in dealer.get(NUMBERS).context["tabs"]] == [4, 4]
    assert dealer.get("/dealers/at/dl/").context["unsold_numbers"] == 4
    assert branch.get("/dealers/?q=dl").context["rows"][0][2].in_stock == 4


def tabs(page) -> dict[str, int]:
    return {tab["label"]: tab["count"] for tab in page.context["tabs"]}


def test_tabs_count_what_fits_the_other_filters(dealing, dealer, branch):
    first = approved(dealer, branch, {FIELD: "3"})
    approved(dealer, branch, {PAIRS: "1"})
    gone = str(Number.objects.filter(dealer=dealing.shop.pk, grade__code="plain").earliest("pk"))
    dealer.post(NUMBERS, {"step": "give-back", "number": gone})
    everything = {"With the dealer": 3, "To be sold": 3, "Given back by the dealer": 1}
    assert tabs(dealer.get(NUMBERS)) == everything
    assert tabs(dealer.get(f"{NUMBERS}?grade=aa")) == {"With the dealer": 1, "To be sold": 1}
    one = dealer.get(f"{NUMBERS}?order={first.number}")
    assert tabs(one) == {"All of this order": 3, "To be sold": 2, "Given back by the dealer": 1}
    assert len(one.context["rows"]) == 3


def test_the_list_takes_as_many_statements_for_many_as_for_few(
    dealing, dealer, branch, django_assert_max_num_queries
):
    approved(dealer, branch, {FIELD: "4", PAIRS: "2"})
    with django_assert_max_num_queries(22):
        dealer.get(NUMBERS)
