"""/ops/centres/: what operators see, decide and try; auditors read; nobody else comes in."""

import csv
import io
from datetime import timedelta
from urllib.parse import parse_qs, urlparse

import pytest

from fulfillment.models import CentreCosts, CentreProposal, CentreReckoning
from fulfillment.models.centres import LOST_AFTER
from members.models import StaffRole, User
from tests.support.sending import NOW, Country

EN = {"accept-language": "en"}
PATH = "/ops/centres/"


@pytest.fixture
def country(db, freeze_at):
    freeze_at(NOW)
    made = Country()
    made.send(10, "上海", "上海", ("A", 1, 800))
    made.send(4, "广东", "广州", ("A", 2, 2300), freight=2000, days=3)
    return made


@pytest.fixture
def sign_in(client, country):
    def enter(role="operator"):
        user = User.objects.create_user(username=role, is_staff=True)
        StaffRole.objects.create(user=user, institution=country.carrier, role=role)
        client.force_login(user)
        return client

    return enter


def text(client, path=PATH, **query) -> str:
    return client.get(path, query, headers=EN).content.decode()


def test_proposals_cities_and_centres_stand_on_the_page(sign_in, country):
    country.reckon()
    page = text(sign_in())
    assert "¥1,392.00" in page
    assert "volume 90 % of what is needed" in page
    assert "stands already: wh" not in page  # nothing was sent to Suzhou
    assert "the only one" in page
    assert f'href="{PATH}proposals/{CentreProposal.objects.get().pk}/"' in page
    assert 'class="centre-map__reach"' not in page  # it serves its own city only


def test_a_centre_below_its_cost_is_hinted_at(sign_in, country):
    country.place("wh-2", "warehouse", "江苏", "南京", handling=200)
    country.send(3, "上海", "上海", ("A", 1, 800), start="wh-2")
    country.reckon()
    page = text(sign_in())
    assert "Its volume no longer covers its cost" in page
    assert "A hint only" in page


def test_before_the_first_reckoning_the_page_says_so(sign_in):
    page = text(sign_in())
    assert "Nothing was reckoned yet" in page
    assert "Reckon now" in page


def test_nothing_was_sent(sign_in, country):
    country.reckon(NOW + timedelta(days=60))
    assert "No orders were sent in this time" in text(sign_in())


@pytest.mark.parametrize("role", ["warehouse_lead", "store_manager", "finance_clerk"])
def test_others_are_refused(sign_in, country, role):
    country.reckon()
    pk = CentreProposal.objects.get().pk
    client = sign_in(role)
    for path in ("", "proposals/", f"proposals/{pk}/", "costs/", "what-if/"):
        assert client.get(f"{PATH}{path}").status_code == 403, path


def test_an_auditor_reads_and_changes_nothing(sign_in, country):
    country.reckon()
    pk = CentreProposal.objects.get().pk
    client = sign_in("auditor")
    for path in ("", "proposals/", f"proposals/{pk}/", "costs/", "what-if/"):
        page = text(client, f"{PATH}{path}")
        assert 'method="post" action="/ops/' not in page, path
    decisions = [f"proposals/{pk}/{name}/" for name in ("accept", "dismiss", "give-up")]
    for path in ("reckon/", *decisions, "costs/", "costs/withdraw/"):
        day = {"starts": "2026-12-01", "ask_again_on": "2027-01-01", "reason": "x"}
        filled = dict.fromkeys(COSTS, "1")
        assert client.post(f"{PATH}{path}", filled | day).status_code == 403, path
    assert CentreProposal.objects.get().state == "open"


def test_the_table_is_searched_filtered_and_taken_along(sign_in, country):
    country.reckon()
    client = sign_in()
    page = text(client, q="guangz")
    assert "<strong>Guangzhou</strong>" in page
    assert "<strong>Shanghai</strong>" not in page
    page = text(client, verdict="volume")
    assert "<strong>Shanghai</strong>" in page
    assert "<strong>Guangzhou</strong>" not in page
    assert "Nothing fits these filters" in text(client, q="nowhere")
    answer = client.get(PATH, {"format": "csv", "q": "广州"})
    [row] = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert (row["city"], row["verdict"], row["saving_fen"]) == ("广州", "proposed", "139200")


