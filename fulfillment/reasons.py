"""Codes of reasons in words, for pages. What is not listed is somebody's own text."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

WORDS = {
    "routed": _("routed"),
    "no_location": _("no location can serve it"),
    "stock_moved": _("stock ran away while planning"),
    "attempts_used": _("three locations declined"),
    "pickup_declined": _("the pick-up store declined"),
    "asking_customer": _("the customer is asked about another store"),
    "customer_no": _("the customer does not want the other store"),
    "customer_silent": _("the customer did not answer about the other store"),
    "forced": _("sent by hand from one place"),
    "split": _("shared out by hand"),
    "reevaluated": _("moved by planning together"),
    "cheaper_plan": _("a cheaper plan took over"),
    "rest_given_up": _("the rest was given up"),
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
    "cutoff_passed": _("its cut-off has passed: it would miss the promised day"),
    "later_than_promised": _("would arrive after the promised day"),
    "no_sim_writing": _("writes no SIM cards"),
    "other_home_province": _("number of another province"),
    "no_stock": _("nothing in stock"),
    "missing": _("pieces were missing"),
    "not_found": _("was not found"),
    "found_again": _("found after all"),
    "declined": _("declined by the location"),
    "machine": _("picked by the machine"),
    "cards_refused": _("the network refused its cards"),
    "called_back": _("called back by an operator"),
    "not_on_shelf": _("It is not on the shelf"),
    "damaged": _("The goods are damaged"),
    "reserved_for_customer": _("A customer in the store has it in hand"),
    "too_busy": _("No hands free today"),
    "card_rejected": _("the network rejected the card"),
    "card_already_used": _("the card was used before"),
    "number_already_open": _("the number is open already"),
    "refused_by_network": _("the network refused"),
    "account_undone": _("its account was taken back"),
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
    "lost": _("lost on the way"),
    "came_back": _("came back undelivered"),
    "stood_still": _("lay too long at its place"),
    "pickup_reminder": _("by itself, before the time was over"),
    "not_collected": _("not collected in time"),
    "visits_used": _("not met on any visit"),
    "no_document": _("no valid ID card at hand"),
    "no_supplier": _("goods are missing and no supplier delivers them"),
    "no_way_to_dealer": _("the goods are there, but no way leads to the dealer"),
    "bought_again": _("what is missing was ordered anew"),
    "later": _("asked for another day"),
    "wrong_address": _("address not found"),
}

# A day follows it.
NEXT_VISIT = "next_visit:"
# A count follows it.
NUMBERS_CAME, NUMBERS_DROPPED = "numbers_came", "numbers_dropped"
COUNTED = {
    NUMBERS_CAME: ngettext_lazy(
        "%(count)s telephone number came", "%(count)s telephone numbers came", "count"
    ),
    NUMBERS_DROPPED: ngettext_lazy(
        "%(count)s telephone number was not free and is dropped",
        "%(count)s telephone numbers were not free and are dropped",
        "count",
    ),
}
RECEIVER = "receiver"
# Who acted, where it was nobody with a name.
ACTORS = {
    "system": _("by itself"),
    "visitor": _("visitor"),
    "guest": _("customer"),
    RECEIVER: _("the receiver"),
}


def counted(code: str, count: int) -> str:
    """One of COUNTED with its count, as words() reads it."""
    return f"{code} {count}"


def words(code: str) -> str:
    if code.startswith(NEXT_VISIT):
        return str(_("next visit chosen: %(day)s") % {"day": code.removeprefix(NEXT_VISIT)})
    name, _blank, count = code.partition(" ")
    if name in COUNTED and count.isdigit():
        return COUNTED[name] % {"count": int(count)}
    return str(WORDS.get(code, code))


def actor_words(label: str) -> str:
    return str(ACTORS.get(label, label))
