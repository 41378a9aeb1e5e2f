"""Operators switch the optimiser's jobs. What nobody decided about follows the settings (queries.planning).

Apart from services/optimiser/, which brings OR-Tools along: pages switch, workers solve.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import NotFound

from ..models import OptimiserRun, OptimiserSwitch


class JobUnknown(NotFound):
    code = "optimiser_job_unknown"
    message = _("There is no job “%(job)s”.")


@transaction.atomic
def switch(*, kind: str, on: bool, actor: Actor, now: datetime) -> None:
    """Switch a job on or off from its next run on; with the prices off routing stops using them at once.

    What is decided already is not decided again: the history shows changes. Raises NotAllowed, JobUnknown.
    """
    actor.must_have("operator")
    if kind not in OptimiserRun.Kind.values:
        raise JobUnknown(job=kind[:20])
    if OptimiserSwitch.objects.select_for_update().filter(kind=kind, is_on=on).exists():
        return
    OptimiserSwitch.objects.update_or_create(
        kind=kind, defaults={"is_on": on, "changed_by": actor.label[:80], "changed_at": now}
    )