def test_the_page_takes_the_same_statements_however_many_cities(
    sign_in, country, django_assert_num_queries, django_assert_max_num_queries
):
    country.reckon()
    client = sign_in()
    client.get(PATH)
    with django_assert_max_num_queries(14) as few:
        client.get(PATH)
    for city in ("深圳", "佛山", "东莞", "珠海"):
        country.send(1, "广东", city, ("A", 1, 800), freight=1100)
    country.reckon(NOW + timedelta(days=1))
    with django_assert_num_queries(len(few)):
        client.get(PATH)


def test_reckon_now_shows_its_progress_until_it_is_over(sign_in, country):
    client = sign_in()
    assert client.get(f"{PATH}reckon/").status_code == 405
    client.post(f"{PATH}reckon/")
    row = CentreReckoning.objects.get()
    assert row.asked_by
    page = text(client)
    assert "It waits for a worker" in page
    part = client.get(f"{PATH}reckonings/{row.pk}/", headers=EN)
    assert "HX-Refresh" not in part.headers
    CentreReckoning.objects.update(state="running", steps_done=2)
    assert 'aria-valuenow="2"' in text(client, f"{PATH}reckonings/{row.pk}/")
    CentreReckoning.objects.update(state="done", finished_at=NOW)
    assert client.get(f"{PATH}reckonings/{row.pk}/").headers["HX-Refresh"] == "true"


def test_a_reckoning_whose_worker_has_gone_does_not_lock_the_page(sign_in, country):
    client = sign_in()
    begun = NOW - LOST_AFTER
    row = CentreReckoning.objects.create(key="x", state="running", asked_at=begun, begun_at=begun)
    page = text(client)
    assert "A worker is reckoning anew" not in page
    assert 'data-open-dialog="reckon"' in page
    assert "ended with “no worker finished it in time”" in page
    assert client.get(f"{PATH}reckonings/{row.pk}/").headers["HX-Refresh"] == "true"
    client.post(f"{PATH}reckon/")
    assert sorted(CentreReckoning.objects.values_list("state", flat=True)) == ["failed", "waiting"]


def test_a_failed_reckoning_is_told(sign_in, country):
    CentreReckoning.objects.create(key="x", state="failed", failure="lost", asked_at=NOW, finished_at=NOW)
    assert "The last reckoning did not come to its end" in text(sign_in())


def test_the_reckoning_is_told_in_words_and_accepted(sign_in, country):
    country.reckon()
    proposal = CentreProposal.objects.get()
    client = sign_in()
    path = f"{PATH}proposals/{proposal.pk}/"
    page = text(client, path)
    assert "4 orders would have gone out from Guangzhou more cheaply: 4 parcels instead of 4." in page
    assert "is back in 1.2 months; 12 are allowed." in page
    assert "Enter the warehouse" not in page
    client.post(f"{path}accept/", {"note": "hall at the port"})
    page = text(client, path)
    assert "hall at the port" in page
    link = page.split('href="/admin/members/institution/add/?')[1].split('"')[0].replace("&amp;", "&")
    assert parse_qs(urlparse(f"?{link}").query)["city"] == ["广州"]
    assert parse_qs(link)["parent"] == [str(country.carrier.pk)]
    assert "open_dialog" not in page


def test_the_admins_form_is_filled_in(sign_in, country, client):
    country.reckon()
    proposal = CentreProposal.objects.get()
    sign_in().post(f"{PATH}proposals/{proposal.pk}/accept/")
    page = text(client, f"{PATH}proposals/{proposal.pk}/")
    address = page.split('href="/admin/members/institution/add/')[1].split('"')[0].replace("&amp;", "&")
    boss = User.objects.create_superuser(username="boss", password="x")
    client.force_login(boss)
    form = client.get(f"/admin/members/institution/add/{address}").content.decode()
    assert 'value="广州仓"' in form
    assert 'value="Guangzhou Warehouse"' in form


