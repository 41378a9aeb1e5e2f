"""The operator's pages: the queue, an order on the map with its tools, the tariff."""

import re
from datetime import timedelta

import pytest

from fulfillment.models import (
    FulfillmentDemand,
    FulfillmentOrder,
    PickupProposal,
    RoutingWeights,
    TariffRate,
)
from fulfillment.queries.map_layout import CLEAR, Frame, apart
from fulfillment.queries.route_map import route_map
from fulfillment.services import acceptance, fulfil
from members.models import StaffRole, User
from tests.support.goods import SHANGHAI, follow_up

EN = {"accept-language": "en"}


def signed_in(client, company, role, place="carrier"):
    user = User.objects.create_user(username=role, password="x", is_staff=True)
    StaffRole.objects.create(user=user, institution=company.places.get(place, company.carrier), role=role)
    client.force_login(user)
    return client


@pytest.fixture
def operator(client, company):
    return signed_in(client, company, "operator")


@pytest.fixture
def stuck(company, now):
    """Two a wanted; st-a has two, st-b one; nobody takes part."""
    company.put("st-a", a=2)
    company.put("st-b", a=1)
    company.hold("o1", {"a": 2})
    for code in company.places:
        company.profile(code, is_open=False)
    fulfil.request(order_number="o1", now=now)
    follow_up()
    return FulfillmentDemand.objects.get()


def test_the_queue_is_searched_and_filtered(operator, stuck):
    assert "o1" in operator.get("/routing/").content.decode()
    assert "o1" in operator.get("/routing/?q=上海&reason=no_location").content.decode()
    empty = operator.get("/routing/?reason=attempts_used", headers=EN).content.decode()
    assert "Nothing fits these filters" in empty


def test_an_empty_queue_says_so(operator):
    assert "Nothing waits for you" in operator.get("/routing/", headers=EN).content.decode()


def test_the_order_s_page_shows_map_reasons_and_tools(operator, stuck):
    page = operator.get("/routing/o1/", headers=EN).content.decode()
    assert "<svg" in page
    assert "takes no part in routing" in page
    assert 'id="force"' in page
    assert 'name="units:1:st-a"' in page


def test_forcing_from_the_page(operator, stuck):
    answer = operator.post("/routing/o1/force/", {"place": "st-a", "reason": "phone"}, follow=True)
    assert answer.redirect_chain == [("/routing/o1/", 302)]
    assert FulfillmentOrder.objects.get().location.code == "st-a"
    assert 'id="force"' not in operator.get("/routing/o1/").content.decode()


def test_sharing_out_from_the_page(operator, stuck):
    fields = {"units:1:st-a": "1", "units:1:st-b": "1", "units:x:y": "4", "reason": "both"}
    operator.post("/routing/o1/split/", fields)
    assert FulfillmentOrder.objects.count() == 2


def test_a_refusal_is_told_with_its_code_and_nothing_is_done(operator, stuck):
    page = operator.post("/routing/o1/force/", {"place": "st-b", "reason": "x"}, follow=True, headers=EN)
    assert "location_short" in page.content.decode()
    page = operator.post("/routing/o1/give-up/", {"reason": " "}, follow=True)
    assert "reason_missing" in page.content.decode()
    assert FulfillmentDemand.objects.get().state == "exception"


def test_giving_up_and_routing_again_from_the_page(operator, stuck, company):
    company.profile("st-a", is_open=True)
    operator.post("/routing/o1/again/", {"all": "on"})
    follow_up()
    assert FulfillmentDemand.objects.get().state == "routed"


def test_asking_the_customer_from_the_page(operator, company, now):
    for code in ("st-a", "st-b"):
        company.put(code, a=1)
    place = company.places["st-a"].pk
    company.paid("o1", {"a": 1}, way="pickup", pickup_location_id=place, destination=None)
    fo = FulfillmentOrder.objects.get()
    acceptance.refuse(fulfillment_id=fo.pk, actor=company.staff("st-a", "clerk"), reason="x", now=now)
    page = operator.get("/routing/o1/", headers=EN).content.decode()
    assert "The customer is asked about st-b" in page
    assert 'id="force"' not in page
    operator.post("/routing/o1/ask/", {"place": "st-a"})
    operator.post("/routing/o1/ask/", {"place": "st-b"})
    assert PickupProposal.objects.filter(state="asked").count() == 1


@pytest.mark.parametrize("path", ["/routing/", "/routing/o1/", "/routing/tariffs/"])
def test_clerks_have_no_business_here(client, company, stuck, path):
    assert signed_in(client, company, "clerk", "st-a").get(path).status_code == 403


