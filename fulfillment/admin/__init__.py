"""The operators' tables. Everything with rules is an action that calls a service."""

from . import dealers, demands, routing, serials, stock, stock_care, work

__all__ = ["dealers", "demands", "routing", "serials", "stock", "stock_care", "work"]
