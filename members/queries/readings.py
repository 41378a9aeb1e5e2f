"""Comparisons with plain identity values; each leaves its line in the readings."""

from members.services.identity import identity_matches

__all__ = ["identity_matches"]
