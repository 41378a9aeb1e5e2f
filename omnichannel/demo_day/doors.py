"""How a scripted order gets in: basket and checkout, the click at a counter, the channels' HTTP API."""

import json
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.db import transaction

from catalog.queries import numbers, offerings
from members import queries as members
from members.actors import Actor, Grant
from members.demo.company import CHANNEL_KEYS
from members.services import identity
from omnichannel.kernel.errors import DomainError
from omnichannel.models import PlayedOrder
from orders.models.intake import Way
from orders.services import baskets, clerk, quoting
from orders.values import Customer, Delivery, Terms, Wish

from . import dealers
from .script import Scripted

KEYS = {channel: key for _name, channel, _institution, key in CHANNEL_KEYS}


class Refused(Exception):
    """A door said no; `code` is why. Part of a day: the last unit is sold once."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


class Doors:
    """Places orders and keeps, in the same transaction, which order a wish became."""

    def __init__(self, played, *, base_url: str):
        self.played = played
        self.api = Api(base_url)

    def place(self, wanted: Scripted) -> PlayedOrder:
        now = wanted.at
        door = {"web": self._web, "store": self._store, "dealer": self._dealer}.get(
            wanted.door, self._channel
        )
        try:
            with transaction.atomic():
                row = PlayedOrder(played=self.played, index=wanted.index, order_number=door(wanted, now))
                row.save()
        except (DomainError, Refused) as refusal:
            row = PlayedOrder.objects.create(played=self.played, index=wanted.index, refusal=refusal.code)
        return row

    def _wishes(self, wanted: Scripted, now: datetime) -> list[Wish]:
        known = offerings.by_sku([sku for sku, _units in wanted.items])
        return [self._wish(wanted, known[sku], units, now) for sku, units in wanted.items]

    def _wish(self, wanted: Scripted, known, units: int, now: datetime) -> Wish:
        if known.kind == "sim":
            place = wanted.person.destination
            found = numbers.search_numbers(
                province="", city=place.city, seed=f"{self.played.seed}:{wanted.index}", now=now, limit=1
            ) or numbers.search_numbers(
                province="", city="上海", seed=f"{self.played.seed}:{wanted.index}", now=now, limit=1
            )
            return Wish(sku=known.sku, quantity=1, msisdn=found[0].msisdn, plan_sku=wanted.plan_sku)
        target = f"86{wanted.person.phone[-11:]}" if known.is_instant else ""
        return Wish(sku=known.sku, quantity=units, target_msisdn=target)

    def _identity(self, wanted: Scripted, now: datetime) -> int:
        """Of what is committed: a refused order takes its customer's identity check back with it."""
        person = wanted.person
        known = members.identity_of(person.member_id) or identity.verify(
            member_id=person.member_id, name=person.name, id_number=person.id_number, now=now
        )
        return known.identity_id

    def _web(self, wanted: Scripted, now: datetime) -> str:
        person = wanted.person
        actor = Actor(user_id=person.member_id, name=person.name, channel="web")
        wishes = self._wishes(wanted, now)
        basket = None
        for wish in wishes:
            basket = baskets.add(
                actor=actor,
                session_basket_id=basket.pk if basket else None,
                wish=wish,
                channel="web",
                now=now,
            )
        delivery = _delivery(wanted)
        _lines, quoted = baskets.quote_basket(basket, channel="web", way=delivery.way, now=now)
        placed = baskets.place_basket(
            actor=actor,
            basket_id=basket.pk,
            session_basket_id=basket.pk,
            customer=Customer(
                phone=person.phone,
                name=person.name,
                member_id=person.member_id,
                identity_id=self._identity(wanted, now) if wanted.plan_sku else None,
            ),
            delivery=delivery,
            terms=Terms(
                means=wanted.means,
                shown_total=quoted.total_fen,
                points_fen=min(person.points_fen // 10, quoted.total_fen) if wanted.use_points else 0,
            ),
            channel="web",
            now=now,
        )
        return placed.order_number

    def _store(self, wanted: Scripted, now: datetime) -> str:
        store, person = wanted.store, wanted.person
        actor = Actor(
            name=f"clerk {store.code}",
            channel="store",
            grants=frozenset({Grant("clerk", store.id, store.path)}),
        )
        wishes = self._wishes(wanted, now)
        delivery = _delivery(wanted)
        quoted = quoting.quote(wishes, channel="store", institution_id=store.id, way=delivery.way, now=now)
        placed = clerk.sell(
            actor=actor,
            store_id=store.id,
            wishes=wishes,
            phone=person.phone,
            name=person.name,
            id_number=person.id_number if wanted.plan_sku else "",
            delivery=delivery,
            means=wanted.means,
            shown_total=quoted.total_fen,
            now=now,
        )
        return placed.order_number

    def _dealer(self, wanted: Scripted, now: datetime) -> str:
        if dealers.at_counter(wanted):
            return dealers.accept(wanted, self._wishes(wanted, now), now=now)
        return self._channel(wanted, now)

    def _channel(self, wanted: Scripted, now: datetime) -> str:
        lines = [
            {
                "sku": wish.sku,
                "quantity": wish.quantity,
                "msisdn": wish.msisdn,
                "plan_sku": wish.plan_sku,
                "target_msisdn": wish.target_msisdn,
            }
            for wish in self._wishes(wanted, now)
        ]
        quoted = self.api.post(wanted.door, "quote", {"lines": lines, "way": wanted.way})
        answer = self.api.post(
            wanted.door, "orders", _request(self.played, wanted, lines, quoted["total_fen"])
        )
        return answer["number"]


def _delivery(wanted: Scripted) -> Delivery:
    if wanted.way == Way.PICKUP:
        return Delivery(way=Way.PICKUP, pickup_location_id=wanted.store.id)
    return Delivery(way=wanted.way, destination=wanted.person.destination if wanted.way == Way.SHIP else None)


def _request(played, wanted: Scripted, lines: list[dict], total_fen: int) -> dict:
    person, place = wanted.person, wanted.person.destination
    address = {
        name: getattr(place, name) for name in ("name", "phone", "province", "city", "district", "street")
    }
    return {
        "reference": f"{played.day:%Y%m%d}-{wanted.index}",
        "customer": {
            "phone": person.phone,
            "name": person.name,
            "id_number": person.id_number if wanted.plan_sku else "",
        },
        "lines": lines,
        "delivery": {"way": wanted.way, "address": address if wanted.way == "ship" else None},
        "payment": {"means": wanted.means},
        "shown_total_fen": total_fen,
    }


class Api:
    """One kept-alive connection to our own HTTP API, as a channel's system has it."""

    def __init__(self, base_url: str):
        parts = urlsplit(base_url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self.connection = kind(parts.netloc, timeout=60)

    def post(self, channel: str, path: str, body: dict) -> dict:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {KEYS[channel]}"}
        response = self._send(f"/api/v1/{path}", json.dumps(body), headers)
        answer = json.loads(response.read() or b"{}")
        if response.status >= 400:
            raise Refused(answer.get("error", {}).get("code", f"http_{response.status}"))
        return answer

    def _send(self, path: str, body: str, headers: dict):
        """Send, once more over a new connection where the server had closed the idle one."""
        try:
            self.connection.request("POST", path, body, headers)
            return self.connection.getresponse()
        except (ConnectionError, HTTPException):
            self.connection.close()
            self.connection.request("POST", path, body, headers)
            return self.connection.getresponse()
