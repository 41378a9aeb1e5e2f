"""The operator's pages: the queue, an order on the map with its tools, the tariff."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from fulfillment import optimiser_tasks
from fulfillment.models import (
    FulfillmentDemand,
    FulfillmentOrder,
    OptimiserRun,
    OptimiserSwitch,
    PickupProposal,
    RoutingWeights,
    ShadowPrice,
    TariffRate,
)
from fulfillment.queries import planning
from fulfillment.queries.map_layout import CLEAR, Frame, apart
from fulfillment.queries.route_map import route_map
from fulfillment.services import acceptance, exceptions, fulfil
from fulfillment.services.route import look
from fulfillment.services.routing import weights
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


def test_a_refused_tool_stands_open_as_it_was_filled_in(operator, stuck):
    fields = {"units:1:st-a": "2", "units:1:st-b": "1", "reason": "both of them"}
    page = operator.post("/routing/o1/split/", fields, headers=EN)
    assert page.status_code == 400
    text = page.content.decode()
    assert re.search(r'id="split"[^>]*data-auto-open', text)
    assert not re.search(r'id="force"[^>]*data-auto-open', text)
    assert "3 of a are shared out, 2 are open. (shares_differ)" in text
    assert 'value="both of them"' in text
    assert re.search(r'name="units:1:st-a" value="2"', text)
    assert FulfillmentOrder.objects.count() == 0


def test_somebody_else_was_faster(operator, stuck, company, now):
    exceptions.cancel(order_number="o1", actor=company.staff("carrier", "operator"), reason="x", now=now)
    page = operator.post("/routing/o1/force/", {"place": "st-a", "reason": "x"}, follow=True)
    assert page.redirect_chain == [("/routing/o1/", 302)]
    assert "demand_not_an_exception" in page.content.decode()
    assert FulfillmentOrder.objects.count() == 0


def test_what_is_picked_goes_on_when_the_rest_is_given_up(operator, company, now):
    """One parcel lies picked; the other one's units are nowhere any more."""
    company.put("st-a", a=1)
    company.put("st-b", b=1)
    company.paid("o1", {"a": 1, "b": 1})
    picked, short = FulfillmentOrder.objects.order_by("location__code")
    FulfillmentOrder.objects.filter(pk=picked.pk).update(state="picked")
    acceptance.refuse(fulfillment_id=short.pk, actor=company.staff("st-b", "clerk"), reason="x", now=now)
    follow_up()
    assert FulfillmentDemand.objects.get().state == "exception"
    operator.post("/routing/o1/give-up/", {"reason": "nobody has b"})
    picked.refresh_from_db()
    assert (picked.state, FulfillmentDemand.objects.get().state) == ("picked", "routed")
    page = operator.post("/routing/o1/force/", {"place": "st-b", "reason": "x"}, follow=True)
    assert "demand_not_an_exception" in page.content.decode()


def test_several_are_routed_again_at_once(operator, stuck, company):
    company.profile("st-a", is_open=True)
    page = operator.post("/routing/again/", {"order": ["o1", "gone"]}, follow=True, headers=EN)
    text = page.content.decode()
    assert "1 order is being routed once more." in text
    assert "gone: Nothing was reserved for order gone. (demand_unknown)" in text
    follow_up()
    assert FulfillmentDemand.objects.get().state == "routed"
    assert "Choose at least one order." in operator.post(
        "/routing/again/", follow=True, headers=EN
    ).content.decode()  # fmt: skip


def test_the_queue_is_a_file(operator, stuck):
    answer = operator.get("/routing/?format=csv&reason=no_location")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("order,channel,way,reason,code")
    assert [line.split(",")[0] for line in lines[1:]] == ["o1"]
    assert answer.rows == 1


def test_an_order_that_does_not_wait_is_found_by_its_number(operator, stuck, company):
    company.profile("st-a", is_open=True)
    operator.post("/routing/o1/again/", {"all": "on"})
    follow_up()
    page = operator.get("/routing/?q=o1", headers=EN).content.decode()
    assert "Order o1 does not wait" in page
    assert 'href="/routing/o1/"' in page
    told = operator.get("/routing/o1/", headers=EN).content.decode()
    assert "has to answer until" in told


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


