"""What the crash measurement looks at: one subscriber that leaves a row per time it was carried out.

The table has no unique key and the handler does not look first: it shows how often the message got
through, whatever the rest of the house would forgive.
"""

from django.db import connection

from omnichannel.kernel import outbox
from orders.events import OrderConfirmed

QUEUE = "settle"


def _leave_a_row(fact: OrderConfirmed) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_effect (order_number) VALUES (%s)", [fact.order_number])


outbox.subscribe(OrderConfirmed, _leave_a_row, name="bench.effect", queue=QUEUE)
