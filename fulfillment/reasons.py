"""Codes of reasons in words, for pages. What is not listed is somebody's own text."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "routed": _("routed"),
    "no_location": _("no location can serve it"),
    "stock_moved": _("stock ran away while planning"),
    "attempts_used": _("three locations declined"),
    "pickup_declined": _("the pick-up store declined"),
    "no_answer": _("no answer in time"),
    "short": _("short at the shelf"),
    "not_the_pickup_place": _("not the pick-up store"),
    "declined_before": _("declined before"),
    "does_not_supply_dealers": _("does not supply dealers"),
    "not_taking_part": _("takes no part in routing"),
    "does_not_ship": _("does not ship"),
    "closed": _("closed now"),
    "no_coordinates": _("has no coordinates"),
    "no_tariff": _("no tariff to this place"),
    "outside_franchise_region": _("outside its franchise region"),
    "capacity_used": _("capacity of the day used"),
    "no_sim_writing": _("writes no SIM cards"),
    "other_home_province": _("number of another province"),
    "no_stock": _("nothing in stock"),
    "not_on_shelf": _("It is not on the shelf"),
    "damaged": _("The goods are damaged"),
    "reserved_for_customer": _("A customer in the store has it in hand"),
    "too_busy": _("No hands free today"),
    "card_rejected": _("the network rejected the card"),
    "card_already_used": _("the card was used before"),
    "number_already_open": _("the number is open already"),
    "refused_by_network": _("the network refused"),
    "dead_on_arrival": _("dead on arrival"),
    "seal_broken": _("the seal is broken"),
    "recalled": _("recalled by the maker"),
    "customer_return": _("returned by the customer"),
    "inspected": _("inspected and in order"),
    "beyond_repair": _("beyond repair"),
    "other": _("other, see the note"),
    "changed_mind": _("does not want it any more"),
    "wrong_goods": _("wrong goods"),
    "identity": _("identity not proven"),
    "no_cash": _("cannot pay"),
    "unreachable": _("nobody there, several times"),
    "visits_used": _("not met on any visit"),
    "no_document": _("no valid ID card at hand"),
    "later": _("asked for another day"),
    "wrong_address": _("address not found"),
}


def words(code: str) -> str:
    return str(WORDS.get(code, code))
