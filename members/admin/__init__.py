"""The operators' tables. What has rules is written by services."""

from . import institutions, members, users

__all__ = ["institutions", "members", "users"]
