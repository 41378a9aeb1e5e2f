"""Oscar's catalogue models first, then ours beside them. Oscar's loader looks the label up here."""

from oscar.apps.catalogue.models import *  # noqa: F403  (registers Oscar's models under label catalogue)

from .categories import CategoryText
from .number_allotments import AllotmentEnd, NumberAllotment
from .numbers import Number, NumberBlock, NumberGrade, NumberHold
from .offerings import Offering, PlanTerms
from .offers import OfferText
from .prices import ChannelPrice
from .search import SearchDocument

__all__ = [  # noqa: F405
    "AllotmentEnd",
    "Category",
    "CategoryText",
    "ChannelPrice",
    "Number",
    "NumberAllotment",
    "NumberBlock",
    "NumberGrade",
    "NumberHold",
    "OfferText",
    "Offering",
    "PlanTerms",
    "Product",
    "ProductCategory",
    "ProductClass",
    "SearchDocument",
]
