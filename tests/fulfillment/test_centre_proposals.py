"""Proposals of centres: renewed and lapsed by reckonings, accepted or dismissed by operators, then final."""

from datetime import date, timedelta

import pytest
from celery import current_app
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from fulfillment import optimiser_tasks
from fulfillment.models import CentreProposal, CentreReckoning, LocationProfile, OptimiserSwitch
from fulfillment.models.centres import LOST_AFTER
from fulfillment.services.centres import asking, proposals
from fulfillment.services.optimiser import centre_reckoning
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import NotAllowed
from omnichannel.kernel.models import OutboxMessage
from tests.support.sending import NOW, Country, row_of

AGAIN = date(2027, 3, 1)


@pytest.fixture
def country(db, freeze_at):
    freeze_at(NOW)
    made = Country()
    made.send(4, "广东", "广州", ("A", 2, 2300), freight=2000, days=3)
    return made


@pytest.fixture
def proposal(country) -> CentreProposal:
    country.reckon()
    return CentreProposal.objects.get()


def tomorrow(days: int = 1):
    return NOW + timedelta(days=days)


def test_figures_are_renewed_while_it_is_open(country, proposal):
    country.costs(fixed_month_fen=50_000)
    country.reckon(tomorrow())
    proposal.refresh_from_db()
    assert (proposal.fixed_month_fen, proposal.reckoned_at, proposal.proposed_at) == (50_000, tomorrow(), NOW)


def test_what_would_not_pay_any_more_lapses(country, proposal):
    country.costs(fixed_month_fen=200_000)
    found = country.reckon(tomorrow())
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_at, found.figures["lapsed"]) == ("lapsed", tomorrow(), 1)
    assert proposal.fixed_month_fen == 40_000  # as it was when it was proposed
    country.costs()
    country.reckon(tomorrow(2))
    assert sorted(CentreProposal.objects.values_list("state", flat=True)) == ["lapsed", "open"]


def test_a_dismissed_city_is_not_asked_again_before_its_day(country, proposal):
    proposals.dismiss(
        proposal_id=proposal.pk, actor=country.actor(), reason="no hall", ask_again_on=AGAIN, now=NOW
    )
    found = country.reckon(tomorrow())
    row = row_of(found, "广州")
    assert (row["verdict"], row["until"]) == ("put_aside", "2027-03-01")
    assert not CentreProposal.objects.filter(state="open").exists()


def test_on_its_day_a_dismissed_city_is_asked_again(country, proposal):
    soon = date(2026, 11, 25)
    proposals.dismiss(
        proposal_id=proposal.pk, actor=country.actor(), reason="no hall", ask_again_on=soon, now=NOW
    )
    country.reckon(tomorrow(3))
    assert CentreProposal.objects.count() == 1
    country.reckon(tomorrow(4))
    assert CentreProposal.objects.get(state="open").city == "广州"


@pytest.mark.parametrize(
    ("reason", "day", "code"),
    [
        ("  ", AGAIN, "centre_reason_needed"),
        ("no hall", date(2026, 11, 21), "centre_ask_again_wrong"),
        ("no hall", date(2031, 1, 1), "centre_ask_again_wrong"),
    ],
)
def test_a_dismissal_says_why_and_until_when(country, proposal, reason, day, code):
    with pytest.raises(proposals.Invalid) as refusal:
        proposals.dismiss(
            proposal_id=proposal.pk, actor=country.actor(), reason=reason, ask_again_on=day, now=NOW
        )
    assert refusal.value.code == code
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_an_accepted_city_counts_as_decided_until_its_warehouse_stands(country, proposal):
    country.send(4, "广东", "深圳", ("A", 2, 2300), freight=2000, days=3)
    proposals.accept(proposal_id=proposal.pk, actor=country.actor(), note="hall at the port", now=NOW)
    found = country.reckon(tomorrow())
    assert row_of(found, "广州")["verdict"] == "accepted"
    # Guangzhou will serve Shenzhen for the same: there is nothing left for a centre there.
    assert (row_of(found, "深圳")["verdict"], row_of(found, "深圳")["saving_fen"]) == ("served", 0)
    assert not CentreProposal.objects.filter(state="open").exists()
    country.place("wh-gz", "warehouse", "广东", "广州", handling=180)
    assert row_of(country.reckon(tomorrow(2)), "广州")["verdict"] == "centre"


