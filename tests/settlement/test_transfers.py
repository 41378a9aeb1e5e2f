"""Transfers: limits, two confirmers, states that only go forward, failures that are paid again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from settlement.models import AuditEntry, FundTransfer, TransferEvent, TransferLimit
from settlement.queries import invariants
from settlement.services import closing, transfer_files, transfer_limits, transfers
from tests.settlement.test_night import balance
from tests.settlement.transfers_world import DAY, next_day, pay_out, propose, run, sell
from tests.settlement.world import institution

TODAY = DAY + timedelta(days=1)  # transfers of a day are confirmed after midnight


@pytest.fixture
def proposed(world):
    world.second = world.staff("flead2", "finance_lead")
    world.places["mc2"] = institution("mc2", "merchant")
    sell(world, 100_00)
    sell(world, 200_00, seller="mc2")
    run(world)
    propose(world)
    return world


def limit(most: int, daily: int, *, user_id=None, two_above=10**9) -> TransferLimit:
    return TransferLimit.objects.create(
        role="" if user_id else "finance_lead", user_id=user_id, valid_from=DAY, most_fen=most,
        daily_fen=daily, two_above_fen=None if user_id else two_above, set_by="test",
        set_at="2026-11-21T00:00Z",
    )  # fmt: skip


def of(code: str) -> FundTransfer:
    return FundTransfer.objects.get(institution__code=code, replaced_by=None)


def confirm(world, who=None, ids=None):
    return transfers.confirm(actor=who or world.lead, day=DAY, ids=ids, now=world.now)


def test_a_transfer_over_the_limit_is_refused_and_nothing_is_confirmed(proposed):
    limit(100_00, 10**9)
    with pytest.raises(transfer_limits.OverLimit) as refusal:
        confirm(proposed)
    assert "¥184.00" in str(refusal.value)
    assert set(FundTransfer.objects.values_list("state", flat=True)) == {"draft"}
    assert confirm(proposed, ids=[of("mc").pk]).confirmed == 1


def test_a_persons_own_limit_goes_before_the_roles(proposed):
    limit(1, 1)
    limit(10**9, 10**9, user_id=proposed.lead.user_id)
    assert confirm(proposed).confirmed == 2


def test_the_limit_of_a_day_counts_what_was_confirmed_before(proposed):
    limit(10**9, 200_00)
    assert confirm(proposed, ids=[of("mc").pk]).confirmed == 1
    with pytest.raises(transfer_limits.OverDailyLimit):
        confirm(proposed, ids=[of("mc2").pk])
    proposed.now += timedelta(days=1)
    assert confirm(proposed, ids=[of("mc2").pk]).confirmed == 1


def test_without_any_limit_nobody_confirms(world, monkeypatch):
    sell(world, 100_00)
    run(world)
    propose(world)
    monkeypatch.setattr(transfer_limits, "_latest", lambda day, **whose: None)
    with pytest.raises(transfer_limits.NoLimit):
        confirm(world)


@pytest.fixture
def large(world):
    """A transfer that needs two people."""
    world.second = world.staff("flead2", "finance_lead")
    limit(10**9, 10**9, two_above=50_00)
    sell(world, 100_00)
    run(world)
    assert [draft.confirmers for draft in propose(world)] == [2]
    return world


def test_above_the_amount_two_different_people_confirm(large):
    assert confirm(large) == transfers.Confirmed(0, 1)
    assert of("mc").state == "draft"
    assert balance("transfer") == 0
    with pytest.raises(transfers.ConfirmedByYou):
        confirm(large, ids=[of("mc").pk])
    assert confirm(large) == transfers.Confirmed(0, 0), "all that is left is for another"
    assert confirm(large, large.second) == transfers.Confirmed(1, 0)
    row = of("mc")
    assert (row.state, row.first_confirmed_by_id, row.confirmed_by_id) == (
        "confirmed", large.lead.user_id, large.second.user_id,
    )  # fmt: skip
    assert balance("transfer") == -92_00


def test_the_database_holds_the_two_confirmers(large):
    confirm(large)
    for values in (
        {"state": "confirmed", "confirmed_by_id": large.lead.user_id},
        {"first_confirmed_by_id": large.clerk.user_id},
        {"confirmers": 1},
    ):
        with pytest.raises((IntegrityError, Exception), match="transfer"), transaction.atomic():
            FundTransfer.objects.update(**values)


def test_a_rejection_says_why_and_the_clerk_proposes_again(proposed):
    row = of("mc")
    with pytest.raises(transfers.ReasonMissing):
        transfers.reject_transfer(actor=proposed.lead, transfer_id=row.pk, reason=" ", now=proposed.now)
    transfers.reject_transfer(actor=proposed.lead, transfer_id=row.pk, reason="account", now=proposed.now)
    again = propose(proposed)
    assert [one.reference for one in again] == [f"{row.reference}-2"]


def test_choosing_what_is_not_there_confirms_nothing(proposed):
    with pytest.raises(transfers.TransferUnknown):
        transfers.confirm_chosen(actor=proposed.lead, ids=[of("mc").pk, 10**9], now=proposed.now)
    confirm(proposed, ids=[of("mc").pk])
    with pytest.raises(transfers.WrongState):
        transfers.confirm_chosen(actor=proposed.lead, ids=[of("mc").pk, of("mc2").pk], now=proposed.now)
    assert of("mc2").state == "draft"


def answer(world, code: str, outcome: str, **more) -> FundTransfer:
    return transfers.record_answer(
        actor=world.clerk, transfer_id=of(code).pk, outcome=outcome, now=world.now, **more
    )


@pytest.fixture
def exported(world):
    sell(world, 100_00)
    run(world)
    pay_out(world)
    return world


def test_failed_money_returns_and_another_transfer_pays_it(exported):
    first = answer(exported, "mc", "failed", reason="AC04")
    assert (balance("transfer"), balance("payable", "mc"), first.booked_on) == (0, -92_00, TODAY)
    run(exported)
    second = propose(exported, next_day())[0]
    first.refresh_from_db()
    assert (second.amount_fen, first.replaced_by) == (92_00, second)
    transfers.confirm_transfers(actor=exported.lead, day=next_day(), now=exported.now)
    assert balance("payable", "mc") == 0
    assert invariants.broken() == []


def test_a_rejected_replacement_leaves_the_failed_one_to_the_next(exported):
    first = answer(exported, "mc", "failed")
    run(exported)
    second = propose(exported, next_day())[0]
    transfers.reject_transfer(actor=exported.lead, transfer_id=second.pk, reason="bank", now=exported.now)
    third = propose(exported, next_day())[0]
    first.refresh_from_db()
    assert first.replaced_by == third


def test_unknown_posts_nothing_and_is_decided_by_the_banks_word_alone(exported):
    answer(exported, "mc", "unknown")
    assert balance("transfer") == -92_00
    check = {check.code: check for check in closing.checklist(day=DAY)}["transfers_unknown"]
    assert (check.state, check.count, check.amount_fen) == ("carried", 1, 92_00)
    run(exported)
    assert propose(exported, next_day()) == [], "it is never tried again by itself"
    for outcome in ("succeeded", "failed"):
        with pytest.raises(transfers.EvidenceMissing):
            answer(exported, "mc", outcome)
    row = answer(exported, "mc", "succeeded", evidence="letter of 23 November")
    assert (row.state, balance("bank")) == ("succeeded", -92_00)


def test_an_answered_transfer_takes_no_other_answer(exported):
    answer(exported, "mc", "succeeded")
    for outcome in ("failed", "unknown", "succeeded", "draft"):
        with pytest.raises(transfers.WrongState):
            answer(exported, "mc", outcome)
    assert balance("bank") == -92_00


def test_history_says_who_when_and_why(exported):
    answer(exported, "mc", "unknown", reason="no answer")
    answer(exported, "mc", "failed", reason="AC04", evidence="call 4711")
    events = of("mc").events.values_list("before", "after", "by", "reason", "evidence")
    assert list(events) == [
        ("", "draft", "fclerk", "", ""),
        ("draft", "confirmed", "flead", "", ""),
        ("confirmed", "exported", "fclerk", "", ""),
        ("exported", "unknown", "fclerk", "no answer", ""),
        ("unknown", "failed", "fclerk", "AC04", "call 4711"),
    ]


def test_every_step_is_in_the_audit_trail(exported):
    answer(exported, "mc", "succeeded")
    found = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert [one for one in found if one.startswith("transfer.")] == [
        "transfer.confirmed", "transfer.exported", "transfer.answered",
    ]  # fmt: skip


def test_sent_is_told_once(exported):
    name = of("mc").file.name
    assert transfer_files.mark_sent(actor=exported.clerk, name=name, now=exported.now) == 1
    assert of("mc").state == "sent"
    with pytest.raises(transfer_files.NothingToSend):
        transfer_files.mark_sent(actor=exported.clerk, name=name, now=exported.now)


GUARDED = {
    "a step back": ("UPDATE settlement_fundtransfer SET state = 'draft'", "does not go"),
    "paid without the books": ("UPDATE settlement_fundtransfer SET state = 'succeeded'", "books do not know"),
    "another amount": ("UPDATE settlement_fundtransfer SET amount_fen = 1", "cannot change"),
    "another account": ("UPDATE settlement_fundtransfer SET account_number = '1'", "cannot change"),
    "replaced although not failed": (
        "UPDATE settlement_fundtransfer SET replaced_by_id = id",
        "only a failed",
    ),
    "another confirmer": ("UPDATE settlement_fundtransfer SET confirmed_at = now()", "kept as it is"),
    "deleted": ("DELETE FROM settlement_fundtransfer", "kept"),
}


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("name", GUARDED)
def test_the_database_keeps_transfers(exported, name):
    statement, said = GUARDED[name]
    with pytest.raises(Exception, match=said):
        execute(statement)


@pytest.mark.owner
@pytest.mark.parametrize("name", [name for name in GUARDED if name != "deleted"])
def test_without_the_guard_the_same_statement_passes(exported, name):
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("ALTER TABLE settlement_fundtransfer DISABLE TRIGGER settlement_guard_transfer")
    execute(GUARDED[name][0])


def test_unknown_is_not_decided_without_a_word_even_past_the_service(exported):
    answer(exported, "mc", "unknown")
    with pytest.raises(Exception, match="only the word of the bank"):
        execute("UPDATE settlement_fundtransfer SET state = 'failed'")


def test_nobody_writes_history_or_changes_limits(exported):
    for statement in (
        "UPDATE settlement_transferevent SET by = 'x'",
        "DELETE FROM settlement_transferlimit",
        "UPDATE settlement_transferdocument SET content = ''",
        "INSERT INTO settlement_transferevent (transfer_id, at, by, before, after, reason, evidence)"
        " SELECT id, now(), 'x', '', 'draft', '', '' FROM settlement_fundtransfer",
    ):
        with pytest.raises(Exception, match=r"append-only|permission denied"):
            execute(statement)
    assert TransferEvent.objects.count() == 3


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"most_fen": -1}, transfer_limits.LimitNegative),
        ({"valid_from": DAY - timedelta(days=1)}, transfer_limits.LimitBackdated),
        ({"user_id": None}, transfers.NotAllowed),
        ({"user_id": 10**9}, transfer_limits.PersonUnknown),
    ],
)
def test_impossible_limits_are_refused(proposed, values, refusal):
    asked = {"user_id": proposed.second.user_id, "most_fen": 1, "daily_fen": 1, "valid_from": TODAY}
    with pytest.raises(refusal):
        transfer_limits.set_limit(actor=proposed.lead, now=proposed.now, **(asked | values))


def test_nobody_sets_their_own_limit(proposed):
    asked = {"most_fen": 10**12, "daily_fen": 10**12, "valid_from": TODAY, "now": proposed.now}
    with pytest.raises(transfer_limits.OwnLimit):
        transfer_limits.set_limit(actor=proposed.lead, user_id=proposed.lead.user_id, **asked)
    transfer_limits.set_limit(actor=proposed.second, user_id=proposed.lead.user_id, **asked)
    assert transfer_limits.limit_of(proposed.lead.user_id, day=TODAY).most_fen == 10**12
