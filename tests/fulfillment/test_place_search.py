"""Among many stores every one is found by name, city or code, by whoever may choose it."""

import pytest

from fulfillment.models import StockCount, StockTransfer
from fulfillment.queries.places import PlaceAmbiguous, place_named
from members.models import Institution, StaffRole, User
from members.queries import InstitutionUnknown

EN = {"accept-language": "en"}
MANY = 130
LAST = f"st-{MANY:03d}"


@pytest.fixture
def chain(company):
    """A hundred and thirty stores in two cities; the last one has a name of its own."""
    Institution.objects.bulk_create(
        Institution(
            code=f"st-{n:03d}",
            path=f"carrier/st-{n:03d}/",
            kind="store",
            parent=company.carrier,
            name=f"第{n}营业厅" if n < MANY else "外滩旗舰店",
            name_en=f"Store {n}" if n < MANY else "Bund flagship",
            province="上海" if n < MANY else "浙江",
            city="上海" if n < MANY else "宁波",
        )
        for n in range(1, MANY + 1)
    )
    return company


@pytest.fixture
def sign_in(client, company):
    def enter(role, code=""):
        place = Institution.objects.filter(code=code).first() or company.carrier
        user = User.objects.create_user(username=role + code, is_staff=True)
        StaffRole.objects.create(user=user, institution=place, role=role)
        client.force_login(user)
        return client

    return enter


def found(client, purpose, words):
    text = client.get(f"/stock/places/{purpose}/", {"q": words}, headers=EN).content.decode()
    return text, [part.partition('"')[0] for part in text.split('data-value="')[1:]]


@pytest.mark.parametrize("words", ["外滩", "flagship", "宁波", LAST, LAST.upper(), "宁波 旗舰", "bund 浙江"])
def test_a_place_beyond_the_sixtieth_is_found(chain, sign_in, words):
    for purpose in ("count", "receive", "give"):
        assert found(sign_in("operator", "x" + purpose), purpose, words)[1] in ([LAST], [LAST, "mc"])


def test_too_many_are_cut_and_it_is_said(chain, sign_in):
    text, codes = found(sign_in("operator"), "count", "上海")
    assert len(codes) == 20
    assert "There are more" in text
    text, codes = found(sign_in("auditor"), "give", "nowhere")
    assert codes == []
    assert "No place fits." in text


def test_who_works_at_one_place_finds_no_other_of_its_own(chain, sign_in):
    clerk = sign_in("clerk", LAST)
    assert found(clerk, "count", "")[1] == [LAST]
    assert found(clerk, "receive", "第1营业厅")[1] == []
    assert found(clerk, "give", "第1营业厅")[1] == ["st-001"]


def test_it_is_for_who_works_with_goods(chain, sign_in, client):
    assert client.get("/stock/places/count/").status_code == 302
    assert sign_in("courier").get("/stock/places/count/").status_code == 403
    assert sign_in("operator").get("/stock/places/weather/").status_code == 404


def test_few_places_are_a_list_and_many_a_field_that_searches(chain, sign_in):
    many = sign_in("operator").get("/stock/counts/", headers=EN).content.decode()
    assert 'data-url="/stock/places/count/"' in many
    assert "<option" not in many.partition('id="begin"')[2]
    few = sign_in("store_manager", LAST).get("/stock/counts/", headers=EN).content.decode()
    assert f'<option value="{LAST}">Bund flagship ({LAST})</option>' in few


@pytest.mark.parametrize(("path", "purpose"), [("/ops/", "house"), ("/store/", "counter")])
def test_the_switch_of_the_pages_of_a_place_searches_too(chain, sign_in, path, purpose):
    operator = sign_in("operator")
    page = operator.get(path, {"place": LAST}, headers=EN)
    assert page.context["place"].code == LAST
    text = page.content.decode()
    assert f'data-url="/stock/places/{purpose}/"' in text
    assert text.count("menu__item") < 10
    assert found(operator, purpose, "外滩")[1] == [LAST]
    store = sign_in("store_manager", LAST).get(path, headers=EN).content.decode()
    assert "/stock/places/" not in store


def test_what_was_typed_and_not_chosen_is_understood_where_it_says_one_place(chain, sign_in):
    chain.places["st-130"] = Institution.objects.get(code=LAST)
    chain.goods("CASE-1")
    chain.put("st-130", **{"CASE-1": 2})
    operator = sign_in("operator")
    operator.post("/stock/counts/begin/", {"place": "外滩", "skus": "case-1"})
    assert StockCount.objects.get().location.code == LAST
    wish = {"from": "ST-130", "to": "第7营业厅", "lines": "case-1 1"}
    operator.post("/stock/transfers/new/", wish)
    assert StockTransfer.objects.get().to_location.code == "st-007"
    text = operator.post("/stock/transfers/new/", wish | {"to": "上海"}, headers=EN).content.decode()
    assert "Several places fit “上海”" in text
    assert "place_ambiguous" in text
    text = operator.post("/stock/counts/begin/", {"place": " "}, follow=True, headers=EN).content.decode()
    assert "institution_unknown" in text


def test_a_name_is_looked_for_below_the_paths_only(chain):
    assert place_named("外滩", paths=["carrier/"]).code == LAST
    with pytest.raises(InstitutionUnknown):
        place_named("外滩", paths=["carrier/st-001/"])
    with pytest.raises(InstitutionUnknown):
        place_named("外滩", paths=[])
    with pytest.raises(PlaceAmbiguous):
        place_named("营业厅")


def test_a_search_is_one_statement(chain, sign_in, django_assert_max_num_queries):
    operator = sign_in("operator")
    found(operator, "count", "x")
    with django_assert_max_num_queries(4):  # session, user, roles, places
        found(operator, "count", "营业厅")
