"""Who has what in hand at a station, so that two people never work on the same wave or parcel unknowingly.

The first scan takes it in hand; finishing it, or turning to other work, puts it down. A colleague's work is
taken over on purpose only; the rows stay, so that anybody can read who worked on what, and who took it over.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import FulfillmentOrder, Wave, WorkInHand
from fulfillment.services.workplaces import parcel, workplace
from members.actors import Actor, NotYours
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

Subject = Wave | FulfillmentOrder


class InColleaguesHands(DomainError):
    code = "in_colleagues_hands"
    message = _("%(subject)s is in the hands of %(who)s since %(since)s. Press T to take it over.")


class WaveNotHere(NotYours):
    code = "wave_not_here"
    message = _("There is no wave %(wave)s at this location.")


class NotInHand(DomainError):
    code = "not_in_hand"
    message = _("Nobody has %(subject)s in hand. Scan it and go on.")


def take(station: str, subject: Subject, *, actor: Actor, now: datetime) -> None:
    """Have the subject in hand, and nothing else at this station. Raises InColleaguesHands.

    The system's own work is in nobody's hands.
    """
    if actor.user_id is None:
        return
    fields = _of(subject)
    _write(station, subject, actor, now)
    row = _open(station, fields).select_for_update().get()
    if row.user_id != actor.user_id:
        raise InColleaguesHands(subject=_name(subject), who=row.who, since=_hour(row.since))
    others = WorkInHand.objects.filter(station=station, location_id=subject.location_id, ended_at=None)
    others.filter(user_id=actor.user_id).exclude(pk=row.pk).update(ended_at=now)


def put_down(station: str, subject: Subject, *, now: datetime) -> None:
    """The subject is finished here, whoever had it."""
    _open(station, _of(subject)).update(ended_at=now)


def put_down_all(station: str, *, location_id: int, actor: Actor, now: datetime) -> int:
    """The actor turns away from the station; returns how many things were put down."""
    mine = WorkInHand.objects.filter(station=station, location_id=location_id, ended_at=None)
    return mine.filter(user_id=actor.user_id).update(ended_at=now)


@transaction.atomic
def take_over(station: str, *, location_id: int, code: str, actor: Actor, now: datetime) -> WorkInHand:
    """Go on with a colleague's wave or parcel; both names stay in the record.

    Raises StationClosed, WaveNotHere, ParcelNotHere, NotInHand.
    """
    workplace(actor, location_id, station=station)
    subject = _subject(code, location_id, actor)
    row = _open(station, _of(subject)).select_for_update().first()
    if row is None:
        raise NotInHand(subject=_name(subject))
    if row.user_id == actor.user_id:
        return row
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    return _write(station, subject, actor, now, taken_from=row)


def _subject(code: str, location_id: int, actor: Actor) -> Subject:
    code = code.strip().upper()
    if code.startswith("W") and code[1:].isdigit():
        wave = Wave.objects.filter(pk=int(code[1:]), location_id=location_id).first()
        if wave is None:
            raise WaveNotHere(wave=code)
        return wave
    return parcel(actor, code, location_id=location_id)


def _write(
    station: str, subject: Subject, actor: Actor, now: datetime, taken_from: WorkInHand | None = None
) -> WorkInHand:
    """A new row unless somebody has the subject: the unique constraint decides between two at once."""
    row = WorkInHand(
        station=station,
        location_id=subject.location_id,
        user_id=actor.user_id,
        who=actor.label[:80],
        since=now,
        taken_from=taken_from,
        **_of(subject),
    )
    WorkInHand.objects.bulk_create([row], ignore_conflicts=taken_from is None)
    return row


def _of(subject: Subject) -> dict:
    return {"wave": subject} if isinstance(subject, Wave) else {"fulfillment": subject}


def _open(station: str, fields: dict):
    return WorkInHand.objects.filter(station=station, ended_at=None, **fields)


def _name(subject: Subject) -> str:
    return subject.code


def _hour(moment: datetime) -> str:
    return moment.astimezone(clock.SHANGHAI).strftime("%H:%M")
