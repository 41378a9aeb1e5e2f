"""The operators' tables. Everything with rules is an action that calls a service."""

from . import demands, routing, stock

__all__ = ["demands", "routing", "stock"]
