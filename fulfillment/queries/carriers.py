"""Who carries parcels to doors: courier companies, and hubs whose own people walk the last kilometres."""

from fulfillment.models import Delivery, TrunkLine
from members.actors import Actor
from members.queries import institutions_by_ids, institutions_of_kind
from members.values import InstitutionCard
from omnichannel.kernel.errors import NotAllowed

COURIER = "courier"
# Who works at a hub, a dealer say, carries what a trunk run brings there.
HUB_ROLES = ("partner", "clerk", "store_manager", "warehouse", "warehouse_lead")


def carries(actor: Actor, company) -> bool:
    """May the actor act for this carrier? company: an institution, or its card."""
    if actor.can(COURIER, company.path):
        return True
    return company.kind != COURIER and any(actor.can(role, company.path) for role in HUB_ROLES)


def must_carry(actor: Actor, company: InstitutionCard) -> None:
    """Raise NotAllowed unless carries()."""
    if not carries(actor, company):
        raise NotAllowed()


def hub_ids() -> set[int]:
    """Where trunk runs go, and who else than a courier company still has parcels to deliver."""
    left = Delivery.objects.under_way().exclude(courier__kind=COURIER).values_list("courier_id", flat=True)
    return {*TrunkLine.objects.values_list("hub_id", flat=True), *left.distinct()}


def hubs_of(actor: Actor) -> list[InstitutionCard]:
    """The hubs that the actor carries for, in the order of the tree."""
    if not actor.paths(COURIER, *HUB_ROLES):
        return []
    cards = institutions_by_ids(hub_ids()).values()
    return sorted((card for card in cards if carries(actor, card)), key=lambda card: card.path)


def carriers_of(actor: Actor) -> list[InstitutionCard]:
    """Courier companies first. Raises NotAllowed where there is none."""
    companies = {
        card.id: card for path in actor.paths(COURIER) for card in institutions_of_kind(COURIER, path=path)
    }
    found = [*sorted(companies.values(), key=lambda card: card.code), *hubs_of(actor)]
    if not found:
        raise NotAllowed()
    return found
