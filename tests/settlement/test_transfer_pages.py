"""Pages of transfers, files, answers, pay-outs and limits: who may, what is shown, what a refusal says."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from members.models import User
from settlement.models import AuditEntry, BankAnswer, FundTransfer, PayoutTerms, TransferLimit
from settlement.services import transfers
from settlement.simulator import bank_answers as bank
from tests.settlement.transfers_world import DAY, pay_out, propose, run, sell


def client_of(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


@pytest.fixture
def paid(world):
    """An exported day, then one whose drafts wait."""
    sell(world, 100_00)
    run(world)
    world.file = pay_out(world)
    sell(world, 50_00)
    run(world)
    world.draft = propose(world, FundTransfer.objects.get().business_date.replace(day=22))[0]
    return world


def answer(world) -> SimpleUploadedFile:
    rows = FundTransfer.objects.filter(file=world.file).values_list("reference", "amount_fen")
    said = [bank.Said(reference, fen, "failed", "B1") for reference, fen in rows]
    stem = world.file.name.removesuffix(".csv")
    content = bank.as_csv(said, account=settings.PLATFORM_BANK_ACCOUNT, file=stem, at=world.now)
    return SimpleUploadedFile("answer.csv", content)


def pages(world) -> list[str]:
    client = client_of("fclerk")
    if not BankAnswer.objects.exists():
        client.post(reverse("settlement:answers"), {"file": answer(world)})
    return [
        reverse("settlement:positions", args=[DAY]),
        reverse("settlement:positions-xlsx", args=[DAY]),
        reverse("settlement:transfers") + "?state=open&q=mc&direction=pay",
        reverse("settlement:transfers-csv"),
        reverse("settlement:transfers-xlsx"),
        reverse("settlement:transfer", args=[world.draft.pk]),
        reverse("settlement:transfer-review") + f"?ids={world.draft.pk}",
        reverse("settlement:transfer-files"),
        reverse("settlement:transfer-file", args=[world.file.name]),
        reverse("settlement:answers") + "?q=answer&format=csv",
        reverse("settlement:answer", args=[BankAnswer.objects.get().pk]),
        reverse("settlement:answer-csv", args=[BankAnswer.objects.get().pk]),
        reverse("settlement:payout"),
        reverse("settlement:limits"),
    ]


def test_finance_and_audit_read_others_are_refused(paid):
    paid.staff("partner1", "partner", "mc")
    paid.staff("wh1", "warehouse", "wh")
    for address in pages(paid):
        for who in ("fclerk", "flead", "auditor"):
            assert client_of(who).get(address).status_code == 200, address
        assert client_of("partner1").get(address).url == reverse("settlement:own-statement")
        assert client_of("wh1").get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_the_auditor_changes_nothing(paid):
    client, pk = client_of("auditor"), paid.draft.pk
    day = "2026-11-23"
    for address, given in (
        (reverse("settlement:transfer-batch"), {"ids": pk}),
        (reverse("settlement:transfer-action", args=[pk]), {"action": "reject", "reason": "x"}),
        (reverse("settlement:transfer-file-sent", args=[paid.file.name]), {}),
        (reverse("settlement:answers"), {"file": answer(paid)}),
        (reverse("settlement:payout"), {"institution": "mc", "minimum": "1", "valid_from": day}),
        (
            reverse("settlement:limits"),
            {"person": "1", "most": "1", "daily": "1", "valid_from": day},
        ),
    ):
        assert client.post(address, given).status_code == 403, address
    shown = client.get(reverse("settlement:transfers")).content.decode()
    assert 'name="ids"' not in shown


def test_review_then_confirm(paid):
    lead = client_of("flead")
    review = lead.get(reverse("settlement:transfer-review"), {"ids": [paid.draft.pk]})
    assert review.context["sums"].pay == paid.draft.amount_fen
    assert lead.post(reverse("settlement:transfer-batch"), {"ids": [paid.draft.pk]}).status_code == 302
    paid.draft.refresh_from_db()
    assert paid.draft.state == "confirmed"


def test_a_refusal_says_code_and_what_to_do(paid):
    TransferLimit.objects.create(
        role="finance_lead", valid_from=DAY, most_fen=1, daily_fen=1, two_above_fen=10**9, set_by="test",
        set_at=paid.now,
    )  # fmt: skip
    lead = client_of("flead")
    shown = lead.post(reverse("settlement:transfer-batch"), {"ids": [paid.draft.pk]}, follow=True)
    assert "over_limit" in shown.content.decode()
    assert "Ask a lead with a higher limit" in shown.content.decode()


def test_an_answer_is_taken_in_on_the_page_and_refused_twice(paid):
    client = client_of("fclerk")
    page = client.post(reverse("settlement:answers"), {"file": answer(paid)}, follow=True)
    assert page.status_code == 200
    assert FundTransfer.objects.get(file=paid.file).state == "failed"
    again = client.post(reverse("settlement:answers"), {"file": answer(paid)})
    assert again.status_code == 409
    assert 'data-code="answer_known"' in again.content.decode()
    assert client.post(reverse("settlement:answers")).status_code == 400


def test_unknown_is_decided_on_its_page_with_evidence(paid):
    row = FundTransfer.objects.get(file=paid.file)
    transfers.record_answer(actor=paid.clerk, transfer_id=row.pk, outcome="unknown", now=paid.now)
    client, act = client_of("fclerk"), reverse("settlement:transfer-action", args=[row.pk])
    refused = client.post(act, {"action": "succeeded"}, follow=True)
    assert "evidence_missing" in refused.content.decode()
    client.post(act, {"action": "succeeded", "evidence": "letter 4711"})
    row.refresh_from_db()
    assert (row.state, row.evidence) == ("succeeded", "letter 4711")


def test_the_same_document_has_the_same_bytes_and_is_on_record(paid):
    client = client_of("flead")
    address = reverse("settlement:transfer-file", args=[paid.file.name.replace(".csv", "-pay.xml")])
    first, second = client.get(address), client.get(address)
    assert first.content == second.content
    assert first["Content-Type"].startswith("application/xml")
    assert AuditEntry.objects.filter(action="file.exported").count() == 2
    assert client.get(reverse("settlement:transfer-file", args=["none.csv"])).status_code == 404


def test_terms_and_limits_are_set_on_their_pages(paid):
    lead = client_of("flead")
    day = "2026-11-25"
    terms = {"institution": "mc", "minimum": "12.50", "valid_from": day}
    assert lead.post(reverse("settlement:payout"), terms | {"minimum": "-1"}).status_code == 400
    assert lead.post(reverse("settlement:payout"), terms | {"minimum": "1.001"}).status_code == 400
    assert lead.post(reverse("settlement:payout"), terms).status_code == 302
    made = PayoutTerms.objects.get()
    assert (made.minimum_fen, made.collects) == (12_50, False)
    colleague = paid.staff("flead2", "finance_lead")
    limit = {"person": str(colleague.user_id), "most": "1000", "daily": "5000", "valid_from": day}
    own = limit | {"person": str(paid.lead.user_id)}
    refused = lead.post(reverse("settlement:limits"), own)
    assert 'data-code="own_limit"' in refused.content.decode()
    assert lead.post(reverse("settlement:limits"), limit).status_code == 302
    assert TransferLimit.objects.get(user=colleague.user_id).most_fen == 1000_00


def test_the_list_asks_no_more_for_more_rows(paid, django_assert_max_num_queries):
    client = client_of("auditor")
    for address, most in ((reverse("settlement:transfers"), 14), (reverse("settlement:transfer-files"), 12)):
        with django_assert_max_num_queries(most):
            client.get(address)
