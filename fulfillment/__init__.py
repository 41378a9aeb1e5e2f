"""Goods and their way: stock, serials, routing, the operations centre, delivery.

Promises: never oversold, by the database; every routing decision keeps its trace; nothing is ever lost.
Knows no orders: a fulfillment order carries the order number as text.
"""
