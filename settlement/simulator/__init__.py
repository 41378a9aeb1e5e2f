"""The other side of a bank and of couriers, for demonstrations: their statements of a day."""
