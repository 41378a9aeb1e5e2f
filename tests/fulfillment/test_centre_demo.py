"""The demo company's figures: at the volume of a demo day one city pays, others do not, each says why."""

from datetime import timedelta

import pytest

from fulfillment.models import CentreProposal
from fulfillment.services.optimiser import centre_reckoning
from members.models import Institution
from tests.support.demo import NOON
from tests.support.sending import row_of, send_from

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
A_DAY = {"at": NOON - timedelta(days=1), "state": "delivered", "days": 1, "channel": "web"}


def send(code: str, orders: int, province: str, city: str, *, freight: int) -> None:
    place = Institution.objects.get(code=code)
    send_from(place, orders, province, city, ("CHARGER-65W", 1, 300), freight=freight, **A_DAY)


def test_a_demo_day_proposes_and_explains(freeze_at):
    """Shanghai has a good fifth of a thousand orders: 7.60 + 1.80 against 6.00 + 1.80 + 0.25 each."""
    freeze_at(NOON)
    send("wh-east", 150, "上海", "上海", freight=760)
    send("wh-east", 20, "浙江", "温州", freight=760)
    send("wh-south", 15, "广东", "佛山", freight=600)
    found = centre_reckoning.reckon_tonight(now=NOON)
    proposal = CentreProposal.objects.get()
    assert (proposal.city, proposal.saving_fen) == ("上海", 150 * 135 * 30)
    assert row_of(found, "温州")["verdict"] == "volume"
    assert (row_of(found, "佛山")["verdict"], row_of(found, "佛山")["near"]) == ("served", "wh-south")
    assert {row["verdict"] for row in found.centres} <= {"pays", "below"}
