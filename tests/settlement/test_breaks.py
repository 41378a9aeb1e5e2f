"""Working off breaks: journals, limits, four eyes, history, sign-off; control accounts come to zero."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from members.actors import SYSTEM
from members.models import User
from omnichannel.kernel.errors import NotAllowed
from orders.events import PaymentCaptured
from orders.simulator.bills import seeding, wechat
from settlement.models import Journal, MatchEdge, Posting, ReconBatch, ReconBreak, ReconEvent, ReconPolicy
from settlement.queries import invariants
from settlement.services import closing, facts, night
from settlement.services.reconciliation import breaks, linking, signing
from settlement.simulator import bank, sowing
from tests.settlement.statements import DAY, NUMBERS, Desk, found
from tests.settlement.world import NOON

EVENING = NOON + timedelta(hours=8)


@pytest.fixture
def desk(world):
    return Desk(world)


@pytest.fixture
def busy(desk):
    for n in range(12):
        paid = desk.pay(2_000 + 1_977 * n, at=NOON + timedelta(minutes=n))
        if n % 4 == 0:
            desk.refund(paid, 500 + n)
    return desk


def only(kind: str = "") -> ReconBreak:
    rows = ReconBreak.objects.filter(kind=kind) if kind else ReconBreak.objects.all()
    return rows.get()


def balance(kind: str, code: str | None = None) -> int:
    rows = Posting.objects.filter(account__kind=kind)
    rows = rows.filter(account__institution__code=code) if code else rows
    return sum(rows.values_list("amount_fen", flat=True))


def resolve(desk, row, how, who=None, note="asked them"):
    return breaks.resolve(actor=who or desk.world.clerk, ids=[row.pk], how=how, note=note, now=desk.world.now)


def lost(desk, fen: int) -> ReconBreak:
    desk.pay(fen)
    desk.load("wechat", [])
    return only()


@pytest.mark.parametrize(
    ("how", "contra"),
    [("write_off", "write_off"), ("suspense", "suspense"), ("claim", "claim")],
)
def test_a_resolution_posts_the_difference_against_the_control_account(desk, how, contra):
    row = lost(desk, 50_00)
    assert resolve(desk, row, how) == (1, 0)
    row.refresh_from_db()
    assert (row.state, row.resolution, row.owner_id) == ("resolved", how, desk.world.clerk.user_id)
    assert balance("provider_transit") == 0
    assert balance(contra) == 50_00
    assert (row.journal.key, row.journal.original_date) == (f"break:{row.pk}", DAY)
    assert ReconBatch.objects.get().state == "balanced"
    assert invariants.broken() == []


def test_money_that_is_missing_here_is_held_in_suspense(desk):
    known = desk.pay(50_00)
    desk.load("wechat", [known, replace(known, out_trade_no="HTX", transaction_id="4" * 24, amount_fen=7_00)])
    resolve(desk, only(), "suspense")
    assert (balance("provider_transit"), balance("suspense")) == (57_00, -7_00)


def test_a_resolution_needs_a_reason(desk):
    row = lost(desk, 50_00)
    with pytest.raises(breaks.NoteMissing):
        resolve(desk, row, "write_off", note="  ")
    assert Journal.objects.filter(kind="recon").count() == 0


@pytest.mark.parametrize("how", ["fee", "no_amount", "matched", "nonsense"])
def test_a_resolution_that_does_not_fit_is_refused(desk, how):
    row = lost(desk, 50_00)
    with pytest.raises(breaks.ResolutionInvalid):
        resolve(desk, row, how)


def test_what_is_resolved_stays_resolved(desk):
    row = lost(desk, 50_00)
    resolve(desk, row, "claim")
    with pytest.raises(breaks.BreakNotOpen):
        resolve(desk, row, "write_off")


def test_above_the_limit_a_lead_approves_what_somebody_else_proposed(desk):
    row = lost(desk, 100_01)
    assert resolve(desk, row, "write_off") == (0, 1)
    row.refresh_from_db()
    assert (row.state, row.limit_fen, row.journal_id) == ("proposed", 100_00, None)
    with pytest.raises(NotAllowed):
        breaks.approve(actor=desk.world.clerk, ids=[row.pk], now=desk.world.now)
    assert breaks.approve(actor=desk.world.lead, ids=[row.pk], now=desk.world.now) == 1
    row.refresh_from_db()
    assert (row.state, row.approved_by_id) == ("resolved", desk.world.lead.user_id)
    assert balance("write_off") == 100_01


def test_exactly_the_limit_needs_one_person(desk):
    assert resolve(desk, lost(desk, 100_00), "write_off") == (1, 0)


def test_a_lead_does_not_approve_the_own_proposal(desk):
    row = lost(desk, 100_01)
    resolve(desk, row, "write_off", who=desk.world.lead)
    with pytest.raises(breaks.OwnWriteOff):
        breaks.approve(actor=desk.world.lead, ids=[row.pk], now=desk.world.now)


def test_a_write_off_sent_back_may_be_resolved_otherwise(desk):
    row = lost(desk, 100_01)
    resolve(desk, row, "write_off")
    breaks.reject(actor=desk.world.lead, ids=[row.pk], note="claim it", now=desk.world.now)
    row.refresh_from_db()
    assert (row.state, row.resolution) == ("open", "")
    resolve(desk, row, "claim")
    assert balance("claim") == 100_01


def test_finance_sets_the_limit_by_a_new_row(desk):
    ReconPolicy.objects.create(
        valid_from=DAY, pool_days=1, fee_tolerance_fen=1, write_off_limit_fen=20_00, changed_by="flead"
    )
    row = lost(desk, 50_00)
    assert row.waits_until == DAY + timedelta(days=1)
    assert resolve(desk, row, "write_off") == (0, 1)


def proposed(desk) -> ReconBreak:
    row = lost(desk, 100_01)
    resolve(desk, row, "write_off")
    row.refresh_from_db()
    return row


def journal_of(desk) -> int:
    return Journal.objects.values_list("pk", flat=True).first()


@pytest.mark.parametrize(
    ("change", "guard"),
    [
        ("approved_by_id = proposed_by_id", "break_four_eyes"),
        ("state = 'resolved', resolved_at = now(), journal_id = %(journal)s", "break_write_off_limit"),
        ("state = 'resolved', resolved_at = now(), approved_by_id = %(lead)s", "break_resolved_by_journal"),
        ("difference_fen = 1", "cannot change"),
        ("control_kind = 'bank'", "cannot change"),
    ],
)
def test_the_database_keeps_the_rules_by_itself(desk, change, guard):
    row = proposed(desk)
    values = {"journal": journal_of(desk), "lead": desk.world.lead.user_id, "id": row.pk}
    with pytest.raises(DatabaseError, match=guard), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE settlement_reconbreak SET {change} WHERE id = %(id)s", values)


def test_the_limit_is_the_policys_whatever_the_writer_says(desk):
    row = lost(desk, 100_01)
    ReconBreak.objects.filter(pk=row.pk).update(
        resolution="write_off", state="proposed", limit_fen=10**9, changed_at=NOON
    )
    row.refresh_from_db()
    assert row.limit_fen == 100_00
    ReconBreak.objects.filter(pk=row.pk).update(limit_fen=10**9)
    row.refresh_from_db()
    assert row.limit_fen == 100_00


HISTORY = (
    "settlement_reconevent",
    "settlement_statementline",
    "settlement_matchedge",
    "settlement_statement",
)


@pytest.mark.parametrize("table", HISTORY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_was_said_and_done_cannot_be_edited(desk, table, statement):
    proposed(desk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.owner
@pytest.mark.parametrize("table", HISTORY)
def test_not_even_by_the_owner_unless_the_guard_is_taken_away(desk, table):
    proposed(desk)
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(f"UPDATE {table} SET id = id")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER settlement_append_only")
        cursor.execute(f"UPDATE {table} SET id = id")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER settlement_append_only")


def test_the_application_cannot_write_history_itself(desk):
    proposed(desk)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ReconEvent.objects.create(batch=ReconBatch.objects.get(), at=NOON, by="x", after="resolved")


def test_a_resolved_break_and_a_signed_statement_are_final(desk):
    row = lost(desk, 50_00)
    resolve(desk, row, "claim")
    night.run_due(now=desk.world.tomorrow())
    batch = signing.sign_off(actor=desk.world.lead, batch_id=row.batch_id, now=desk.world.now)
    assert batch.state == "signed_off"
    for change in (
        "UPDATE settlement_reconbreak SET note = 'x'",
        "DELETE FROM settlement_reconbreak",
        "UPDATE settlement_reconbatch SET state = 'loaded', signed_off_at = NULL",
        "DELETE FROM settlement_reconbatch",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_history_writes_itself(desk):
    row = proposed(desk)
    breaks.approve(actor=desk.world.lead, ids=[row.pk], now=desk.world.now)
    told = [(event.after, event.by, event.resolution, event.note) for event in row.events.all()]
    assert told == [
        ("waiting", "system", "", ""),
        ("proposed", "fclerk", "write_off", "asked them"),
        ("resolved", "flead", "write_off", "asked them"),
    ]
    of_batch = ReconEvent.objects.filter(brk=None).values_list("after", flat=True)
    assert list(of_batch) == ["wait_file", "loaded", "matched", "has_breaks", "balanced"]


@pytest.mark.parametrize("who", ["auditor", "partner"])
def test_others_change_nothing(desk, who):
    desk.world.partner = desk.world.staff("partner", "partner", "mc")
    row, actor = lost(desk, 50_00), getattr(desk.world, who)
    common = {"actor": actor, "ids": [row.pk], "now": desk.world.now}
    for change in (
        lambda: breaks.resolve(how="claim", note="x", **common),
        lambda: breaks.assign(owner_id=None, finance_ids=set(), **common),
        lambda: breaks.approve(**common),
        lambda: breaks.reject(note="x", **common),
        lambda: linking.link(note="x", **common),
        lambda: signing.sign_off(actor=actor, batch_id=row.batch_id, now=desk.world.now),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert only().state == "waiting"


def test_nobody_resolves_without_being_a_person(desk):
    with pytest.raises(NotAllowed):
        resolve(desk, lost(desk, 50_00), "claim", who=SYSTEM)


def test_only_finance_owns(desk):
    row, finance = lost(desk, 50_00), {desk.world.clerk.user_id, desk.world.lead.user_id}
    common = {"actor": desk.world.clerk, "ids": [row.pk], "finance_ids": finance, "now": desk.world.now}
    with pytest.raises(breaks.OwnerInvalid):
        breaks.assign(owner_id=desk.world.auditor.user_id, **common)
    assert breaks.assign(owner_id=desk.world.lead.user_id, **common) == 1
    assert only().owner_id == desk.world.lead.user_id


def test_rows_are_linked_by_hand_and_the_rest_is_written_off_explicitly(desk):
    """A credit without a number for two pay-outs, three fen short."""
    desk.pay(50_00)
    desk.load("wechat")
    second = Desk(desk.world)
    night.run_due(now=desk.world.tomorrow())
    second.pay(30_00, at=NOON + timedelta(days=1))
    second.load("wechat", day=DAY + timedelta(days=1))
    net = sum(row.net_fen for row in (*desk.rows, *second.rows))
    day = DAY + timedelta(days=1)
    entry = bank.Entry("B1", "", net - 3, EVENING + timedelta(days=1), "提现")
    content = bank.statement([entry], account=NUMBERS["bank"], day=day)
    desk.give(desk.account("bank"), content=content, day=day)
    ids = list(ReconBreak.objects.values_list("pk", flat=True))
    assert len(ids) == 3
    assert linking.link(actor=desk.world.clerk, ids=ids, note="by amount", now=desk.world.now) == -3
    rest = only("amount_short")
    assert (rest.state, rest.difference_fen, rest.owner_id) == ("open", -3, desk.world.clerk.user_id)
    assert MatchEdge.objects.filter(bill_batch__isnull=False).count() == 2
    assert balance("bank") == net
    resolve(desk, rest, "write_off")
    assert balance("bank") == net - 3
    assert balance("write_off") == 3
    assert found() == set()


def test_rows_of_two_accounts_or_of_one_side_are_not_linked(busy):
    busy.load("wechat", busy.rows[2:])
    ids = list(ReconBreak.objects.values_list("pk", flat=True))
    with pytest.raises(linking.NotLinkable):
        linking.link(actor=busy.world.clerk, ids=ids, note="x", now=busy.world.now)


def settle_all(desk) -> None:
    """What a clerk and a lead do with whatever is left."""
    for row in ReconBreak.objects.exclude(state="resolved").order_by("pk"):
        how = "fee" if row.kind == "fee_mismatch" else "write_off" if row.difference_fen else "no_amount"
        resolve(desk, row, how)
    waiting = list(ReconBreak.objects.filter(state="proposed").values_list("pk", flat=True))
    if waiting:
        breaks.approve(actor=desk.world.lead, ids=waiting, now=desk.world.now)


@pytest.mark.parametrize("seed", [1, 2])
def test_with_all_errors_resolved_every_control_account_is_zero(busy, seed):
    """The provider's money went to the bank, but for what was written off; to the fen."""
    rows, _sown = seeding.sow(busy.rows, seed=seed)
    flow, _sown = sowing.sow_flow(rows, seed=seed)
    trades = busy.load("wechat", rows)
    busy.give(busy.account("wechat"), content=wechat.fund_flow(flow, payout=("P1", EVENING)))
    entries = [bank.Entry("B1", "P1", sum(row.net_fen for row in flow), EVENING, "提现")]
    entries, _sown = sowing.sow_entries(entries, seed=seed)
    content = bank.statement(entries, account=NUMBERS["bank"], day=DAY)
    busy.give(busy.account("bank"), content=content)
    settle_all(busy)
    with pytest.raises(signing.NotCleared):
        signing.sign_off(actor=busy.world.lead, batch_id=trades.pk, now=busy.world.now)
    night.run_due(now=busy.world.tomorrow())
    for batch in ReconBatch.objects.exclude(state="wait_file"):
        assert batch.state == "balanced"
        signing.sign_off(actor=busy.world.lead, batch_id=batch.pk, now=busy.world.now)
    assert balance("provider_transit") == 0
    assert balance("fee_accrued") == 0
    assert balance("bank") == sum(entry.amount_fen for entry in entries)
    assert invariants.broken() == []