def test_a_refused_dismissal_keeps_what_was_typed(sign_in, country):
    country.reckon()
    pk = CentreProposal.objects.get().pk
    client = sign_in()
    path = f"{PATH}proposals/{pk}/dismiss/"
    answer = client.post(path, {"reason": "no hall", "ask_again_on": "soon"}, headers=EN)
    assert answer.status_code == 400
    assert 'value="no hall"' in answer.content.decode()
    assert "(day_invalid)" in answer.content.decode()
    client.post(path, {"reason": "no hall", "ask_again_on": "2027-03-01"})
    assert "Not proposed again before 2027-03-01" in text(client, f"{PATH}proposals/{pk}/")
    listed = text(client, f"{PATH}proposals/", q="hall")
    assert "Guangzhou" in listed
    answer = client.get(f"{PATH}proposals/", {"format": "csv"})
    assert b"no hall" in b"".join(answer.streaming_content)
    assert "Nothing fits these filters" in text(client, f"{PATH}proposals/", state="open")


def test_an_accepted_one_is_given_up_on_its_page(sign_in, country):
    country.reckon()
    pk = CentreProposal.objects.get().pk
    client = sign_in()
    path = f"{PATH}proposals/{pk}/"
    wanted = {"reason": "no lease", "ask_again_on": "2027-03-01"}
    early = client.post(f"{path}give-up/", wanted, follow=True, headers=EN)
    assert "(centre_proposal_not_accepted)" in early.content.decode()
    client.post(f"{path}accept/", {"note": "hall at the port"})
    answer = client.post(f"{path}give-up/", wanted | {"reason": ""}, headers=EN)
    assert answer.status_code == 400
    assert "(centre_reason_needed)" in answer.content.decode()
    client.post(f"{path}give-up/", wanted)
    page = text(client, path)
    assert "no lease" in page
    assert "Not proposed again before 2027-03-01" in page
    assert "hall at the port" in page
    assert "Enter the warehouse" not in page
    assert "no lease" in text(client, f"{PATH}proposals/", state="given_up", q="lease")
    answer = client.get(f"{PATH}proposals/", {"format": "csv"})
    [row] = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert (row["state"], row["ended_reason"]) == ("given_up", "no lease")


def test_a_built_one_says_when_its_centre_was_found(sign_in, country):
    country.reckon()
    pk = CentreProposal.objects.get().pk
    client = sign_in()
    client.post(f"{PATH}proposals/{pk}/accept/")
    country.place("wh-gz", "warehouse", "广东", "广州", handling=180)
    country.reckon(NOW + timedelta(days=1))
    page = text(client, f"{PATH}proposals/{pk}/")
    assert "the reckoning of 2026-11-22 12:00 was the first to find the centre" in page
    assert "Give up" not in page
    assert "found standing 2026-11-22 12:00" in text(client, f"{PATH}proposals/")


def test_an_unknown_proposal_is_not_found(sign_in):
    client = sign_in()
    assert client.get(f"{PATH}proposals/77/").status_code == 404
    assert client.post(f"{PATH}proposals/77/accept/").status_code == 404
    gone = {"reason": "x", "ask_again_on": "2027-03-01"}
    assert client.post(f"{PATH}proposals/77/give-up/", gone).status_code == 404


def test_other_figures_are_tried_and_nothing_is_kept(sign_in, country):
    country.reckon()
    before = CentreProposal.objects.values().get()
    client = sign_in()
    page = text(client, f"{PATH}what-if/", fixed="300", investment="1200", months="12")
    assert page.count(">proposed</span>") == 2  # 400.00 asked, 450.00 saved by Shanghai too
    assert page.count(">changed</span>") == 1
    page = text(client, f"{PATH}what-if/", covered="50", fixed="650")
    assert page.count(">proposed</span>") == 0  # 696.00 saved, 750.00 asked
    assert CentreProposal.objects.values().get() == before
    assert CentreReckoning.objects.count() == 1


def test_what_if_without_changes_is_the_reckoning(sign_in, country):
    country.reckon()
    page = text(sign_in(), f"{PATH}what-if/")
    assert ">changed</span>" not in page
    assert "volume 90 % of what is needed" in page


