"""Where would a centre pay: counted from what was sent, compared with freight from next door."""

import csv
import io

import pytest

from fulfillment.models import FulfillmentOrder, FulfillmentState
from fulfillment.queries.areas import areas
from tests.fulfillment.house import CASE


@pytest.fixture
def sent(house):
    """Ten parcels within Shanghai at 8 yuan, thirty to Guangzhou at 20."""
    house.east.province = house.south.province = "上海"
    house.east.save()
    house.shelve(CASE, 50, house.east)
    for count, province, city, freight in ((10, "上海", "上海", 800), (30, "广东", "广州", 2000)):
        for _ in range(count):
            fo = house.parcel((CASE, 1), province=province, state=FulfillmentState.DELIVERED)
            wish = fo.demand.wish
            wish["destination"]["city"] = city
            fo.demand.save()
            FulfillmentOrder.objects.filter(pk=fo.pk).update(freight_fen=freight, distance_km=1200)
    return house


def later(house):
    return house.now.replace(day=house.now.day + 1)


def test_the_saving_is_the_freight_beyond_that_from_next_door(sent, settings):
    settings.CENTRE_MONTH_FEN = 30 * 1200 - 1
    first, second = areas(now=later(sent), days=30)
    assert (first.city, first.parcels, first.from_afar, first.saving_a_month_fen) == ("广州", 30, 30, 36_000)
    assert (first.pays, second.city, second.saving_fen, second.pays) == (True, "上海", 0, False)
    assert areas(now=later(sent), days=90)[0].saving_a_month_fen == 12_000
    assert areas(now=sent.now, days=30) == []


def test_the_page_is_for_operators_and_auditors(client, sent, freeze_at):
    freeze_at(later(sent))
    client.force_login(sent.user("op", "operator", sent.east))
    page = client.get("/ops/areas/", {"q": "广东"}).content.decode()
    assert ("广州" in page, "上海</strong>" in page) == (True, False)
    answer = client.get("/ops/areas/?format=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0] | {"city": "广州", "parcels": "30", "saving_a_month_fen": "36000"} == rows[0]
    assert "广州" in client.get("/ops/areas/", {"days": "nonsense"}).content.decode()
    client.force_login(sent.user("wh", "warehouse", sent.east))
    assert client.get("/ops/areas/").status_code == 403
