"""Becoming a member, once per phone, and the few things a member says about himself."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from members.channels import Channel
from members.events import MemberJoined
from members.models import Member, PointsAccount, User
from members.phones import normalised
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import Invalid
from omnichannel.kernel.secrets import lookup, mask_tail

NAME_LENGTH = 40


class NameInvalid(Invalid):
    code = "name_invalid"
    message = _("A name has 1 to 40 characters.")


class MemberMissing(Invalid):
    code = "member_unknown"
    status = 404
    message = _("We do not know this member.")


def cleaned_name(name: str) -> str:
    """The name without surrounding blanks; raises NameInvalid for control or over 40 characters."""
    text = str(name or "").strip()
    if len(text) > NAME_LENGTH or any(ord(character) < 32 for character in text):
        raise NameInvalid(field="name")
    return text


@transaction.atomic(savepoint=False)
def join(
    *, phone: str, name: str = "", channel: str, institution_id: int | None = None, now: datetime
) -> int:
    """The member id of this phone; a new member when there is none. Raises PhoneInvalid, NameInvalid.

    A name given later fills an empty one and never replaces one.
    """
    phone, name, channel = normalised(phone), cleaned_name(name), Channel(channel).value
    user = User.objects.filter(phone=phone).select_related("member").first()
    if user is None or not hasattr(user, "member"):
        return _create(user or _user(phone, name, now), name, channel, institution_id, now)
    if name and not user.member.name:
        _rename(user.member, name)
    return user.pk


def _create(user: User, name: str, channel: str, institution_id: int | None, now: datetime) -> int:
    """Whoever else creates the same member at this moment: one of us does, both go on."""
    member = Member(
        user=user,
        name=name,
        joined_at=now,
        joined_channel=channel,
        joined_institution_id=institution_id,
    )
    Member.objects.bulk_create([member], ignore_conflicts=True)
    PointsAccount.objects.bulk_create([PointsAccount(member_id=user.pk)], ignore_conflicts=True)
    outbox.publish(
        MemberJoined(
            member_id=user.pk, channel=channel, institution_id=institution_id, occurred_at=now.isoformat()
        )
    )
    return user.pk


def _user(phone: str, name: str, now: datetime) -> User:
    """The account that signs in, made here or by somebody else between our look and our insert."""
    fresh = User(
        username=username_of(phone),
        phone=phone,
        display_name=name or mask_tail(phone),
        password=make_password(None),
        date_joined=now,
    )
    User.objects.bulk_create([fresh], ignore_conflicts=True)
    return User.objects.get(phone=phone)


def username_of(phone: str) -> str:
    """A user name that does not show the phone."""
    return f"m-{lookup(phone, context='username')[:16]}"


@transaction.atomic
def rename(*, actor: Actor, name: str) -> None:
    """Change one's own name. Raises NameInvalid, MemberMissing."""
    name = cleaned_name(name)
    if not name:
        raise NameInvalid(field="name")
    member = Member.objects.select_related("user").select_for_update(of=["self"]).filter(pk=actor.user_id)
    found = member.first()
    if found is None:
        raise MemberMissing()
    _rename(found, name)


def _rename(member: Member, name: str) -> None:
    Member.objects.filter(pk=member.pk).update(name=name)
    User.objects.filter(pk=member.pk).update(display_name=name)
