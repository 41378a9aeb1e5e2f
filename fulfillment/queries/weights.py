"""The versions of routing's weights, for the operators' page."""

from members.actors import Actor

from ..models import RoutingWeights


def versions(actor: Actor) -> list[RoutingWeights]:
    """Newest first. Raises NotAllowed."""
    actor.must_have("operator", "auditor")
    return list(RoutingWeights.objects.order_by("-starts"))