def test_a_built_centre_that_is_closed_years_later_does_not_count_as_decided(country, proposal):
    proposals.accept(proposal_id=proposal.pk, actor=country.actor(), note="hall at the port", now=NOW)
    country.place("wh-gz", "warehouse", "广东", "广州", handling=180)
    found = country.reckon(tomorrow())
    proposal.refresh_from_db()
    assert (proposal.state, proposal.ended_at, found.figures["built"]) == ("built", tomorrow(), 1)
    assert (proposal.decided_by, proposal.reason, proposal.ended_by) == ("Operator", "hall at the port", "")
    LocationProfile.objects.filter(location=country.places["wh-gz"]).update(is_open=False)
    assert row_of(country.reckon(tomorrow(2)), "广州")["verdict"] == "proposed"
    assert CentreProposal.objects.filter(state="open", city="广州").count() == 1


def give_up(country, proposal, *, reason="the lease fell through", day=AGAIN, role="operator", now=NOW):
    return proposals.give_up(
        proposal_id=proposal.pk, actor=country.actor(role), reason=reason, ask_again_on=day, now=now
    )


def test_an_accepted_city_that_is_given_up_is_like_any_other_from_its_day_on(country, proposal):
    proposals.accept(proposal_id=proposal.pk, actor=country.actor(), note="hall at the port", now=NOW)
    give_up(country, proposal, day=date(2026, 11, 23))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.ended_by) == ("given_up", "Operator")
    assert (proposal.reason, proposal.ended_reason) == ("hall at the port", "the lease fell through")
    row = row_of(country.reckon(tomorrow()), "广州")
    assert (row["verdict"], row["until"]) == ("put_aside", "2026-11-23")
    assert row_of(country.reckon(tomorrow(2)), "广州")["verdict"] == "proposed"


@pytest.mark.parametrize(
    ("reason", "day", "code"),
    [(" ", AGAIN, "centre_reason_needed"), ("x", date(2026, 11, 21), "centre_ask_again_wrong")],
)
def test_giving_up_says_why_and_until_when(country, proposal, reason, day, code):
    proposals.accept(proposal_id=proposal.pk, actor=country.actor(), now=NOW)
    with pytest.raises(proposals.Invalid) as refusal:
        give_up(country, proposal, reason=reason, day=day)
    assert refusal.value.code == code
    proposal.refresh_from_db()
    assert (proposal.state, proposal.ask_again_on) == ("accepted", None)


def test_only_what_was_accepted_is_given_up_and_once(country, proposal):
    with pytest.raises(proposals.NotAccepted):
        give_up(country, proposal)
    proposals.accept(proposal_id=proposal.pk, actor=country.actor(), now=NOW)
    with pytest.raises(NotAllowed):
        give_up(country, proposal, role="auditor")
    give_up(country, proposal)
    with pytest.raises(proposals.NotAccepted):
        give_up(country, proposal)


@pytest.mark.parametrize("decide", ["accept", "dismiss"])
def test_what_is_decided_while_it_is_reckoned_is_not_proposed_anew(country, proposal, monkeypatch, decide):
    reckoned = centre_reckoning.outcome

    def meanwhile(*args):
        told = {"proposal_id": proposal.pk, "actor": country.actor(), "now": NOW}
        more = {} if decide == "accept" else {"reason": "no hall", "ask_again_on": AGAIN}
        getattr(proposals, decide)(**told, **more)
        return reckoned(*args)

    monkeypatch.setattr(centre_reckoning, "outcome", meanwhile)
    found = country.reckon(tomorrow())
    assert (found.state, found.figures["opened"]) == ("done", 0)
    assert CentreProposal.objects.get().state in ("accepted", "dismissed")


def test_what_is_decided_is_not_decided_again(country, proposal):
    proposals.accept(proposal_id=proposal.pk, actor=country.actor(), now=NOW)
    with pytest.raises(proposals.ProposalDecided):
        proposals.accept(proposal_id=proposal.pk, actor=country.actor(), now=NOW)
    with pytest.raises(proposals.ProposalUnknown):
        proposals.accept(proposal_id=proposal.pk + 1, actor=country.actor(), now=NOW)
    proposal.refresh_from_db()
    assert (proposal.decided_by, proposal.state) == ("Operator", "accepted")


