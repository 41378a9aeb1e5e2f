"""The operators' tables. Everything with rules is an action that calls a service."""

from . import demands, routing, stock, work

__all__ = ["demands", "routing", "stock", "work"]