def test_the_bills_fee_replaces_the_estimate(desk):
    """0.6 % of 3.34 is 2.004 fen: accrued 2, billed 3; the fen between goes to the variance account."""
    row = desk.pay(3_34)
    batch = desk.load("wechat", [replace(row, fee_fen=3)])
    night.run_due(now=desk.world.tomorrow())
    assert balance("fee_accrued") == -2
    signing.sign_off(actor=desk.world.lead, batch_id=batch.pk, now=desk.world.now)
    assert (balance("fee_accrued"), balance("fee_variance")) == (0, 1)
    assert balance("provider_transit") == 331
    again = signing.sign_off(actor=desk.world.lead, batch_id=batch.pk, now=desk.world.now)
    assert again.state == "signed_off"
    assert balance("fee_variance") == 1


def test_a_day_does_not_close_over_a_break_that_nobody_took(desk):
    row = desk.pay(50_00)
    desk.load("wechat", [replace(row, amount_fen=49_00, fee_fen=29)])
    night.run_due(now=desk.world.tomorrow())
    states = {check.code: check.state for check in closing.checklist(day=DAY)}
    assert states["breaks"] == "failed"
    with pytest.raises(closing.NotReady):
        closing.close_day(actor=desk.world.lead, day=DAY, now=desk.world.now)
    me = desk.world.clerk.user_id
    breaks.assign(actor=desk.world.clerk, ids=[only().pk], owner_id=me, finance_ids={me}, now=desk.world.now)
    states = {check.code: check.state for check in closing.checklist(day=DAY)}
    assert states["breaks"] == "ok"


