"""Missing and damaged at the stations, with the keyboard alone."""

import pytest

from fulfillment.models import FulfillmentState, SerialUnit, StockMovement, WallSlot
from fulfillment.services import picking, waves
from tests.fulfillment.house import CASE, PHONE

S = FulfillmentState


@pytest.fixture
def at_work(client, house):
    client.force_login(house.user("wh1", "warehouse", house.east))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def type_in(at_work):
    """type_in("pick", "M", "3"): one after the other into the station's field; the last verdict."""

    def enter(station, *texts):
        hidden = {}
        for text in texts:
            page = at_work.get(f"/ops/station/{station}/", hidden)
            sent = {name: str(value) for name, value in page.context["prompt"].hidden.items() if value}
            answer = at_work.post(f"/ops/station/{station}/", sent | {"code": text})
            hidden = {name: value for name, value in answer.context["prompt"].hidden.items() if value}
        return answer.context["verdict"]

    return enter


@pytest.fixture
def wave(house):
    return lambda: waves.build(location_id=house.east.pk, now=house.now)[0]


@pytest.fixture
def picked(house, wave, worker_east):
    """A parcel of the wave with its goods in the tote."""

    def parcel(*lines, serials=()):
        fo = house.parcel(*lines)
        wave()
        left = list(serials)
        for task in fo.lines.order_by("pk"):
            scans = [left.pop(0) for _ in range(task.quantity)] if task.serial_kind else [task.sku]
            for text in scans:
                picking.pick(
                    actor=worker_east,
                    location_id=house.east.pk,
                    task_id=task.pick_task.pk,
                    scanned=text,
                    now=house.now,
                )
        fo.refresh_from_db()
        assert fo.state == S.PICKED
        return fo

    return parcel


def test_one_key_at_the_bin_books_nothing(house, wave, type_in):
    house.shelve(CASE, 5, house.east)
    house.parcel((CASE, 5))
    wave()
    assert type_in("pick", "M").text == "How many are there?"
    assert type_in("pick", "M", "X").text == "Nothing was reported."
    assert not StockMovement.objects.filter(to_place="loss").exists()


@pytest.mark.parametrize(
    ("typed", "code"), [("6", "units_invalid"), ("abc", "units_invalid"), ("5", "nothing_lacks")]
)
def test_what_is_no_shortage_is_refused_at_the_bin(house, wave, type_in, typed, code):
    house.shelve(CASE, 5, house.east)
    house.parcel((CASE, 5))
    wave()
    assert type_in("pick", "M", typed).code == code
    assert not StockMovement.objects.filter(to_place="loss").exists()


def test_two_damaged_of_five_and_the_key_takes_them_back(house, wave, type_in):
    house.shelve(CASE, 5, house.east)
    fo = house.parcel((CASE, 5))
    wave()
    assert type_in("pick", "M", "D", "3").text.startswith("Reported: 2 pieces")
    assert StockMovement.objects.get(reason="damaged").quantity == 2
    assert type_in("pick", "U").text == "Taken back"
    assert fo.lines.get().quantity == 5


def test_a_damaged_device_at_the_bin_is_scanned_and_another_one_taken(house, wave, type_in):
    imei = house.phones(2, house.east)[0]
    house.parcel((PHONE, 1))
    wave()
    assert type_in("pick", "M", "D", imei).text == "Put aside. Take another one."
    assert SerialUnit.objects.get(serial=imei).state == "quarantine"


def test_goods_lost_on_the_way_to_the_wall(house, picked, type_in):
    WallSlot.objects.create(location=house.east, code="A1", position=1)
    house.shelve(CASE, 3, house.east)
    imei = house.phones(1, house.east)[0]
    fo = picked((CASE, 3), (PHONE, 1), serials=[imei])
    assert type_in("sort", "M", CASE, "1").text.startswith("Reported: 2 pieces")
    assert fo.lines.get(sku=CASE).quantity == 1
    assert type_in("sort", CASE).tone == "ok"
    assert type_in("sort", "M", imei).text.startswith("Reported: 1 piece")
    assert SerialUnit.objects.get(serial=imei).state == "quarantine"
    assert type_in("sort", "U").text == "Taken back"
    assert SerialUnit.objects.get(serial=imei).state == "claimed"
    assert fo.lines.count() == 2


def test_goods_that_are_nobodys_are_refused_at_the_wall(house, picked, type_in):
    WallSlot.objects.create(location=house.east, code="A1", position=1)
    picked((CASE, 1))
    assert type_in("sort", "M", "NOBODYS").code == "not_in_work"


def test_a_broken_device_at_the_packing_table(house, picked, type_in):
    imei = house.phones(1, house.east)[0]
    fo = picked((CASE, 1), (PHONE, 1), serials=[imei])
    assert type_in("pack", fo.code, "M", "D", PHONE).code == "short_serials"
    assert type_in("pack", fo.code, "M", "D", imei).text.startswith("Reported: 1 piece")
    fo.refresh_from_db()
    assert (fo.state, [line.sku for line in fo.lines.all()]) == (S.PICKED, [CASE])
    assert SerialUnit.objects.get(serial=imei).events.get().reason == "damaged"
    assert type_in("pack", "U").text == "Taken back"
    assert SerialUnit.objects.get(serial=imei).state == "claimed"


def test_a_parcel_that_lacks_its_only_article_goes_elsewhere_from_the_packing_table(house, picked, type_in):
    house.shelve(CASE, 1, house.east)
    fo = picked((CASE, 1))
    assert type_in("pack", fo.code, "M", "0").text == "Reported. Another location is being found."
    fo.refresh_from_db()
    assert fo.state == S.SHORT
