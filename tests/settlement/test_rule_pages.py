"""The pages of the rules: what is typed, who may, what is shown before a version is confirmed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from omnichannel.kernel import outbox
from settlement.models import FundingTerm, ProviderLimit, RuleComparison, SplitRule, SplitRuleVersion
from settlement.services import night, rule_creation, rules
from tests.settlement.test_rule_versions import AHEAD, DAY, facts, merchant, propose


def client_of(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


LINES = {
    "role-1": "platform", "kind-1": "capped", "percent-1": "7.5", "base-1": "gross", "cap-1": "120.50",
    "role-2": "attributed_store", "kind-2": "percentage", "percent-2": "1.0001", "base-2": "remainder:1",
    "role-3": "courier", "kind-3": "fixed", "amount-3": "2.00",
    "role-4": "seller", "kind-4": "residual",
}  # fmt: skip
FORM = LINES | {"valid_from": AHEAD.isoformat(), "note": "fair"}


def test_a_version_is_typed_in_yuan_and_percent(world):
    answer = client_of("fclerk").post(reverse("settlement:rule-version-new", args=["merchant"]), FORM)
    assert answer.status_code == 302
    version = merchant().versions.get(number=2)
    assert (version.state, version.valid_from, version.note) == ("proposed", AHEAD, "fair")
    specs = [(one.role, one.kind, one.ppm, one.amount_fen, one.cap_fen, one.base, one.after)
             for one in rules.specs_of(version)]  # fmt: skip
    assert specs == [
        ("platform", "capped", 75_000, 0, 120_50, "gross", 0),
        ("attributed_store", "percentage", 10_001, 0, 0, "remainder", 1),
        ("courier", "fixed", 0, 2_00, 0, "gross", 0),
        ("seller", "residual", 0, 0, 0, "gross", 0),
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"percent-1": "7.50001"}, "at most four decimals"),
        ({"percent-1": "NaN"}, "is not a percentage"),
        ({"percent-1": "101"}, "at most 100"),
        ({"amount-3": "2.001"}, "at most two decimals"),
        ({"cap-1": "-1"}, "is not an amount"),
        ({"valid_from": "tomorrow"}, "is not a date"),
        ({"valid_from": DAY.isoformat()}, "after the open business day"),
        ({"kind-3": "residual"}, "Exactly one party"),
        ({"role-4": "platform"}, "The seller gets nothing"),
        ({"percent-2": "93", "base-2": "gross"}, "more than 100 %"),
    ],
)
def test_what_cannot_be_right_comes_back_with_the_reason(world, change, said):
    before = facts()
    address = reverse("settlement:rule-version-new", args=["merchant"])
    answer = client_of("fclerk").post(address, FORM | change)
    assert answer.status_code == 400
    body = answer.content.decode()
    assert said in body
    assert 'value="1.0001"' in body or "percent-2" in change  # what was typed is still there
    assert facts() == before


def test_two_people_through_the_pages(world):
    number = world.order(("merchant_goods", "mc", 100_00))
    world.confirm(number)
    world.pay(number)
    night.run_due(now=world.tomorrow())
    world.now += timedelta(days=1)
    clerk, lead = client_of("fclerk"), client_of("flead")
    clerk.post(reverse("settlement:rule-version-new", args=["merchant"]), FORM)
    page = reverse("settlement:rule-version", args=["merchant", 2])
    assert "Days computed" in lead.get(page).content.decode()
    outbox.drain()
    shown = lead.get(page).content.decode()
    assert "Orders changed" in shown
    assert "Confirm this version?" in shown
    assert "Confirm this version?" not in clerk.get(page).content.decode()
    act = reverse("settlement:rule-version-action", args=["merchant", 2])
    assert clerk.post(act, {"action": "confirm"}).status_code == 403
    assert lead.post(act, {"action": "confirm"}).status_code == 302
    assert merchant().versions.get(number=2).state == "confirmed"
    found = RuleComparison.objects.get()
    for name in ("rule-comparison", "rule-comparison-part", "rule-comparison-orders", "rule-comparison-csv",
                 "rule-comparison-xlsx"):  # fmt: skip
        assert lead.get(reverse(f"settlement:{name}", args=[found.pk])).status_code == 200


def test_a_new_rule_is_typed(world):
    form = FORM | {
        "code": "merchant-kiosk", "name": "自助机商户", "priority": "70", "seller_kind": "merchant",
        "channel": "kiosk", "seller": "mc",
    }  # fmt: skip
    answer = client_of("fclerk").post(reverse("settlement:rule-new"), form)
    assert answer.status_code == 302
    rule = SplitRule.objects.get(code="merchant-kiosk")
    assert (rule.seller_id, rule.channel, rule.priority) == (world.id("mc"), "kiosk", 70)
    for change in ({"seller": "nobody"}, {"priority": "high"}, {"code": "Ä"}):
        before = facts()
        answer = client_of("fclerk").post(reverse("settlement:rule-new"), form | {"code": "other"} | change)
        assert answer.status_code in (400, 404)
        assert facts() == before


def test_the_list_finds(world):
    client = client_of("auditor")
    propose(world)
    for query, there, missing in (
        ("?seller_kind=merchant", "Third-party merchants", "Chain tills"),
        ("?channel=till", "Chain tills", "Third-party"),
        ("?offering_kind=device", "Own devices", "Own food"),
        ("?q=food", "Own food", "Own devices"),
        ("?state=waiting", "Third-party merchants", "Chain tills"),
    ):
        body = client.get(reverse("settlement:rules") + query).content.decode()
        assert there in body
        assert missing not in body
    assert "No rule fits" in client.get(reverse("settlement:rules") + "?q=xyz").content.decode()


BENCH = [
    ("?seller_kind=merchant&amount=100", "91.00"),
    ("?seller_kind=merchant&amount=100.005", "at most two decimals"),
    ("?seller_kind=merchant&amount=10&fee=11", "more than the amount"),
    ("?channel=web&amount=10", "No rule in force fits"),
    ("?version=999999&amount=10", "do not know this version"),
    ("?order=HT0", "No shares are frozen"),
    ("", "Try a sale"),
]


@pytest.mark.parametrize(("query", "said"), BENCH)
def test_the_bench_answers(world, query, said):
    answer = client_of("auditor").get(reverse("settlement:rule-bench") + query)
    assert said in answer.content.decode()


def test_the_bench_shows_an_order_under_a_proposed_version(world):
    number = world.order(("merchant_goods", "mc", 100_00), store="st-1")
    world.confirm(number)
    version = propose(world)
    address = reverse("settlement:rule-bench") + f"?order={number}&version={version.pk}"
    body = client_of("auditor").get(address).content.decode()
    assert "¥91.01" in body  # its own: 8 % are taken, and 1 % of what the provider leaves
    assert body.count("¥50.00") == 2  # the proposed one: half and half


READ = ["rules", "rule-new", "rule-bench", "rule-fundings", "rule-limits"]


def test_an_auditor_reads_and_changes_nothing(world):
    version = propose(world)
    client = client_of("auditor")
    for name in READ:
        assert client.get(reverse(f"settlement:{name}")).status_code == 200
    for name, args in (("rule", ["merchant"]), ("rule-version", ["merchant", 2])):
        assert client.get(reverse(f"settlement:{name}", args=args)).status_code == 200
    before = facts(), FundingTerm.objects.count(), ProviderLimit.objects.count()
    posts = [
        (reverse("settlement:rule-version-new", args=["merchant"]), FORM),
        (reverse("settlement:rule-new"), FORM | {"code": "x", "name": "x", "priority": "9"}),
        (reverse("settlement:rule-version-action", args=["merchant", version.number]), {"action": "confirm"}),
        (reverse("settlement:rule-fundings"), {"subject": "points", "funder": "platform",
                                               "valid_from": AHEAD.isoformat()}),
    ]  # fmt: skip
    for address, form in posts:
        assert client.post(address, form).status_code == 403
    assert (facts(), FundingTerm.objects.count(), ProviderLimit.objects.count()) == before


def test_a_partner_sees_no_rule_and_changes_none(world):
    world.staff("partner1", "partner", "mc")
    rule = rule_creation.propose_rule(
        actor=world.clerk, code="mc-own", name="mc", priority=71, valid_from=AHEAD, now=world.now,
        lines=rules.specs_of(merchant().versions.get()), conditions={"seller_id": world.id("st-1")},
    ).rule  # fmt: skip
    client, before = client_of("partner1"), facts()
    own = reverse("settlement:own-statement")
    for address in (reverse("settlement:rules"), reverse("settlement:rule", args=[rule.code])):
        assert client.get(address).headers["Location"] == own
    act = reverse("settlement:rule-version-action", args=[rule.code, 1])
    assert client.post(act, {"action": "withdraw", "reason": "x"}).status_code == 403
    assert facts() == before


def test_funding_and_limits_are_proposed_and_decided_on_their_pages(world):
    clerk, lead = client_of("fclerk"), client_of("flead")
    form = {"subject": "points", "funder": "sponsor", "sponsor": "cr", "valid_from": AHEAD.isoformat()}
    assert clerk.post(reverse("settlement:rule-fundings"), form).status_code == 302
    term = FundingTerm.objects.get(state="proposed")
    lead.post(reverse("settlement:rule-funding-action", args=[term.pk]), {"action": "confirm"})
    term.refresh_from_db()
    assert (term.state, term.sponsor_id) == ("confirmed", world.id("cr"))
    form = {"provider": world.id("pp-unipay"), "valid_from": AHEAD.isoformat(), "requests_per_order": "50",
            "receivers_per_request": "50", "share": "30", "frozen_days": "30", "frozen_days_most": "180",
            "splits_at_source": "1"}  # fmt: skip
    assert clerk.post(reverse("settlement:rule-limits"), form | {"share": "x"}).status_code == 400
    assert clerk.post(reverse("settlement:rule-limits"), form).status_code == 302
    limit = ProviderLimit.objects.get(state="proposed")
    assert (limit.share_ppm, limit.splits_at_source) == (300_000, True)
    reject = {"action": "reject", "reason": "no"}
    assert lead.post(reverse("settlement:rule-limit-action", args=[limit.pk]), reject).status_code == 302


def test_the_list_does_not_ask_more_for_more_rules(world, django_assert_max_num_queries):
    client = client_of("auditor")
    address = reverse("settlement:rules")
    client.get(address)
    with django_assert_max_num_queries(14):
        client.get(address)
    assert SplitRuleVersion.objects.count() == SplitRule.objects.count()
