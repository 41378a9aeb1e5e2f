"""Centres: who asks, reckons, decides or publishes costs at the same time comes one after the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from fulfillment.models import CentreCosts, CentreProposal, CentreReckoning
from fulfillment.models.centres import LOST_AFTER
from fulfillment.services import centre_costs, dated_tables
from fulfillment.services.centres import asking, proposals
from fulfillment.services.optimiser import centre_reckoning
from omnichannel.kernel.errors import DomainError
from tests.support.crossing import until_one_waits
from tests.support.sending import COSTS, NOW, Country

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def country(freeze_at):
    freeze_at(NOW)
    made = Country()
    made.send(4, "广东", "广州", ("A", 2, 2300), freight=2000, days=3)
    return made


def one_after_the_other(first, second) -> str:
    """The second begins while the first one's transaction is still open; what became of it."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            waiting = pool.submit(_outcome, second)
            until_one_waits()
        return waiting.result(timeout=30)


def _outcome(work) -> str:
    try:
        with transaction.atomic():
            work()
        return "done"
    except DomainError as refusal:
        return refusal.code
    except DatabaseError:
        return "broken"
    finally:
        connection.close()


def works(country) -> dict:
    country.reckon()
    story = CentreProposal.objects.get().story
    stories = {("广东", "深圳"): story}
    starts = NOW.date() + timedelta(days=5)
    operator = country.actor()
    return {
        "ask": lambda: asking.ask(actor=operator, now=NOW),
        "keep": lambda: proposals.keep(stories, standing=(), now=NOW),
        "costs": lambda: centre_costs.publish(costs=COSTS, starts=starts, actor=operator, now=NOW),
    }


def counts() -> tuple[int, int, int]:
    return (
        CentreReckoning.objects.filter(state="waiting").count(),
        CentreProposal.objects.filter(state="open", city="深圳").count(),
        CentreCosts.objects.exclude(starts=date(2026, 1, 1)).count(),
    )


@pytest.mark.parametrize(("name", "made"), [("ask", (1, 0, 0)), ("keep", (0, 1, 0)), ("costs", (0, 0, 1))])
def test_the_second_waits_and_then_sees_the_first(country, name, made):
    work = works(country)[name]
    assert one_after_the_other(work, work) == "done"
    assert counts() == made


@pytest.mark.parametrize("name", ["ask", "keep", "costs"])
def test_the_race_is_real_without_waiting(country, name, monkeypatch):
    work = works(country)[name]
    monkeypatch.setattr(asking, "advisory_lock", lambda _name: None)
    monkeypatch.setattr(proposals, "advisory_lock", lambda _name: None)
    monkeypatch.setattr(dated_tables, "open_alone", lambda *_args, **_more: None)
    assert one_after_the_other(work, work) == "broken"


def decisions(country) -> list:
    country.reckon()
    told = {"proposal_id": CentreProposal.objects.get().pk, "actor": country.actor(), "now": NOW}
    return [
        lambda: proposals.accept(**told),
        lambda: proposals.dismiss(reason="no hall", ask_again_on=date(2027, 1, 1), **told),
    ]


def test_of_two_who_decide_one_is_told(country):
    accept, dismiss = decisions(country)
    assert one_after_the_other(accept, dismiss) == "centre_proposal_decided"
    assert CentreProposal.objects.get().state == "accepted"


def without_locks(monkeypatch) -> None:
    monkeypatch.setattr(proposals, "advisory_lock", lambda _name: None)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_more: self)


def test_without_the_locks_the_database_refuses_the_second(country, monkeypatch):
    accept, dismiss = decisions(country)
    without_locks(monkeypatch)
    assert one_after_the_other(accept, dismiss) == "broken"
    assert CentreProposal.objects.get().state == "accepted"


@pytest.mark.owner
def test_without_lock_and_trigger_the_second_would_win(country, monkeypatch):
    accept, dismiss = decisions(country)
    without_locks(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER centreproposal_keep ON fulfillment_centreproposal")
    try:
        assert one_after_the_other(accept, dismiss) == "done"
        assert CentreProposal.objects.get().state == "dismissed"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TRIGGER centreproposal_keep BEFORE UPDATE OR DELETE ON fulfillment_centreproposal"
                " FOR EACH ROW EXECUTE FUNCTION fulfillment_keep_centre_proposal()"
            )


def ending_late(country):
    """Its worker writes the end while somebody asks who takes it for lost; its row then."""
    row = asking.ask(actor=country.actor(), now=NOW)
    ended = CentreReckoning.objects.filter(pk=row.pk)
    outcome = one_after_the_other(
        lambda: ended.update(state="done", finished_at=NOW),
        lambda: asking.ask(actor=country.actor(), now=NOW + LOST_AFTER),
    )
    assert outcome == "done"
    return ended.get()


def test_what_ends_at_the_last_moment_is_not_called_lost(country):
    assert ending_late(country).state == "done"
    assert CentreReckoning.objects.filter(state="waiting").count() == 1


def test_without_waiting_for_its_row_it_would_be(country, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_more: self)
    assert ending_late(country).state == "failed"


def reckoned_anew() -> None:
    """What a reckoning writes that began when the city's proposal was still open."""
    story = CentreProposal.objects.order_by("pk").first().story
    proposals.keep({("广东", "广州"): story}, standing=(), now=NOW)


@pytest.mark.parametrize("number", [0, 1])
def test_a_city_decided_meanwhile_is_not_proposed_anew(country, number):
    decide = decisions(country)[number]
    assert one_after_the_other(decide, reckoned_anew) == "done"
    assert CentreProposal.objects.get().state == ("accepted", "dismissed")[number]


@pytest.mark.parametrize("number", [0, 1])
def test_without_the_common_lock_it_would_be(country, number, monkeypatch):
    decide = decisions(country)[number]
    monkeypatch.setattr(proposals, "advisory_lock", lambda _name: None)
    assert one_after_the_other(decide, reckoned_anew) == "done"
    assert CentreProposal.objects.filter(state="open", city="广州").count() == 1


def test_who_decides_while_a_reckoning_writes_decides_on_its_figures(country):
    accept, _dismiss = decisions(country)
    assert one_after_the_other(reckoned_anew, accept) == "done"
    assert CentreProposal.objects.get().state == "accepted"


def test_a_reckoning_that_another_worker_does_is_left_to_it(country):
    row = asking.ask(actor=country.actor(), now=NOW)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(_claimed, row.pk).result(timeout=30) == [True, False, True]


def _claimed(pk: int) -> list[bool]:
    """Asked by this connection, by another meanwhile, and again once it is free."""
    from_here = centre_reckoning._claim(pk)
    with ThreadPoolExecutor(1) as pool:
        meanwhile = pool.submit(_tried, pk).result(timeout=30)
    centre_reckoning._leave(pk)
    connection.close()
    with ThreadPoolExecutor(1) as pool:
        return [from_here, meanwhile, pool.submit(_tried, pk).result(timeout=30)]


def _tried(pk: int) -> bool:
    try:
        return centre_reckoning._claim(pk)
    finally:
        connection.close()
