"""Four leads take the same account back at once: it is asked once."""

from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from fulfillment.models import AccountUndo, FulfillmentState, ProvisioningJob, SerialUnit
from fulfillment.services import account_opening, account_undo, sim_take
from members.actors import actor_of
from tests.fulfillment.house import SIM, House
from tests.support.at_once import at_once
from tests.support.goods import NOW, follow_up

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
LEADS = 4


@pytest.fixture
def pressed(freeze_at):
    """pressed(): every lead presses Y for the same open account; what each got."""
    freeze_at(NOW)
    house = House(NOW)
    house.cards(2, house.east)
    fo = house.parcel((SIM, 1), state=FulfillmentState.PICKED)
    leads = [actor_of(house.user(f"lead{n}", "warehouse_lead", house.east)) for n in range(LEADS)]
    where = {"location_id": house.east.pk, "code": fo.code, "now": NOW}
    card = SerialUnit.objects.order_by("pk").first().serial
    sim_take.take(actor=leads[0], iccid=card, **where)
    account_opening.request(actor=leads[0], **where)
    follow_up()

    def ask(lead) -> int:
        return account_undo.ask(actor=lead, reason="wrong card", **where).pk

    return lambda: at_once(*(partial(ask, lead) for lead in leads))


def test_four_presses_are_one_undo(pressed):
    assert len(set(pressed())) == 1
    assert AccountUndo.objects.count() == 1
    assert ProvisioningJob.objects.filter(kind="close_account").count() == 1


def test_without_the_parcels_lock_they_would_meet_in_the_table(pressed, monkeypatch):
    """The control: all four have looked before the first one writes; only the unique row stops three."""
    looked, real = Barrier(LEADS, timeout=20), account_undo._must_be_undoable

    def look(fo, actor):
        real(fo, actor)
        looked.wait()

    monkeypatch.setattr(account_undo, "_must_be_undoable", look)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_how: self)
    with pytest.raises(IntegrityError):
        pressed()
    assert AccountUndo.objects.count() == 1
