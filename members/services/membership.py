"""Becoming a member, once per phone, and the few things a member says about himself."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from members.channels import Channel
from members.events import MemberJoined
from members.models import Member, User
from members.phones import normalised
from omnichannel.kernel import outbox, prepared
from omnichannel.kernel.errors import Invalid
from omnichannel.kernel.secrets import lookup, mask_tail

NAME_LENGTH = 40
# Finds or makes; an account may be there without a member, as staff have phones too.
_JOIN = """
WITH known AS (
    SELECT u.id, m.user_id AS member, m.name
      FROM members_user u LEFT JOIN members_member m ON m.user_id = u.id
     WHERE u.phone = %(phone)s
), fresh AS (
    INSERT INTO members_user (username, phone, display_name, password, date_joined, first_name, last_name,
        email, is_superuser, is_staff, is_active)
    SELECT %(username)s, %(phone)s, %(shown)s, %(password)s, %(now)s, '', '', '', false, false, true
     WHERE NOT EXISTS (SELECT 1 FROM known)
    ON CONFLICT DO NOTHING RETURNING id
), account AS (
    SELECT id FROM fresh UNION ALL SELECT id FROM known WHERE member IS NULL
), joined AS (
    INSERT INTO members_member (user_id, name, joined_at, joined_channel, joined_institution_id)
    SELECT id, %(name)s, %(now)s, %(channel)s, %(institution)s FROM account ON CONFLICT DO NOTHING
), points AS (
    INSERT INTO members_pointsaccount (member_id, debt) SELECT id, 0 FROM account ON CONFLICT DO NOTHING
)
SELECT id, NULL FROM account UNION ALL SELECT id, name FROM known WHERE member IS NOT NULL
"""


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
    member_id, known_as = _found_or_made(phone, name, channel, institution_id, now)
    if known_as is None:
        at = now.isoformat()
        outbox.publish(MemberJoined(member_id, channel, institution_id, occurred_at=at))
    elif name and not known_as:
        _rename(member_id, name)
    return member_id


def _found_or_made(
    phone: str, name: str, channel: str, institution_id: int | None, now: datetime
) -> tuple[int, str | None]:
    """(member id, name); no name, not even an empty one, of whom this made. One statement.

    Whoever else makes the same member at this moment: one of us does, and the other asks once more.
    """
    values = {
        "phone": phone,
        "username": username_of(phone),
        "password": make_password(None),
        "name": name,
        "shown": name or mask_tail(phone),
        "channel": channel,
        "institution": institution_id,
        "now": now,
    }
    return (prepared.tuples(_JOIN, values) or prepared.tuples(_JOIN, values))[0]


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
    _rename(found.pk, name)


def _rename(member_id: int, name: str) -> None:
    Member.objects.filter(pk=member_id).update(name=name)
    User.objects.filter(pk=member_id).update(display_name=name)
