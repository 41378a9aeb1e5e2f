"""What is sold: offerings, numbers, prices per channel, search and pictures. Forks Oscar's catalogue.

Promises: a number is held by one customer at a time; the price shown says why; search speaks Chinese and
English.
"""
