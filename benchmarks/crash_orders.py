"""Place cash-on-delivery orders, and die by SIGKILL between commit and publish where told.

    python -m benchmarks.crash_orders 0-249 17,93

A process that died is started again by the measurement with what is left; an order is known by its
channel's reference, so that one that was committed is not placed twice.
"""

import os
import signal
import sys

from benchmarks import crash_app
from benchmarks.goods import basket
from members.actors import Actor
from members.demo.people import demo_people
from omnichannel.kernel import clock, outbox
from orders.models import OrderIntake
from orders.services import placement, quoting
from orders.values import Customer, Delivery, Source, Terms, Wish

CALLER, CHANNEL = "bench", "app"


def place(index: int, people: list) -> None:
    member_id, phone, name, destination, _points = people[index % len(people)]
    wishes = [Wish(f"BENCH-{number:04d}", 1) for number in basket(2, index)]
    now = clock.now()
    shown = quoting.quote(wishes, channel=CHANNEL, now=now)
    placement.place(
        actor=Actor(user_id=member_id, name=name, channel=CHANNEL),
        wishes=wishes,
        customer=Customer(phone=phone, name=name, member_id=member_id),
        delivery=Delivery(way="ship", destination=destination),
        terms=Terms(means="cod", shown_total=shown.total_fen),
        source=Source(channel=CHANNEL, caller=CALLER, reference=str(index)),
        now=now,
    )


def die(*_arguments, **_options) -> None:
    """Where the messages would be handed to the broker: the transaction is committed, nothing is sent."""
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    first, last = (int(part) for part in sys.argv[1].split("-"))
    deaths = {int(part) for part in sys.argv[2].split(",") if part}
    placed = OrderIntake.objects.filter(caller=CALLER).values_list("channel_reference", flat=True)
    known, people = set(placed), [person for person in demo_people() if person[3]]
    for index in range(first, last + 1):
        if str(index) in known:
            continue
        if index in deaths:
            outbox.relay = crash_app.send_directly = die
        place(index, people)


if __name__ == "__main__":
    main()