def signed_off(desk, batch):
    return signing.sign_off(actor=desk.world.lead, batch_id=batch.pk, now=desk.world.now)


def test_an_estimate_goes_whenever_its_trade_is_settled(desk):
    """Found after signing: with the next statement. Missing and claimed after signing: with the claim."""
    found_late, never = desk.pay(50_00, at=EVENING), desk.pay(70_00)
    known = desk.pay(30_00)
    first = desk.load("wechat", [known])
    night.run_due(now=desk.world.tomorrow())
    signed_off(desk, first)
    assert balance("fee_accrued") == -72
    moved = replace(found_late, at=NOON + timedelta(days=1))
    second = desk.load("wechat", [moved], day=DAY + timedelta(days=1))
    signed_off(desk, second)
    assert balance("fee_accrued") == -42
    assert found() == {("missing_there", never.out_trade_no, -70_00)}
    resolve(desk, ReconBreak.objects.get(state="waiting"), "claim")
    assert (balance("fee_accrued"), balance("fee_variance")) == (0, -42)
    assert balance("provider_transit") == 50_00 + 30_00 - 30 - 18


def test_a_row_that_waits_for_a_late_fact_is_settled_with_the_next_signing(desk, world):
    known = desk.pay(30_00)
    early = replace(
        known, out_trade_no="HT2611210000001-U9", transaction_id="4" * 24, amount_fen=50_00, fee_fen=30
    )
    first = desk.load("wechat", [known, early])
    night.run_due(now=world.tomorrow())
    signed_off(desk, first)
    number = world.order(50_00)
    world.confirm(number)
    world.numbers += 1
    facts.payment_captured(
        PaymentCaptured(
            world.numbers, number, "unipay", world.id("pp-unipay"), None, 50_00, NOON.isoformat(),
            early.out_trade_no, early.transaction_id,
        )
    )  # fmt: skip
    second = desk.load("wechat", [], day=DAY + timedelta(days=1))
    assert found() == set()
    with pytest.raises(signing.NotCleared):
        signed_off(desk, second)
    night.run_due(now=world.tomorrow())
    signed_off(desk, second)
    assert balance("fee_accrued") == 0
    assert balance("provider_transit") == 80_00 - 18 - 30


