"""How long parcels of Huatong may stay in a state, where the house differs from the settings."""

from fulfillment.models import FulfillmentState, StandstillLimit
from members.queries import institution_by_code

# What was refused comes back the same evening; the flagship store is small and keeps goods for five days.
LIMITS = (("", FulfillmentState.REFUSED, 12), ("st-sh-01", FulfillmentState.READY_FOR_PICKUP, 120))


def load_limits() -> None:
    """Twice changes nothing."""
    StandstillLimit.objects.bulk_create(
        (
            StandstillLimit(
                location_id=institution_by_code(code).id if code else None, state=state, hours=hours
            )
            for code, state, hours in LIMITS
        ),
        ignore_conflicts=True,
    )


def _id(code: str) -> int | None:
    return institution_by_code(code).id if code else None
