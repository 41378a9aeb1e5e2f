"""Take a guard away, to show that the race is there. Only the owner of the tables may."""

from django.db import connection

# The condition that a level is asked, and the CHECK behind it.
_STOCK = """
CREATE OR REPLACE FUNCTION fulfillment_enough(on_hand int, reserved int, safety int, units int)
    RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
ALTER TABLE fulfillment_stocklevel DROP CONSTRAINT stock_level_bounds;
"""


def take_stock_guard_away() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_STOCK)