@pytest.mark.parametrize("role", ["auditor", "warehouse_lead"])
def test_only_operators_decide_and_ask(country, proposal, role):
    actor = country.actor(role)
    with pytest.raises(NotAllowed):
        proposals.accept(proposal_id=proposal.pk, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        proposals.dismiss(proposal_id=proposal.pk, actor=actor, reason="x", ask_again_on=AGAIN, now=NOW)
    with pytest.raises(NotAllowed):
        asking.ask(actor=actor, now=NOW)


def _again(proposal) -> CentreProposal:
    values = {field.attname: getattr(proposal, field.attname) for field in CentreProposal._meta.fields}
    return CentreProposal(**values | {"id": None})


def test_a_city_has_one_open_proposal(proposal):
    with pytest.raises(IntegrityError, match="centre_proposal_one_open"), transaction.atomic():
        _again(proposal).save()


def _change(proposal, statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [proposal.pk])


CHANGE = "UPDATE fulfillment_centreproposal SET saving_fen = 1 WHERE id = %s"
DELETE = "DELETE FROM fulfillment_centreproposal WHERE id = %s"


END = "UPDATE fulfillment_centreproposal SET state = 'built', ended_at = now(){} WHERE id = %s"


def test_the_database_lets_an_accepted_one_end_once_and_writes_nothing_else(country, proposal):
    proposals.accept(proposal_id=proposal.pk, actor=country.actor(), now=NOW)
    refused = [
        END.format(", saving_fen = 1"),
        END.format(", decided_by = 'Wu'"),
        "UPDATE fulfillment_centreproposal SET state = 'open', decided_at = NULL WHERE id = %s",
        "UPDATE fulfillment_centreproposal SET reason = 'x' WHERE id = %s",
    ]
    for statement in refused:
        with pytest.raises(DatabaseError, match="decided and stays"):
            _change(proposal, statement)
    _change(proposal, END.format(""))
    with pytest.raises(DatabaseError, match="decided and stays"):
        _change(proposal, END.format(""))


@pytest.mark.parametrize("values", [{"ended_by": ""}, {"ended_reason": ""}, {"ask_again_on": None}])
def test_the_database_wants_who_gave_it_up_and_why(country, proposal, values):
    proposals.accept(proposal_id=proposal.pk, actor=country.actor(), now=NOW)
    told = {"state": "given_up", "ended_at": NOW, "ended_by": "Lin", "ended_reason": "x"}
    with pytest.raises(IntegrityError, match="centre_proposal_ended"), transaction.atomic():
        CentreProposal.objects.filter(pk=proposal.pk).update(**told | {"ask_again_on": AGAIN} | values)


@pytest.mark.owner
def test_the_database_keeps_what_was_decided(country, proposal):
    _change(proposal, CHANGE)  # open: figures are renewed
    proposals.accept(proposal_id=proposal.pk, actor=country.actor(), now=NOW)
    for statement in (CHANGE, DELETE):
        with pytest.raises(DatabaseError, match="decided and stays"):
            _change(proposal, statement)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER centreproposal_keep ON fulfillment_centreproposal")
    _change(proposal, CHANGE)  # control: nothing else keeps it


@pytest.mark.parametrize("values", [{"decided_by": ""}, {"state": "dismissed", "reason": ""}])
def test_the_database_wants_who_and_why(proposal, values):
    decided = {"state": "accepted", "decided_by": "Lin", "decided_at": NOW, "reason": "x"} | values
    with pytest.raises(IntegrityError), transaction.atomic():
        CentreProposal.objects.filter(pk=proposal.pk).update(**decided)


def test_who_asks_while_one_is_under_way_waits_for_the_same(country):
    first = asking.ask(actor=country.actor(), now=NOW)
    assert asking.ask(actor=country.actor(), now=NOW + timedelta(minutes=1)) == first
    assert OutboxMessage.objects.filter(topic="fulfillment.centre_reckoning_asked").count() == 1
    assert country.reckon() is None  # the night leaves it to the one under way


def test_a_reckoning_that_was_lost_is_closed_by_the_next(country):
    lost = asking.ask(actor=country.actor(), now=NOW)
    later = NOW + LOST_AFTER
    assert asking.ask(actor=country.actor(), now=later) != lost
    lost.refresh_from_db()
    assert (lost.state, lost.failure, lost.finished_at) == ("failed", "lost", later)


def test_what_a_worker_began_late_is_not_lost_before_its_own_time(country):
    late = asking.ask(actor=country.actor(), now=NOW)
    begun = NOW + LOST_AFTER - timedelta(minutes=1)
    CentreReckoning.objects.update(state="running", begun_at=begun)
    assert asking.ask(actor=country.actor(), now=NOW + LOST_AFTER) == late
    assert asking.ask(actor=country.actor(), now=begun + LOST_AFTER) != late


def test_what_was_closed_as_lost_is_not_revived_by_its_worker(country, monkeypatch):
    lost = asking.ask(actor=country.actor(), now=NOW)
    reckoned, later = centre_reckoning.outcome, NOW + LOST_AFTER

    def meanwhile(*args):
        asking.ask(actor=country.actor(), now=later)
        return reckoned(*args)

    monkeypatch.setattr(centre_reckoning, "outcome", meanwhile)
    found = centre_reckoning.run(reckoning_id=lost.pk, now=NOW)
    assert (found.state, found.failure, found.finished_at) == ("failed", "lost", later)
    assert sorted(CentreReckoning.objects.values_list("state", flat=True)) == ["failed", "waiting"]
    assert not CentreProposal.objects.exists()


def test_what_was_closed_before_the_end_writes_nothing(country, monkeypatch):
    """Between the last step told and the writing."""
    asked = asking.ask(actor=country.actor(), now=NOW)
    told = centre_reckoning._teller

    def closed_after_the_last(*args):
        tell = told(*args)

        def step(number: int) -> None:
            tell(number)
            if number == asking.STEPS - 1:
                asking.ask(actor=country.actor(), now=NOW + LOST_AFTER)

        return step

    monkeypatch.setattr(centre_reckoning, "_teller", closed_after_the_last)
    assert centre_reckoning.run(reckoning_id=asked.pk, now=NOW).state == "failed"
    assert not CentreProposal.objects.exists()


def test_a_reckoning_tells_when_it_began_and_when_it_ended(country):
    asked = asking.ask(actor=country.actor(), now=NOW)
    begun = NOW + timedelta(minutes=3)
    done = centre_reckoning.run(reckoning_id=asked.pk, now=begun)
    took = done.finished_at - begun
    assert (done.asked_at, done.begun_at) == (NOW, begun)
    assert timedelta(0) < took
    assert done.figures["milliseconds"] == round(took / timedelta(milliseconds=1))


def test_asked_for_it_is_sent_to_a_worker_by_a_name_that_one_knows(country, monkeypatch):
    sent = []
    asked = asking.ask(actor=country.actor(), now=NOW)
    monkeypatch.setattr(current_app, "send_task", lambda name, **more: sent.append((name, more)))
    message = OutboxMessage.objects.get(topic="fulfillment.centre_reckoning_asked")
    assert outbox.consume(message.dedupe)
    [(name, more)] = sent
    assert (name, more["queue"]) == (optimiser_tasks.reckon_centres.name, "report")
    optimiser_tasks.reckon_centres(*more["args"])
    asked.refresh_from_db()
    assert (asked.state, asked.steps_done) == ("done", asking.STEPS)
    assert CentreProposal.objects.filter(state="open").count() == 1


def test_what_is_over_is_not_reckoned_again(country):
    done = country.reckon()
    before = done.finished_at
    assert centre_reckoning.run(reckoning_id=done.pk, now=tomorrow()).finished_at == before


def test_a_reckoning_that_fails_says_so_and_leaves_proposals_alone(country, proposal, monkeypatch):
    asked = asking.ask(actor=country.actor(), now=tomorrow())

    def broken(*_args, **_more):
        raise ZeroDivisionError

    monkeypatch.setattr(centre_reckoning, "outcome", broken)
    with pytest.raises(ZeroDivisionError):
        centre_reckoning.run(reckoning_id=asked.pk, now=tomorrow())
    asked.refresh_from_db()
    assert (asked.state, asked.failure) == ("failed", "ZeroDivisionError")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reckoned_at) == ("open", NOW)


def test_the_night_follows_its_switch(country, settings):
    settings.CENTRE_PROPOSALS = False
    optimiser_tasks.propose_centres()
    assert not CentreReckoning.objects.exists()
    OptimiserSwitch.objects.create(kind="centres", is_on=True, changed_by="Lin", changed_at=NOW)
    optimiser_tasks.propose_centres()
    optimiser_tasks.propose_centres()
    assert CentreReckoning.objects.count() == 1
