"""Tables by date that operators replace as a whole: one at a time, over no colleague's new version unseen."""

from django.db import connection
from django.db.models import Count, Max, Model
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError


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
