"""The operator's weights, from the settings."""

from django.conf import settings

from .routing.inputs import Policy


def weights(*, priced: bool = False) -> Policy:
    """`priced`: shadow prices speak for the stock, so rarity does not."""
    return Policy(
        extra_package=settings.ROUTING_EXTRA_PACKAGE_FEN,
        late_day=settings.ROUTING_LATE_DAY_FEN,
        refusal=settings.ROUTING_REFUSAL_FEN,
        scarcity=0 if priced else settings.ROUTING_SCARCITY_FEN,
    )
