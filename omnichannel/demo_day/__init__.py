"""A business day of the demo company, played through the doors that people use.

script: what happens, as a function of the seed. doors: how an order gets in. goods: how it gets to the ramp.
rounds: how it gets to the customer. turns: when. night: how the day is settled. checks: whether it all holds.
player: the clock and the order of steps. It owns the simulated clock and waits for an empty outbox between
steps, so a seed gives the same totals again.
"""
