"""Where a centre of its own would pay: what was sent, what it would cost from there, which cities together.

No module here brings OR-Tools along: pages ask for what-if. The nightly reckoning, with the solver, stands in
services/optimiser/centre_reckoning.py.
"""
