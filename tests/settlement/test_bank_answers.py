"""The bank's answer: checked whole, taken in once, nothing half done; what it cannot say stays unknown."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from settlement.models import AuditEntry, BankAnswer, FundTransfer
from settlement.queries import invariants
from settlement.services import bank_answers, transfers
from settlement.services.bank_answers import import_answer
from settlement.simulator import bank_answers as bank
from tests.settlement.test_night import balance
from tests.settlement.transfers_world import pay_out, run, sell
from tests.settlement.world import institution


@pytest.fixture
def sent(world):
    """Three payments at the bank."""
    for code in ("mc2", "mc3"):
        world.places[code] = institution(code, "merchant")
    for code, fen in (("mc", 100_00), ("mc2", 200_00), ("mc3", 300_00)):
        sell(world, fen, seller=code)
    run(world)
    world.file = pay_out(world)
    return world


def said(world, **outcomes) -> list[bank.Said]:
    rows = FundTransfer.objects.order_by("reference").values_list(
        "reference", "amount_fen", "institution__code"
    )
    return [
        bank.Said(reference, fen, outcomes.get(code, "succeeded"), f"B-{code}")
        for reference, fen, code in rows
    ]


def written(
    world, kind: str = "csv", account: str | None = None, file: str | None = None, **outcomes
) -> bytes:
    write = bank.as_pain002 if kind == "pain002" else bank.as_csv
    account = settings.PLATFORM_BANK_ACCOUNT if account is None else account
    stem = world.file.name.removesuffix(".csv")
    return write(said(world, **outcomes), account=account, file=file or stem, at=world.now)


def take(world, content: bytes, name: str = "answer.csv") -> BankAnswer:
    return import_answer(actor=world.clerk, content=content, file_name=name, now=world.now)


def states() -> dict:
    return dict(FundTransfer.objects.values_list("institution__code", "state"))


@pytest.mark.parametrize("kind", ["csv", "pain002"])
def test_each_transfer_goes_where_the_bank_says(sent, kind):
    made = take(sent, written(sent, kind, mc2="failed", mc3="unknown"))
    assert states() == {"mc": "succeeded", "mc2": "failed", "mc3": "unknown"}
    assert (balance("bank"), balance("payable", "mc2"), balance("transfer")) == (-92_00, -184_00, -276_00)
    assert (made.rows, made.amount_fen, made.format) == (3, 552_00, kind)
    failed = FundTransfer.objects.get(institution__code="mc2")
    assert "AC04" in failed.reason
    assert failed.evidence == "answer.csv 4 B-mc2" or kind == "pain002"
    assert invariants.broken() == []
    assert AuditEntry.objects.filter(action="transfer.answer_imported").count() == 1


def test_the_same_file_twice_is_refused_and_changes_nothing(sent):
    content = written(sent, mc3="unknown")
    take(sent, content)
    with pytest.raises(bank_answers.AnswerKnown):
        take(sent, content, "again.csv")
    assert BankAnswer.objects.count() == 1
    assert balance("bank") == -276_00


def test_a_later_file_may_say_again_what_is_known_and_decide_what_was_not(sent):
    take(sent, written(sent, mc3="unknown"))
    take(sent, written(sent, "pain002"), "later.xml")
    assert states() == dict.fromkeys(("mc", "mc2", "mc3"), "succeeded")
    assert balance("bank") == -552_00
    assert FundTransfer.objects.get(institution__code="mc3").evidence.startswith("later.xml")


def test_accepted_is_sent_and_a_weaker_word_takes_nothing_back(sent):
    take(sent, written(sent, mc="sent", mc2="sent", mc3="sent"))
    assert set(states().values()) == {"sent"}
    take(sent, written(sent, mc3="unknown"))
    take(sent, written(sent, mc="unknown", mc3="sent"))
    assert states() == {"mc": "succeeded", "mc2": "succeeded", "mc3": "unknown"}


def broken(world) -> dict:
    good = written(world)
    reference = FundTransfer.objects.order_by("reference").first().reference
    return {
        "bill_totals_differ": good.replace(b"TRAILER,3,", b"TRAILER,2,"),
        "sum": good.replace(b",552.00,", b",552.01,"),
        "hash": good.replace(b"B-mc2", b"B-mcX"),
        "bill_cut_off": good[: good.index(b"TRAILER")],
        "bill_unreadable": b"\xff\xfe\x00",
        "columns": good.replace(b"sequence,", b"number,"),
        "answer_status_unknown": good.replace(b"SUCCEEDED", b"PAID", 1),
        "decimals": good.replace(b",92.00,", b",92.001,"),
        "twice": good.replace(f"{reference}2".encode(), reference.encode()),
        "other": written(world, account="6222"),
        "file": written(world, file="transfers-20200101-01"),
        "no xml": b"<Document><a></Document>\n\n",
        "entity": b"<!DOCTYPE x [<!ENTITY y 'z'>]><Document/>",
        "empty": b"",
    }


CODES = {
    "bill_totals_differ": "bill_totals_differ", "sum": "bill_totals_differ", "hash": "bill_totals_differ",
    "bill_cut_off": "bill_cut_off", "bill_unreadable": "bill_unreadable", "columns": "bill_columns_missing",
    "answer_status_unknown": "answer_status_unknown", "decimals": "bill_amount_invalid",
    "twice": "bill_row_twice", "other": "answer_other_account", "file": "answer_file_unknown",
    "no xml": "bill_unreadable", "entity": "bill_unreadable", "empty": "bill_unreadable",
}  # fmt: skip


@pytest.mark.parametrize("name", CODES)
def test_a_wrong_file_is_refused_with_line_and_reason(sent, name):
    with pytest.raises(bank_answers.BillRefused) as refusal:
        take(sent, broken(sent)[name])
    assert refusal.value.code == CODES[name]
    assert "line" in refusal.value.facts
    assert set(states().values()) == {"exported"}
    assert not BankAnswer.objects.exists()


def test_a_row_that_does_not_fit_refuses_the_whole_file(sent):
    rows = said(sent)
    account, stem = settings.PLATFORM_BANK_ACCOUNT, sent.file.name.removesuffix(".csv")
    other = [*rows[:2], bank.Said(rows[2].reference, 1, "succeeded", "B")]
    foreign = [*rows[:2], bank.Said("FT20200101-mc", rows[2].amount_fen, "succeeded", "B")]
    for wrong, refusal in ((other, bank_answers.AmountDiffers), (foreign, bank_answers.ReferenceUnknown)):
        with pytest.raises(refusal) as told:
            take(sent, bank.as_csv(wrong, account=account, file=stem, at=sent.now))
        assert told.value.facts["line"] == 5
    assert set(states().values()) == {"exported"}
    assert balance("bank") == 0


def test_a_final_answer_is_not_contradicted(sent):
    take(sent, written(sent))
    with pytest.raises(bank_answers.Contradicts):
        take(sent, written(sent, mc2="failed"))
    assert set(states().values()) == {"succeeded"}


@pytest.mark.parametrize("who", ["auditor"])
def test_who_only_reads_takes_nothing_in(sent, who):
    with pytest.raises(transfers.NotAllowed):
        import_answer(actor=getattr(sent, who), content=written(sent), file_name="x", now=sent.now)


def test_killed_in_the_middle_nothing_is_taken_in(sent, monkeypatch):
    answered = []

    def dies(*args, **kwargs):
        answered.append(1)
        if len(answered) == 2:
            raise KeyboardInterrupt
        return transfers.apply_answer(*args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(bank_answers, "apply_answer", dies)
        with pytest.raises(KeyboardInterrupt):
            take(sent, written(sent))
    assert set(states().values()) == {"exported"}
    take(sent, written(sent))
    assert balance("bank") == -552_00


def test_the_command_takes_a_file_in_and_says_what_is_wrong(sent, tmp_path, capsys):
    path = tmp_path / "answer.xml"
    path.write_bytes(written(sent, "pain002", mc2="failed"))
    call_command("import_bank_answer", str(path))
    assert "3 rows" in capsys.readouterr().out
    with pytest.raises(CommandError, match="answer_known"):
        call_command("import_bank_answer", str(path))
    with pytest.raises(CommandError, match="file_missing"):
        call_command("import_bank_answer", str(tmp_path / "none"))


def test_the_simulated_bank_refuses_one_and_does_not_know_one():
    asked = [bank.Asked(f"FT-{n}", 100) for n in range(6)]
    outcomes = [one.outcome for one in bank.decide(asked, seed=7)]
    assert (outcomes.count("failed"), outcomes.count("unknown")) == (1, 1)
    assert outcomes == [one.outcome for one in bank.decide(asked, seed=7)]