@pytest.mark.parametrize("path", ["/routing/", "/routing/o1/", "/routing/tariffs/", "/routing/planning/"])
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
    late = operator.post("/routing/tariffs/", table | {"starts": day, "near:days": "400"}, headers=EN)
    assert "days at most 365" in late.content.decode()
    nowhen = operator.post("/routing/tariffs/", table | {"starts": "soon"})
    assert "day_invalid" in nowhen.content.decode()
    assert operator.post("/routing/tariffs/", table | {"starts": day}).status_code == 302
    assert TariffRate.objects.get(version=2).first_fen == 950
    operator.post("/routing/tariffs/withdraw/", {"zone": "near", "starts": day})
    assert TariffRate.objects.count() == 1


@pytest.mark.parametrize("path", ["tariffs", "weights"])
def test_a_colleague_s_version_is_not_taken_back_unseen(operator, now, path):
    day = (now.date() + timedelta(days=3)).isoformat()
    form = {"starts": day} | (
        {f"near:{name}": "1000" for name in ("first_g", "first_fen", "step_g", "step_fen")}
        | {"near:volumetric_divisor": "6000", "near:days": "2"}
        if path == "tariffs"
        else dict.fromkeys(vars(weights.standard()), "1")
    )
    assert operator.post(f"/routing/{path}/", form).status_code == 302
    page = operator.get(f"/routing/{path}/").content.decode()
    dialog = page.split(f'action="/routing/{path}/withdraw/"')[1].split("</form>")[0]
    told = dict(re.findall(r'name="(seen|starts|zone)" value="([^"]+)"', dialog))
    assert operator.post(f"/routing/{path}/", form).status_code == 302  # by a colleague
    back = f"/routing/{path}/withdraw/"
    assert "table_changed" in operator.post(back, told, follow=True).content.decode()
    rows = (TariffRate if path == "tariffs" else RoutingWeights).objects.filter(starts=day)
    assert rows.exists()
    fresh = re.search(r'name="seen" value="([^"]+)"', operator.get(f"/routing/{path}/").content.decode())[1]
    operator.post(back, told | {"seen": fresh})
    assert not rows.exists()


def test_a_colleague_s_table_is_not_replaced_unseen(operator, now):
    page = operator.get("/routing/tariffs/").content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    day = (now.date() + timedelta(days=3)).isoformat()
    values = ("1000", "9.50", "1000", "2", "6000", "2")
    names = ("first_g", "first_fen", "step_g", "step_fen", "volumetric_divisor", "days")
    table = {f"near:{name}": value for name, value in zip(names, values, strict=True)}
    table |= {"starts": day, "seen": seen}
    assert operator.post("/routing/tariffs/", table).status_code == 302
    again = operator.post("/routing/tariffs/", table | {"near:first_fen": "1.00"})
    assert again.status_code == 409
    text = again.content.decode()
    assert "table_changed" in text
    assert TariffRate.objects.get(version=2).first_fen == 950
    fresh = re.search(r'name="seen" value="([^"]+)"', text)[1]
    table |= {"near:first_fen": "1.00", "seen": fresh}
    assert operator.post("/routing/tariffs/", table).status_code == 302


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


def test_an_address_without_coordinates_is_not_on_the_map_and_the_page_says_so(operator, company, now):
    nowhere = replace(SHANGHAI, latitude=None, longitude=None)
    company.put("wh", a=1)
    company.hold("o7", {"a": 1}, destination=nowhere)
    company.profile("wh", is_open=False)
    fulfil.request(order_number="o7", now=now)
    follow_up()
    page = operator.get("/routing/o7/", headers=EN)
    assert page.status_code == 200
    text = page.content.decode()
    assert "This address has no coordinates" in text
    assert "route-map__door" not in text
    drawn = route_map({"kept": ["wh"], "chosen": {"packages": [{"location": "wh", "via": ""}]}}, nowhere)
    assert (drawn.door, drawn.legs) == (None, ())
    operator.post("/routing/o7/force/", {"place": "wh", "reason": "phone"})
    assert FulfillmentOrder.objects.get().location.code == "wh"
    told = operator.get("/routing/o7/", headers=EN).content.decode()
    assert "0.0 km" not in told
    assert "sets of places compared" not in told


