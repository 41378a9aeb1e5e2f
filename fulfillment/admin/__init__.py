"""The operators' tables. Everything with rules is an action that calls a service."""

from . import (
    campaigns,
    centre,
    dealers,
    delivery,
    demands,
    postings,
    routing,
    serials,
    standstill,
    stock,
    stock_care,
    work,
)

__all__ = [
    "campaigns",
    "centre",
    "dealers",
    "delivery",
    "demands",
    "postings",
    "routing",
    "serials",
    "standstill",
    "stock",
    "stock_care",
    "work",
]
