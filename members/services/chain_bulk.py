"""A retail chain's stores and card holders, made in bulk by code: found or created, set-based."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from members.channels import Channel
from members.models import Institution, Member, PointsAccount, User


@transaction.atomic
def ensure_stores(*, chain_id: int, codes: Iterable[str]) -> dict[str, int]:
    """Ids of the chain's stores by their own code; missing ones are opened under the chain."""
    chain = Institution.objects.get(pk=chain_id)
    wanted = {code: f"{chain.code}-{code}".lower() for code in codes}
    Institution.objects.bulk_create(
        [
            Institution(
                code=ours,
                path=f"{chain.path}{ours}/",
                parent=chain,
                kind=Institution.Kind.CHAIN,
                name=f"{chain.name} {code}",
                name_en=f"{chain.name_en or chain.name} {code}",
            )
            for code, ours in wanted.items()
        ],
        ignore_conflicts=True,
    )
    found = dict(Institution.objects.filter(code__in=wanted.values()).values_list("code", "pk"))
    return {code: found[ours] for code, ours in wanted.items()}


@transaction.atomic
def join_cards(*, chain_id: int, cards: Iterable[str], now: datetime) -> dict[str, int]:
    """Member ids by the number of the chain's customer card; unknown cards become members without a phone."""
    chain = Institution.objects.get(pk=chain_id)
    names = {card: f"{chain.code}:card:{card}" for card in cards}
    known = set(User.objects.filter(username__in=names.values()).values_list("username", flat=True))
    new = [name for name in names.values() if name not in known]
    User.objects.bulk_create(
        [
            User(username=name, display_name=name, password=make_password(None), date_joined=now)
            for name in new
        ],
        ignore_conflicts=True,
    )
    ids = dict(User.objects.filter(username__in=names.values()).values_list("username", "pk"))
    Member.objects.bulk_create(
        [
            Member(
                user_id=ids[name], joined_at=now, joined_channel=Channel.TILL, joined_institution_id=chain_id
            )
            for name in new
        ],
        ignore_conflicts=True,
    )
    PointsAccount.objects.bulk_create(
        [PointsAccount(member_id=ids[name]) for name in new], ignore_conflicts=True
    )
    return {card: ids[name] for card, name in names.items()}


def ensure_chain(*, code: str) -> int:
    """The id of a retail chain; opened at the root of the tree where the company has none."""
    chain, _created = Institution.objects.get_or_create(
        code=code, defaults={"path": f"{code}/", "kind": Institution.Kind.CHAIN, "name": code}
    )
    return chain.pk
