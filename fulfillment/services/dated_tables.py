"""Tables by date that operators replace as a whole: one at a time, over no colleague's new version unseen.

One table holds one line of versions, or one for each zone (models.tariffs.ZoneRate); the versions of a line
follow each other.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max, Model, QuerySet
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

from ..models.versions import Version


class VersionUnknown(Invalid):
    code = "version_unknown"
    message = _("No version begins on %(starts)s.")


class VersionBegun(DomainError):
    code = "version_begun"
    message = _("The version from %(starts)s on is in force already. Make a new one from a later day.")


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
    line: QuerySet[Version], figures: Mapping[str, Any], *, starts: date, actor: Actor, now: datetime
) -> Version:
    """A version of this line from `starts` on: the one before ends there, later planned ones give way.

    In the caller's transaction, after open_alone(). figures: all that the line's rows hold beside their days.
    """
    line.filter(starts__gte=starts).delete()
    before = line.order_by("starts").last()
    if before is not None and (before.ends is None or before.ends > starts):
        before.ends = starts
        before.save(update_fields=["ends"])
    return line.model.objects.create(
        **figures,
        starts=starts,
        version=before.version + 1 if before else 1,
        made_by=actor.label[:80],
        made_at=now,
    )


@transaction.atomic
def withdraw(model: type[Version], *, starts: date, actor: Actor, now: datetime, seen: str = "") -> None:
    """Take back the version of a table with one line that begins on `starts`; the one before goes on.

    Raises NotAllowed, TableChanged, VersionUnknown, VersionBegun.
    """
    actor.must_have("operator")
    open_alone(model, seen=seen)
    take_back(model.objects.all(), starts=starts, now=now)


def take_back(line: QuerySet[Version], *, starts: date, now: datetime) -> None:
    """Of this line the version that begins on `starts`; the one before holds as long as it would have.

    In the caller's transaction, after open_alone(). Raises VersionUnknown, VersionBegun.
    """
    gone = line.filter(starts=starts).first()
    if gone is None:
        raise VersionUnknown(starts=starts.isoformat())
    if starts <= clock.local_day(now):
        raise VersionBegun(starts=starts.isoformat())
    gone.delete()
    line.filter(ends=starts).update(ends=gone.ends)
