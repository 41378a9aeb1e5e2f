"""The demo company's split rules, the provider's fee rate and the first open business day."""

from datetime import date, datetime, timedelta

from members.actors import actor_of
from members.models import User
from members.queries import institution_by_code
from settlement.models import (
    BusinessDay,
    DecisionState,
    Funder,
    FundingSubject,
    FundingTerm,
    ProviderFeeRate,
    ProviderLimit,
    SplitRule,
)
from settlement.services import business_day
from settlement.services.rule_creation import propose_rule
from settlement.services.rule_lines import LineSpec
from settlement.services.rules import decide_version, install_version

from . import demo_dealer_rules

BEGIN = date(2026, 1, 1)
# The one site offer of catalog's demo.
SITE_OFFER = "phone-and-case"
STORE_BRINGS = LineSpec("attributed_store", "percentage", ppm=30_000)
PLATFORM_REST = LineSpec("platform", "residual")
# What the carrier itself sells: the platform is the seller of record.
OWN = {"seller_kind": "carrier"}

# code, name, English name, priority, conditions, lines
RULES = [
    ("own-service", "自营业务", "Own services", 10, OWN,
     [LineSpec("attributed_store", "percentage", ppm=20_000), PLATFORM_REST]),
    ("own-top-up", "自营充值", "Own top-ups", 20, {**OWN, "offering_kind": "top_up"},
     [LineSpec("attributed_store", "percentage", ppm=10_000), PLATFORM_REST]),
    ("own-device", "自营终端", "Own devices", 20, {**OWN, "offering_kind": "device"},
     [LineSpec("attributed_store", "capped", ppm=30_000, cap_fen=15_000),
      LineSpec("fulfiller", "capped", ppm=10_000, cap_fen=3_000), PLATFORM_REST]),
    ("own-sim", "自营号卡", "Own SIM cards", 20, {**OWN, "offering_kind": "sim"},
     [STORE_BRINGS, LineSpec("fulfiller", "fixed", amount_fen=300), PLATFORM_REST]),
    ("own-accessory", "自营配件", "Own accessories", 20, {**OWN, "offering_kind": "accessory"},
     [STORE_BRINGS, LineSpec("fulfiller", "percentage", ppm=20_000), PLATFORM_REST]),
    ("own-gift", "自营礼品", "Own gifts", 20, {**OWN, "offering_kind": "gift"},
     [STORE_BRINGS, LineSpec("fulfiller", "percentage", ppm=20_000), PLATFORM_REST]),
    ("own-food", "自营食品", "Own food", 20, {**OWN, "offering_kind": "food"},
     [STORE_BRINGS, LineSpec("fulfiller", "percentage", ppm=25_000), PLATFORM_REST]),
    # The store weighs, checks and labels the parcel; the courier's freight is a cost of its own.
    ("own-postage", "门店寄递", "Parcels posted in stores", 20, {**OWN, "offering_kind": "postage"},
     [LineSpec("attributed_store", "percentage", ppm=200_000), PLATFORM_REST]),
    ("merchant", "第三方商户", "Third-party merchants", 50, {"seller_kind": "merchant"},
     [LineSpec("platform", "capped", ppm=80_000, cap_fen=20_000),
      LineSpec("attributed_store", "percentage", ppm=10_000, base="net"), LineSpec("seller", "residual")]),
    ("dealer", "经销商自有货", "Dealers' own goods", 50, {"seller_kind": "dealer"},
     [LineSpec("platform", "percentage", ppm=40_000), LineSpec("seller", "residual")]),
    ("till", "连锁门店收银", "Chain tills", 60, {"channel": "till"},
     [LineSpec("platform", "percentage", ppm=5_000), LineSpec("seller", "residual")]),
    ("shipping", "运费", "Delivery fee", 90, {"offering_kind": "shipping"}, [PLATFORM_REST]),
    *demo_dealer_rules.RULES,
]  # fmt: skip


def load(*, now: datetime) -> None:
    """Idempotent: what is there stays."""
    provider = institution_by_code("pp-unipay")
    if not BusinessDay.objects.exists():
        _install_terms(provider.id)
    load_rules(now=now)
    ProviderFeeRate.objects.get_or_create(provider_id=provider.id, valid_from=BEGIN, defaults={"ppm": 6_000})


def _install_terms(provider_id: int) -> None:
    """What WeChat Pay allows, though the platform lets it pay nobody; the site's offer is the platform's."""
    confirmed = {"valid_from": BEGIN, "state": DecisionState.CONFIRMED}
    ProviderLimit.objects.create(
        provider_id=provider_id, requests_per_order=50, receivers_per_request=50, share_ppm=300_000,
        frozen_days=30, frozen_days_most=180, **confirmed,
    )  # fmt: skip
    FundingTerm.objects.create(
        subject=FundingSubject.OFFER, offer_code=SITE_OFFER, funder=Funder.PLATFORM, **confirmed
    )
    FundingTerm.objects.create(subject=FundingSubject.POINTS, funder=Funder.PLATFORM, **confirmed)


def load_rules(*, now: datetime) -> None:
    """Split rules and the first open business day.

    Where the books are open already, a rule that is missing is proposed and confirmed by two people, to hold
    from the next day on.
    """
    known = set(SplitRule.objects.values_list("code", flat=True))
    missing = [row for row in RULES if row[0] not in known]
    add = _agree if BusinessDay.objects.exists() else _install
    for code, name, name_en, priority, conditions, lines in missing:
        names = {"name": name, "name_en": name_en, "priority": priority}
        add(code, names, conditions, lines, now)
    business_day.open_first(now=now)


def _install(code: str, names: dict, conditions: dict, lines, now: datetime) -> None:
    rule = SplitRule.objects.create(code=code, **names, **conditions)
    install_version(rule=rule, valid_from=BEGIN, lines=lines)


def _agree(code: str, names: dict, conditions: dict, lines, now: datetime) -> None:
    clerk, lead = (actor_of(User.objects.get(username=name)) for name in ("fclerk", "flead"))
    tomorrow = business_day.current_day() + timedelta(days=1)
    coming = propose_rule(
        actor=clerk, code=code, conditions=conditions, lines=lines, valid_from=tomorrow, now=now, **names
    )
    decide_version(actor=lead, version_id=coming.pk, action="confirm", now=now)
