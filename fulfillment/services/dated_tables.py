"""Tables by date that operators replace as a whole: one at a time, over no colleague's new version unseen."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Model
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from ..models.versions import Version


class TableChanged(DomainError):
    code = "table_changed"
    message = _("Somebody changed this table while you worked on it. Look at it again, then repeat yours.")


def edition(model: type[Model]) -> str:
    """What a page carries along: another one after each version that came or went. One statement."""
    found = model.objects.aggregate(count=Count("pk"), last=Max("pk"))
    return f"{found['count']}-{found['last'] or 0}"


def open_alone(model: type[Model], *, seen: str = "") -> None:
    """Whoever else changes the table waits until this transaction ends. Raises TableChanged.

    seen: the edition that was looked at; empty where nobody looked.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"dated {model._meta.db_table}"])
    if seen and seen != edition(model):
        raise TableChanged()


def must_be_coming(starts: date, *, now: datetime, otherwise: type[DomainError]) -> None:
    """Raise `otherwise` with today as its `day`, unless `starts` is a later Shanghai day."""
    today = clock.local_day(now)
    if starts <= today:
        raise otherwise(day=today.isoformat())


def put_in_force(
    model: type[Version], figures: Mapping[str, Any], *, starts: date, actor: Actor, now: datetime, seen: str
) -> Version:
    """A version from `starts` on: the one before ends there, later planned ones give way.

    seen: as in open_alone(). Raises TableChanged.
    """
    open_alone(model, seen=seen)
    model.objects.filter(starts__gte=starts).delete()
    before = model.objects.order_by("starts").last()
    if before is not None:
        before.ends = starts
        before.save(update_fields=["ends"])
    return model.objects.create(
        **figures,
        starts=starts,
        version=before.version + 1 if before else 1,
        made_by=actor.label[:80],
        made_at=now,
    )


def take_back(
    model: type[Version],
    *,
    starts: date,
    now: datetime,
    unknown: type[DomainError],
    begun: type[DomainError],
) -> None:
    """Take back the version that begins on `starts`; the one before goes on as long as it would have held.

    Raises `unknown` with `starts`, and `begun` with today as its `day`.
    """
    open_alone(model)
    gone = model.objects.filter(starts=starts).first()
    if gone is None:
        raise unknown(starts=starts.isoformat())
    must_be_coming(gone.starts, now=now, otherwise=begun)
    gone.delete()
    model.objects.filter(ends=starts).update(ends=gone.ends)
