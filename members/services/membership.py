"""Becoming a member, once per phone, and the few things a member says about himself."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
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


@transaction.atomic
def join(
    *, phone: str, name: str = "", channel: str, institution_id: int | None = None, now: datetime
) -> int:
    """The member id of this phone; a new member when there is none. Raises PhoneInvalid, NameInvalid.

    A name given later fills an empty one and never replaces one.
    """
    phone, name, channel = normalised(phone), cleaned_name(name), Channel(channel).value
    member = Member.objects.filter(user__phone=phone).select_related("user").first()
    if member is None:
        return _create(phone, name, channel, institution_id, now)
    if name and not member.name:
        _rename(member, name)
    return member.pk


def _create(phone: str, name: str, channel: str, institution_id: int | None, now: datetime) -> int:
    try:
        with transaction.atomic():
            user = _user(phone, name, now)
            Member.objects.create(
                user=user,
                name=name,
                joined_at=now,
                joined_channel=channel,
                joined_institution_id=institution_id,
            )
            PointsAccount.objects.create(member_id=user.pk)
    except IntegrityError:  # somebody else created the member between our look and our insert
        return Member.objects.values_list("pk", flat=True).get(user__phone=phone)
    outbox.publish(
        MemberJoined(
            member_id=user.pk, channel=channel, institution_id=institution_id, occurred_at=now.isoformat()
        )
    )
    return user.pk


def _user(phone: str, name: str, now: datetime) -> User:
    """The account that signs in; an account of staff with this phone becomes a member's as well."""
    user = User.objects.filter(phone=phone).first()
    if user is not None:
        return user
    return User.objects.create(
        username=username_of(phone),
        phone=phone,
        display_name=name or mask_tail(phone),
        password=make_password(None),
        date_joined=now,
    )


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
