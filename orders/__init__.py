"""Intake from every channel, one order model and state machine, payments, refunds, instant services.

Promises: a channel's own reference makes at most one order; nobody is charged a sum that was not shown;
every change is recorded with who, when, where and why. Forks Oscar's order.
"""
