"""Who sees an order: the list's rule and the rule asked of one order are the same rule."""

import pytest

from members.actors import SYSTEM, VISITOR, Actor, Grant, Role
from members.queries import institution_by_code
from orders.models import OrderIntake
from orders.queries import orders
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import STORE, TEA, order

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def staff(role: str, path: str) -> Actor:
    return Actor(user_id=-1, name="staff", grants=frozenset({Grant(role, 0, path)}))


def actors():
    store = institution_by_code(STORE)
    yield from (SYSTEM, VISITOR, Actor(user_id=ordering.user().pk), Actor(user_id=-1))
    yield Actor(name="partner", institution_id=store.id)
    yield Actor(name="partner")
    for role in Role.values:
        yield staff(role, store.path)
        yield staff(role, "/elsewhere/")


def test_both_rules_say_the_same():
    one, other = (order(TEA).order_number for _ in range(2))
    OrderIntake.objects.filter(number=other).update(
        institution_id=institution_by_code(STORE).id, caller="partner", member_id=None
    )
    seen = []
    for actor in actors():
        for mine in ((), (one,), (other,)):
            listed = set(orders.visible_to(actor, session_numbers=mine).values_list("number", flat=True))
            for number in (one, other):
                found = sees(actor, number, mine)
                assert found == (number in listed), (actor, mine, number)
                seen.append(found)
    assert set(seen) == {True, False}


def sees(actor: Actor, number: str, mine) -> bool:
    try:
        return orders.one(actor, number, session_numbers=mine).number == number
    except orders.OrderUnknown:
        return False


def test_an_order_with_lines_and_history_in_three_statements(django_assert_num_queries):
    number = order(TEA).order_number
    with django_assert_num_queries(3):
        found = orders.one(SYSTEM, number)
        assert [line.intake_id for line in found.terms.all()] == [found.pk]
        assert [event.after for event in found.events.all()] == [found.state]
    kept = OrderIntake.objects.get(number=number)
    columns = [field.attname for field in OrderIntake._meta.concrete_fields]
    assert [getattr(found, name) for name in columns] == [getattr(kept, name) for name in columns]
