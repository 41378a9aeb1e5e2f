"""Why an order moved, as codes in its history and in words for pages. The rest is somebody's own text."""

from django.utils.translation import gettext_lazy as _

from fulfillment import reasons as goods

NOT_PAID_IN_TIME = "not_paid_in_time"
CASH_ON_DELIVERY = "cash_on_delivery"
BY_CUSTOMER = "by_customer"
BY_OPERATOR = "by_operator"
BY_HOLDER = "by_holder"
CANNOT_BE_FULFILLED = "cannot_be_fulfilled"
PAID_TOO_LATE = "paid_too_late"
NUMBER_GONE = "number_gone"
REFUSED = "refused"
LOST = "lost"
# A parcel that the customer never saw: the delivery is paid back with it.
NOT_BROUGHT = (LOST, "came_back")

WORDS = {
    NOT_PAID_IN_TIME: _("not paid in time"),
    CASH_ON_DELIVERY: _("cash on delivery"),
    BY_CUSTOMER: _("at the customer's wish"),
    BY_OPERATOR: _("by customer service"),
    BY_HOLDER: _("at the holder's wish"),
    CANNOT_BE_FULFILLED: _("cannot be delivered"),
    PAID_TOO_LATE: _("paid after the time was over"),
    NUMBER_GONE: _("its number was not to be had any more when the money came"),
    REFUSED: _("not taken at the door"),
}

# Who acted, where it was nobody with a name.
ACTORS = {"system": _("Huatong"), "visitor": _("visitor"), "guest": _("customer")}
CHANNEL_KEY = "channel:"


def words(code: str) -> str:
    return str(WORDS.get(code) or goods.words(code))


def actor_words(label: str) -> str:
    """Who acted, for people: a channel's system by that word, not by its key."""
    if label.startswith(CHANNEL_KEY):
        return str(_("the channel's system"))
    return str(ACTORS.get(label, label))
