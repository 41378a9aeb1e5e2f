"""Every morning in finance: statements, breaks, transfers, the bank's answers, the day is closed."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime
from random import Random

from members.actors import actor_of
from members.models import User
from members.queries import institutions_of_kind
from omnichannel.demo_day import bank
from settlement import demo_statements
from settlement.models import (
    AccountKind,
    BatchState,
    BreakKind,
    BreakState,
    Posting,
    ReconBatch,
    ReconBreak,
    Resolution,
    Scope,
    StatementAccount,
    TransferState,
)
from settlement.services import adjustments, closing, transfer_files, transfers
from settlement.services.posting import Leg
from settlement.services.reconciliation import accounts, breaks, importing, loading, signing
from settlement.simulator import day as statements

ORDER = (Scope.TRADES, Scope.COD, Scope.FUNDS, Scope.BANK)
WORKED_ON = (BreakState.WAITING, BreakState.OPEN)


class Desk:
    """The finance clerk and the finance lead; `done` counts what they did."""

    def __init__(self, *, seed: int, begins_on: date, now: datetime):
        names = ("fclerk", "flead")
        self.clerk, self.lead = (actor_of(User.objects.get(username=name)) for name in names)
        self.people = set(User.objects.filter(username__in=names).values_list("pk", flat=True))
        self.seed, self.done = seed, Counter()
        demo_statements.load(now=now, begins_on=begins_on)
        for carrier in (*institutions_of_kind("courier"), *institutions_of_kind("dealer")):
            wanted = {"institution_id": carrier.id, "begins_on": begins_on, "is_active": True}
            StatementAccount.objects.get_or_create(source="cod", number=carrier.code, defaults=wanted)

    def load_statements(self, *, day: date, sown: bool, now: datetime) -> None:
        """Everything that others say of a day, compared; who had nothing says so."""
        accounts.expect(now=now)
        seed = self.seed + day.toordinal() if sown else None
        made = statements.statements(day=day, numbers=demo_statements.numbers(), seed=seed)
        for file in made.files:
            account = accounts.account_by_number(source=file.source, number=file.number)
            with suppress(loading.BillLoaded):  # an empty bill names no day: one is like another
                importing.import_bill(
                    actor=self.clerk, account_id=account.pk, day=day, content=file.content,
                    file_name=file.name, rows=file.rows, sum_fen=file.sum_fen, now=now,
                )  # fmt: skip
        for batch in ReconBatch.objects.filter(bill_date=day, state=BatchState.WAIT_FILE).order_by("pk"):
            with suppress(loading.BillExpected):
                importing.import_no_bill(actor=self.clerk, account_id=batch.account_id, day=day, now=now)
        importing.reconcile_due(now=now)
        self.done["errors sown"] += len(made.sown)

    def work_off(self, *, day: date, now: datetime) -> None:
        """Each break gets an owner and an end; what is large is approved by the lead."""
        rows = ReconBreak.objects.filter(state__in=WORKED_ON, bill_date__lte=day).order_by("pk")
        for row in list(rows.select_related("batch__account", "transfer")):
            self._end(row, now=now)
        proposed = list(ReconBreak.objects.filter(state=BreakState.PROPOSED).values_list("pk", flat=True))
        if proposed:
            self.done["write-offs approved"] += breaks.approve(actor=self.lead, ids=proposed, now=now)

    def _end(self, row: ReconBreak, *, now: datetime) -> None:
        breaks.assign(
            actor=self.clerk, ids=[row.pk], owner_id=self.clerk.user_id, finance_ids=self.people, now=now
        )
        if row.transfer is not None and row.transfer.state == TransferState.UNKNOWN:
            said = f"statement of {row.bill_date}"
            transfers.record_answer(
                actor=self.clerk, transfer_id=row.transfer_id, outcome=TransferState.SUCCEEDED, evidence=said,
                now=now,
            )  # fmt: skip
        how = resolution(row)
        breaks.resolve(actor=self.clerk, ids=[row.pk], how=how, note="次日核对", now=now)
        self.done["breaks resolved"] += 1

    def sign(self, *, now: datetime) -> None:
        """The lead makes final what is compared; a bill with a trade of last night waits until tomorrow."""
        ready = ReconBatch.objects.filter(state__in=signing.READY).order_by("bill_date", "pk")
        for batch in sorted(ready, key=lambda each: (each.bill_date, ORDER.index(each.scope))):
            with suppress(signing.NotCleared):
                signing.sign_off(actor=self.lead, batch_id=batch.pk, now=now)
                self.done["statements signed off"] += 1

    def instruct(self, *, day: date, now: datetime) -> None:
        """The clerk proposes, the lead confirms, the file is written."""
        made = transfers.propose_transfers(actor=self.clerk, day=day, now=now)
        transfers.confirm_transfers(actor=self.lead, day=day, now=now)
        if made:
            transfer_files.export_transfers(actor=self.clerk, day=day, now=now)
        self.done["transfers"] += len(made)

    def hear_bank(self, *, day: date, failed: int, unknown: int, now: datetime) -> None:
        """The bank answers the day's file; what failed is payable again and paid with the next file."""
        said = bank.answer(day=day, seed=self.seed, actor=self.clerk, now=now, failed=failed, unknown=unknown)
        self.done["transfers failed"] += said[TransferState.FAILED]
        self.done["transfers unknown at first"] += said[TransferState.UNKNOWN]

    def close(self, *, day: date, now: datetime) -> str:
        return closing.close_day(actor=self.lead, day=day, now=now).state

    def settle_claims(self, *, day: date, now: datetime) -> None:
        """At the end: claims that nobody paid and money that nobody claims go where the lead decides."""
        for kind in (AccountKind.CLAIM, AccountKind.SUSPENSE):
            for party, fen in _left(kind):
                legs = (Leg(kind, party, -fen), Leg(AccountKind.WRITE_OFF, None, fen))
                made = adjustments.propose(
                    actor=self.clerk, legs=legs, reason="月末清理", original_date=day, now=now
                )
                adjustments.confirm(actor=self.lead, adjustment_id=made.pk, now=now)
                self.done["adjustments"] += 1


def resolution(row: ReconBreak) -> str:
    """What finance does with a break of this kind."""
    if row.kind == BreakKind.FEE_MISMATCH:
        return Resolution.FEE
    if row.difference_fen == 0:
        return Resolution.NO_AMOUNT
    if row.kind == BreakKind.MISSING_HERE:
        return Resolution.SUSPENSE
    return Resolution.CLAIM if Random(row.pk).random() < 0.5 else Resolution.WRITE_OFF


def _left(kind: str) -> list[tuple[int | None, int]]:
    sums: Counter = Counter()
    rows = Posting.objects.filter(account__kind=kind).values_list("account__institution_id", "amount_fen")
    for party, fen in rows:
        sums[party] += fen
    return [(party, fen) for party, fen in sorted(sums.items(), key=str) if fen]
