"""Work for the core network: jobs that are asked for in one transaction and done outside of any."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.events import InstantDone, InstantFailed, ProvisioningRequested
from fulfillment.gateways.core_network import CoreNetwork, Refused, core_network
from fulfillment.models import JobKind, JobState, ProvisioningJob
from fulfillment.queries import account_jobs
from fulfillment.services import account_opening, account_undo
from fulfillment.services.workplaces import must_lead
from members.actors import Actor
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError, Invalid
from omnichannel.kernel.models import OutboxMessage

RETRY_AT_ONCE = 200


class NotInstant(Invalid):
    code = "not_an_instant_service"
    message = _("This product is not activated at once.")


class NothingToRetry(DomainError):
    code = "provisioning_finished"
    message = _("The network has already answered this job.")


@transaction.atomic
def request_instant(
    *, order_number: str, line_id: int, kind: str, msisdn: str, sku: str, amount_fen: int, now: datetime
) -> int:
    """Ask the network to credit a top-up or data pack; returns the job's id.

    Idempotent on order and line, a failed job included: what failed is refunded, not tried again. The
    result arrives as InstantDone or InstantFailed. Raises NotInstant.
    """
    if kind not in {JobKind.TOP_UP, JobKind.DATA_PACK}:
        raise NotInstant()
    job, created = ProvisioningJob.objects.get_or_create(
        key=f"{kind}-{order_number}-{line_id}",
        defaults={
            "kind": kind,
            "order_number": order_number,
            "line_id": line_id,
            "msisdn": msisdn,
            "sku": sku,
            "amount_fen": amount_fen,
            "requested_at": now,
        },
    )
    if created:
        outbox.publish(ProvisioningRequested(job_id=job.pk, round=job.round))
    return job.pk


def perform(*, job_id: int, done: Callable[[], None], now: datetime) -> None:
    """Call the network for a waiting job and record the answer together with `done`.

    Raises gateways.core_network.Unreachable when there is no answer: the outbox repeats with the same key.
    """
    job = ProvisioningJob.objects.get(pk=job_id)
    reference, refusal = "", None
    if job.state == JobState.WAITING:
        try:
            reference = _call(core_network(), job)
        except Refused as error:
            refusal = error
    with transaction.atomic():
        waiting = ProvisioningJob.objects.waiting().select_for_update().filter(pk=job_id).first()
        if waiting is not None:
            _record(waiting, reference, refusal, now)
        done()


def _call(network: CoreNetwork, job: ProvisioningJob) -> str:
    if job.kind == JobKind.ACCOUNT:
        return network.open_account(
            key=job.key,
            msisdn=job.msisdn,
            iccid=job.iccid,
            plan_sku=job.sku,
            holder=f"identity-{job.identity_id}",
        )
    if job.kind == JobKind.CLOSE:
        return network.close_account(key=job.key, msisdn=job.msisdn)
    if job.kind == JobKind.TOP_UP:
        return network.top_up(key=job.key, msisdn=job.msisdn, amount_fen=job.amount_fen)
    return network.add_data_pack(key=job.key, msisdn=job.msisdn, sku=job.sku)


def _record(job: ProvisioningJob, reference: str, refusal: Refused | None, now: datetime) -> None:
    job.state = JobState.FAILED if refusal else JobState.DONE
    job.reason = refusal.reason if refusal else ""
    job.reference = reference
    job.finished_at = now
    job.save(update_fields=["state", "reason", "reference", "finished_at"])
    if job.kind == JobKind.ACCOUNT:
        account_opening.record(job, now=now)
    elif job.kind == JobKind.CLOSE:
        account_undo.record(job, now=now)
    else:
        outbox.publish(_instant_fact(job, now))


def _instant_fact(job: ProvisioningJob, now: datetime) -> InstantDone | InstantFailed:
    facts = {
        "job_id": job.pk,
        "order_number": job.order_number,
        "line_id": job.line_id,
        "occurred_at": now.isoformat(),
    }
    if job.state == JobState.FAILED:
        return InstantFailed(reason=job.reason, **facts)
    return InstantDone(**facts)


@transaction.atomic
def retry(*, job_id: int, actor: Actor) -> None:
    """Send a job that got no answer again, with the same key: the network does it once at most.

    Operators, and the lead of the parcel's location. Raises NotAllowed, NothingToRetry.
    """
    job = ProvisioningJob.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.fulfillment_id is None or actor.is_system:
        actor.must_have("operator")
    else:
        must_lead(actor, job.fulfillment.location_id)
    if job.state != JobState.WAITING:
        raise NothingToRetry()
    _again(job)


@transaction.atomic
def retry_at(*, actor: Actor, location_id: int, now: datetime) -> int:
    """A lead asks again for all that the network has owed for long here, and for accounts that somebody took
    back and that it refused to close; returns how many.

    Raises NotALead, NothingToRetry.
    """
    must_lead(actor, location_id)
    wanted = [*account_jobs.silent_openings(location_id), *account_jobs.refused_undos(location_id)]
    if not wanted:
        raise NothingToRetry()
    for job in ProvisioningJob.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"):
        if job.state == JobState.FAILED:
            _wait_again(job)
        if job.state == JobState.WAITING:  # not answered just now
            _again(job)
    return len(wanted)


@transaction.atomic
def retry_closing(*, job_id: int, actor: Actor) -> None:
    """Ask again to close an account that the network refused to close: operators, and the lead of the
    location for what was taken back there. Raises NotAllowed, NotALead, NothingToRetry."""
    job = ProvisioningJob.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.undo_id is None:
        actor.must_have("operator")
    else:
        must_lead(actor, job.fulfillment.location_id)
    if job.kind != JobKind.CLOSE or job.state != JobState.FAILED:
        raise NothingToRetry()
    _wait_again(job)
    _again(job)


def _wait_again(job: ProvisioningJob) -> None:
    """A refused closing gets a key of its own: a refused key is answered with its refusal for ever."""
    job.state, job.reason, job.finished_at = JobState.WAITING, "", None
    job.key = f"close-{job.pk}-{job.round + 1}"
    job.save(update_fields=["state", "reason", "finished_at", "key"])


def retry_silent(*, now: datetime) -> int:
    """Send again what has waited for long and whose message gave up; returns how many.

    The outbox itself repeats for some minutes; after that only a longer failure of the network is left,
    and asking every few minutes with the same key does no harm.
    """
    waiting = ProvisioningJob.objects.waiting().filter(requested_at__lt=_silent_since(now))
    sent = 0
    for job_id in list(waiting.order_by("pk").values_list("pk", flat=True)[:RETRY_AT_ONCE]):
        sent += _retry_if_silent(job_id)
    return sent


def _silent_since(now: datetime) -> datetime:
    return now - timedelta(minutes=settings.PROVISIONING_RETRY_MINUTES)


@transaction.atomic
def _retry_if_silent(job_id: int) -> bool:
    rows = ProvisioningJob.objects.waiting().select_for_update(skip_locked=True)
    job = rows.filter(pk=job_id).first()
    if job is None or job.round >= settings.PROVISIONING_ROUNDS:
        return False
    news = OutboxMessage.objects.filter(topic=ProvisioningRequested.topic, key=f"{job.pk}:{job.round}")
    if news.undone().exists():
        return False
    _again(job)
    return True


def _again(job: ProvisioningJob) -> None:
    job.round += 1
    job.save(update_fields=["round"])
    outbox.publish(ProvisioningRequested(job_id=job.pk, round=job.round))
