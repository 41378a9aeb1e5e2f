"""Oscar's order models first, then ours beside them. Oscar's loader looks the label up here."""

from oscar.apps.order.models import *  # noqa: F403  (registers Oscar's models under label order)
from oscar.apps.order.models import __all__ as oscar_names

from orders.simulator import models as simulator  # noqa: F401  (the provider's own tables)

from .baskets import BasketChoice
from .cards import CardEntry, PrepaidCard
from .history import OrderEvent
from .intake import OrderIntake, State
from .lines import LineTerms
from .payments import *  # noqa: F403

__all__ = [
    *oscar_names,
    "BasketChoice",
    "CardEntry",
    "LineTerms",
    "OrderEvent",
    "OrderIntake",
    "PrepaidCard",
    "State",
]