def test_an_auditor_reads_and_does_nothing(client, company, stuck):
    auditor = signed_in(client, company, "auditor")
    assert 'id="force"' not in auditor.get("/routing/o1/").content.decode()
    page = auditor.post("/routing/o1/force/", {"place": "st-a", "reason": "x"}, follow=True)
    assert "not_allowed" in page.content.decode()
    assert FulfillmentOrder.objects.count() == 0
    assert auditor.get("/routing/nothing/").status_code == 404
    assert auditor.post("/routing/o1/nonsense/").status_code == 404


def test_a_new_tariff_from_the_page(operator, now):
    day = (now.date() + timedelta(days=3)).isoformat()
    fields = dict(zip(("first_g", "first_fen", "step_g", "step_fen", "volumetric_divisor", "days"),
                      ("1000", "9.50", "1000", "2", "6000", "2"), strict=True))  # fmt: skip
    table = {f"near:{name}": value for name, value in fields.items()}
    wrong = operator.post("/routing/tariffs/", table | {"starts": day, "near:step_fen": "two"})
    assert wrong.status_code == 400
    assert "number_invalid" in wrong.content.decode()
    assert operator.post("/routing/tariffs/", table | {"starts": day}).status_code == 302
    assert TariffRate.objects.get(version=2).first_fen == 950
    operator.post("/routing/tariffs/withdraw/", {"zone": "near", "starts": day})
    assert TariffRate.objects.count() == 1


def test_a_gap_is_told_on_the_page(operator, now):
    TariffRate.objects.update(ends=now.date() + timedelta(days=5))
    day = (now.date() + timedelta(days=5)).isoformat()
    answer = operator.post("/routing/tariffs/", {"starts": day, "near:first_fen": ""})
    assert answer.status_code == 409
    assert "tariff_gap" in answer.content.decode()
    assert TariffRate.objects.count() == 1


# The map.
def test_the_map_shows_the_customer_the_candidates_and_the_choice(company, now):
    company.put("wh", a=1)
    company.put("st-a", a=1)
    story = {
        "kept": ["wh", "st-a"],
        "dropped": [{"location": "st-c", "reason": "closed"}, {"location": "gone", "reason": "closed"}],
        "chosen": {"packages": [{"location": "wh", "via": ""}]},
    }
    drawn = route_map(story, SHANGHAI)
    assert [(m.code, m.role, m.number) for m in drawn.shown] == [
        ("wh", "chosen", 1),
        ("st-a", "candidate", 2),
    ]
    assert [leg.kind for leg in drawn.legs] == ["direct"]
    inside = [(m.x, m.y) for m in drawn.markers] + [drawn.door]
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in inside)
    assert len(re.findall("M", drawn.ground)) > 10
    assert {line.label[-1] for line in drawn.grid} == {"E", "N"}


def test_places_without_coordinates_make_no_map(company):
    company.places["wh"].__class__.objects.update(latitude=None, longitude=None)
    assert route_map({"kept": ["wh"]}, None) is None


def test_markers_do_not_cover_each_other():
    moved = apart([(400, 200)] * 6 + [(410, 205), (40, 40)])
    far = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for n, a in enumerate(moved) for b in moved[:n]]
    assert min(far) > CLEAR - 2
    assert moved[-1] == (40, 40)


def test_the_frame_holds_all_points_with_a_margin():
    points = [(121.4, 31.2), (113.3, 23.1), (87.6, 43.8)]
    frame = Frame.around(points)
    drawn = [frame.point(*point) for point in points]
    assert all(30 < x < 770 and 20 < y < 440 for x, y in drawn)


def test_new_weights_from_the_page(operator, now):
    day = (now.date() + timedelta(days=3)).isoformat()
    amounts = {
        "extra_package_fen": "7.50", "late_day_fen": "1.5", "refusal_fen": "0.6", "scarcity_fen": "0",
        "unfilled_fen": "30", "least_saving_fen": "1.5",
    }  # fmt: skip
    page = operator.get("/routing/weights/", headers=EN).content.decode()
    assert "Standard" in page
    wrong = operator.post("/routing/weights/", amounts | {"starts": day, "refusal_fen": "little"})
    assert (wrong.status_code, "number_invalid" in wrong.content.decode()) == (400, True)
    early = operator.post("/routing/weights/", amounts | {"starts": now.date().isoformat()})
    assert early.status_code == 409
    assert operator.post("/routing/weights/", amounts | {"starts": day}).status_code == 302
    assert RoutingWeights.objects.get().extra_package_fen == 750
    assert "planned" in operator.get("/routing/weights/", headers=EN).content.decode()
    operator.post("/routing/weights/withdraw/", {"starts": day})
    assert not RoutingWeights.objects.exists()


def test_weights_are_for_operators(client, company, now):
    stranger = signed_in(client, company, "warehouse", "wh")
    assert stranger.get("/routing/weights/").status_code == 403
    assert stranger.post("/routing/weights/", {}).status_code in (400, 403)