def test_the_map_shows_what_was_chosen_by_hand(operator, stuck):
    fields = {"units:1:st-a": "1", "units:1:st-b": "1", "reason": "both"}
    operator.post("/routing/o1/split/", fields)
    told = operator.get("/routing/o1/", headers=EN).content.decode()
    assert told.count("route-map__marker--chosen") == 2
    assert told.count("route-map__leg--direct") == 2


def test_giving_up_wants_a_reason_in_its_own_words(operator, stuck):
    told = operator.post("/routing/o1/give-up/", {"reason": " "}, headers=EN).content.decode()
    assert "Say why: the reason is kept with the order. (reason_missing)" in told
    assert re.search(r'id="give-up"[^>]*data-auto-open', told)


def test_the_map_tells_a_truck_from_a_courier(company):
    company.put("wh", a=1)
    story = {"kept": ["wh"], "chosen": {"packages": [{"location": "wh", "via": "st-a"}]}}
    drawn = route_map(story, SHANGHAI)
    assert [leg.kind for leg in drawn.legs] == ["trunk", "last"]
    assert drawn.has_trunk
    assert not route_map({"kept": ["wh"]}, SHANGHAI).has_trunk


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


# The optimiser's jobs.
def test_a_job_is_switched_off_and_on_and_its_runs_are_told(operator, stuck, now, settings):
    settings.ROUTING_REEVALUATION = True
    optimiser_tasks.reevaluate_routes()
    page = operator.get("/routing/planning/", headers=EN).content.decode()
    assert "nothing waited" in page
    operator.post("/routing/planning/reevaluation/", {"on": "0"})
    assert OptimiserSwitch.objects.get().is_on is False
    assert not planning.is_on("reevaluation")
    OptimiserRun.objects.all().delete()
    optimiser_tasks.reevaluate_routes()
    assert not OptimiserRun.objects.exists()
    settings.ROUTING_REEVALUATION = False
    operator.post("/routing/planning/reevaluation/", {"on": "1"})
    optimiser_tasks.reevaluate_routes()
    assert OptimiserRun.objects.get().kind == "reevaluation"
    lines = b"".join(operator.get("/routing/planning/?format=csv").streaming_content).decode().splitlines()
    assert len(lines) == 2


def test_switched_off_prices_are_silent_at_once(operator, company, now, settings):
    settings.ROUTING_SHADOW_PRICES = True
    company.put("wh", a=2)
    ShadowPrice.objects.create(location=company.places["wh"], sku="a", fen=400)
    assert look(company.wish("o9", {"a": 1}), now=now).is_priced
    assert (
        "is used while the job is off" not in operator.get("/routing/planning/", headers=EN).content.decode()
    )
    operator.post("/routing/planning/prices/", {"on": "0"})
    assert "is used while the job is off" in operator.get("/routing/planning/", headers=EN).content.decode()
    assert not look(company.wish("o9", {"a": 1}), now=now).is_priced
    settings.ROUTING_SHADOW_PRICES = False
    operator.post("/routing/planning/prices/", {"on": "1"})
    assert look(company.wish("o9", {"a": 1}), now=now).is_priced


def test_only_operators_switch(client, company):
    auditor = signed_in(client, company, "auditor")
    assert "data-open-dialog" not in auditor.get("/routing/planning/").content.decode()
    page = auditor.post("/routing/planning/prices/", {"on": "0"}, follow=True)
    assert "not_allowed" in page.content.decode()
    assert not OptimiserSwitch.objects.exists()


def test_a_job_that_is_not_there(operator):
    page = operator.post("/routing/planning/weather/", {"on": "1"}, follow=True)
    assert "optimiser_job_unknown" in page.content.decode()
