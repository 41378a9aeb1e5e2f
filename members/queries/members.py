"""Members and their identity, without plain personal data where a mask will do."""

from django.db.models import Exists, OuterRef

from members.models import Address, Identity, Member, User
from members.phones import normalised
from members.values import IdentityRef, MemberCard
from omnichannel.kernel import clock
from omnichannel.kernel.secrets import mask_tail

from .points import points_balance


def member_card(*, phone: str) -> MemberCard | None:
    """The member with this phone. Raises PhoneInvalid."""
    return _card(Member.objects.filter(user__phone=normalised(phone)))


def member_card_by_id(member_id: int) -> MemberCard | None:
    return _card(Member.objects.filter(pk=member_id))


def _card(members) -> MemberCard | None:
    identified = Exists(Identity.objects.filter(member=OuterRef("pk")))
    member = members.select_related("user").annotate(is_identified=identified).first()
    if member is None:
        return None
    return MemberCard(
        member_id=member.pk,
        name=member.name,
        phone=member.user.phone or "",
        phone_masked=mask_tail(member.user.phone or ""),
        points=points_balance(member.pk, day=clock.today()).balance,
        joined_at=member.joined_at,
        joined_channel=member.joined_channel,
        is_identified=member.is_identified,
    )


def member_phone(member_id: int) -> str:
    """The phone of a member; empty when there is none."""
    return User.objects.filter(pk=member_id).values_list("phone", flat=True).first() or ""


def member_name(member_id: int) -> str:
    return Member.objects.filter(pk=member_id).values_list("name", flat=True).first() or ""


def identity_of(member_id: int) -> IdentityRef | None:
    """The identity verified last."""
    columns = ("pk", "person_key", "name_masked", "number_masked")
    row = Identity.objects.filter(member_id=member_id).order_by("-verified_at", "-pk").values_list(*columns)
    found = row.first()
    return IdentityRef(*found) if found else None


def addresses_of(member_id: int) -> list[Address]:
    """The default address first, then the newest."""
    return list(Address.objects.filter(member_id=member_id))


def identity_refs(identity_ids) -> dict[int, IdentityRef]:
    """Identities by their ids in one query; ids that do not exist are absent."""
    columns = ("pk", "person_key", "name_masked", "number_masked")
    rows = Identity.objects.filter(pk__in=list(identity_ids)).values_list(*columns)
    return {row[0]: IdentityRef(*row) for row in rows}