def test_a_statement_with_breaks_that_nobody_owns_is_not_signed_off(desk):
    row = desk.pay(50_00)
    batch = desk.load("wechat", [replace(row, amount_fen=49_00, fee_fen=29)])
    night.run_due(now=desk.world.tomorrow())
    with pytest.raises(signing.BreaksUnowned):
        signing.sign_off(actor=desk.world.lead, batch_id=batch.pk, now=desk.world.now)
    me = desk.world.clerk.user_id
    breaks.assign(actor=desk.world.clerk, ids=[only().pk], owner_id=me, finance_ids={me}, now=desk.world.now)
    signing.sign_off(actor=desk.world.lead, batch_id=batch.pk, now=desk.world.now)
    resolve(desk, only(), "claim")
    assert (balance("claim"), balance("provider_transit")) == (1_00, 50_00 - 1_00 - 29)


def client_of(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


def pages() -> list[str]:
    row = ReconBreak.objects.first()
    return [
        reverse("settlement:reconciliation"),
        reverse("settlement:reconciliation") + "?state=all&kind=missing_there&age=0-3&owner=none&q=HT",
        reverse("settlement:break", args=[row.pk]),
        reverse("settlement:statements"),
        reverse("settlement:statement", args=[row.batch_id]) + "?unmatched=1",
        reverse("settlement:breaks-csv"),
        reverse("settlement:breaks-xlsx"),
    ]


@pytest.mark.parametrize("who", ["fclerk", "flead", "auditor"])
def test_finance_and_audit_read_every_page(busy, who):
    busy.load("wechat", seeding.sow(busy.rows, seed=1)[0])
    client = client_of(who)
    for address in pages():
        assert client.get(address).status_code == 200, address


def test_others_are_refused(busy):
    busy.load("wechat", seeding.sow(busy.rows, seed=1)[0])
    busy.world.staff("wh1", "warehouse", "wh")
    client = client_of("wh1")
    for address in pages():
        assert client.get(address).status_code == 403, address


def test_the_work_list_is_worked_off_on_the_page(desk):
    row, client = lost(desk, 100_01), client_of("fclerk")
    act = reverse("settlement:break-act")
    assert client.post(act, {"action": "take", "ids": row.pk}).status_code == 302
    client.post(act, {"action": "write_off", "ids": row.pk, "note": ""})
    assert only().state == "waiting"
    client.post(act, {"action": "write_off", "ids": row.pk, "note": "provider's error"})
    assert only().state == "proposed"
    assert client.post(act, {"action": "approve", "ids": row.pk}).status_code == 403
    assert client_of("auditor").post(act, {"action": "take", "ids": row.pk}).status_code == 403
    back = client_of("flead").post(act, {"action": "approve", "ids": row.pk, "next": "https://evil.example/"})
    assert (only().state, back.url) == ("resolved", reverse("settlement:reconciliation"))


def test_lists_do_not_ask_more_for_more_rows(busy, django_assert_max_num_queries):
    busy.load("wechat", [])
    client = client_of("auditor")
    for address in (reverse("settlement:reconciliation"), reverse("settlement:statements")):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