def test_the_untouched_form_of_what_if_is_taken_as_it_is(sign_in, country):
    """Fen in the amounts, and so few orders covered that nobody could ask for it."""
    country.costs(fixed_month_fen=40_050)
    country.reckon()
    row = CentreReckoning.objects.get()
    row.figures["covered"] = 0.004
    row.save(update_fields=["figures"])
    client = sign_in()
    page = text(client, f"{PATH}what-if/")
    names = ("fixed", "investment", "months", "covered")
    typed = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in names}
    assert typed == {"fixed": "400.50", "investment": "1200.00", "months": "12", "covered": "0.4"}
    answer = client.get(f"{PATH}what-if/", typed, headers=EN)
    assert answer.status_code == 200
    assert ">changed</span>" not in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "code"),
    [({"fixed": "much"}, "number_invalid"), ({"covered": "0"}, "centre_share_wrong"),
     ({"months": "0"}, "centre_costs_wrong"), ({"fixed": "-1"}, "centre_costs_wrong"),
     ({"fixed": "nan"}, "number_invalid")],
)  # fmt: skip
def test_wrong_figures_are_told_and_kept(sign_in, country, query, code):
    country.reckon()
    answer = sign_in().get(f"{PATH}what-if/", query, headers=EN)
    assert answer.status_code == 400
    assert f"({code})" in answer.content.decode()
    [(name, value)] = query.items()
    assert f'name="{name}" value="{value}"' in answer.content.decode()


def test_what_if_without_a_reckoning(sign_in):
    assert "No reckoning to start from" in text(sign_in(), f"{PATH}what-if/")


COSTS = {
    "fixed_month_fen": "300.50",
    "investment_fen": "1200",
    "handling_fen": "2",
    "unit_fen": "0.4",
    "assortment": "20",
    "horizon_days": "14",
    "payback_months": "18",
    "starts": "2026-12-01",
}


def test_a_new_version_of_the_costs_begins_on_its_day(sign_in, country):
    client = sign_in()
    client.post(f"{PATH}costs/", COSTS)
    first, second = CentreCosts.objects.order_by("starts")
    assert (first.ends, second.starts) == (second.starts, second.starts)
    assert (second.fixed_month_fen, second.unit_fen, second.version) == (30_050, 40, 2)
    assert "¥300.50" in text(client, f"{PATH}costs/")
    client.post(f"{PATH}costs/withdraw/", {"starts": "2026-12-01"})
    assert CentreCosts.objects.get().ends is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"starts": "2026-11-21"}, "centre_costs_in_past"), ({"starts": "x"}, "day_invalid"),
     ({"assortment": "1.5"}, "number_invalid"), ({"payback_months": "0"}, "centre_costs_wrong"),
     ({"unit_fen": ""}, "number_invalid"), ({"seen": "9-9"}, "table_changed")],
)  # fmt: skip
def test_wrong_costs_are_told_in_the_open_dialog(sign_in, country, wrong, code):
    answer = sign_in().post(f"{PATH}costs/", COSTS | wrong, headers=EN)
    assert f"({code})" in answer.content.decode()
    assert 'value="300.50"' in answer.content.decode()
    assert CentreCosts.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "code"), [("2026-01-01", "version_begun"), ("2026-01-02", "version_unknown")]
)
def test_costs_in_force_are_not_taken_back(sign_in, country, day, code):
    answer = sign_in().post(f"{PATH}costs/withdraw/", {"starts": day}, follow=True, headers=EN)
    assert f"({code})" in answer.content.decode()
    assert CentreCosts.objects.count() == 1


def test_a_colleagues_new_version_is_not_taken_back_unseen(sign_in, country):
    client = sign_in()
    client.post(f"{PATH}costs/", COSTS)
    form = text(client, f"{PATH}costs/").split('action="/ops/centres/costs/withdraw/"')[1].split("</form>")[0]
    told = {name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen", "starts")}
    client.post(f"{PATH}costs/", COSTS | {"handling_fen": "3"})
    answer = client.post(f"{PATH}costs/withdraw/", told, follow=True, headers=EN)
    assert "(table_changed)" in answer.content.decode()
    assert CentreCosts.objects.get(starts="2026-12-01").handling_fen == 300


def test_the_way_there_is_on_the_routing_pages_and_the_job_beside_the_others(sign_in):
    client = sign_in()
    page = text(client, "/routing/planning/")
    assert f'href="{PATH}"' in page
    assert "Every night at 03:40" in page
    assert f'href="{PATH}"' in text(client, "/staff/?stay")
