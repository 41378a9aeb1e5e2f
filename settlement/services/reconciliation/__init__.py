"""Reconciliation: statements are loaded, compared set-based, their breaks resolved, the day signed off."""
