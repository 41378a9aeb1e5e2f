"""Two equal requests of a channel at once are one order, whoever is first."""

from functools import partial

import pytest

from orders.models import OrderIntake
from tests.support import ordering
from tests.support.at_once import at_once
from tests.support.demo import NOON
from tests.support.ordering import TEA, post

CALLERS = 4
pytestmark = [
    pytest.mark.race,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


def test_one_order_and_nobody_is_told_another(freeze_at):
    freeze_at(NOON)
    wanted, before = ordering.body(TEA), ordering.reserved(TEA)
    answers = at_once(*[partial(post, wanted)] * CALLERS)
    placed = {answer.json()["number"] for answer in answers if answer.status_code == 201}
    others = {answer.json()["error"]["code"] for answer in answers if answer.status_code != 201}
    assert others <= {"request_still_running"}
    assert placed == {OrderIntake.objects.get().number}
    assert ordering.reserved(TEA) == before + 1
    assert {post(wanted).json()["number"]} == placed


def test_the_race_is_real_where_each_request_has_a_reference_of_its_own(freeze_at):
    freeze_at(NOON)
    wanted = ordering.body(TEA)
    answers = at_once(*(partial(post, wanted | {"reference": f"own-{n}"}) for n in range(CALLERS)))
    assert [answer.status_code for answer in answers] == [201] * CALLERS
    assert OrderIntake.objects.count() == CALLERS
