"""Parties: institutions and their staff; members with their identity, addresses, points and messages.

Promises: an actor's rights are decided here, per institution and per object; a one-time code works once;
points are lots that are never spent twice.
"""
