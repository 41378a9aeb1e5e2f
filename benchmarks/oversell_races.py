"""The races of the oversell measurement; imported when Django is set up on a scratch database."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Barrier

from django.db import connections, transaction
from oscar.apps.partner.models import Partner, StockRecord
from oscar.apps.partner.strategy import Default

from catalog.models import Offering, Product, ProductClass
from fulfillment.services import reservation
from members.api.authentication import key_hash
from members.models import ChannelKey
from tests.support.goods import Company
from tests.support.guards import take_stock_guard_away

STOCK = 10
BUYERS = (16, 64)
ROUNDS = 1 if os.environ.get("QUICK") == "1" else 5
KEY = "htk_bench001_oversell"


def race(buyers: int, buy) -> int:
    """Every buyer calls buy() until it says no; returns how many were sold."""
    start = Barrier(buyers)

    def one(_number: int) -> int:
        bought = 0
        try:
            start.wait(timeout=60)
            while buy():
                bought += 1
            return bought
        finally:
            connections.close_all()

    with ThreadPoolExecutor(buyers) as pool:
        return sum(pool.map(one, range(buyers)))


class Shop:
    """A product of ours and the same as stock Oscar would keep it, fresh for each round."""

    def __init__(self):
        self.company = Company()
        self.numbers = count(1)

    def fresh(self) -> str:
        """A new SKU of ours with ten units in the warehouse and a price."""
        sku = f"bench-{next(self.numbers)}"
        self.company.goods(sku, weight_g=300)
        self.company.put("wh", **{sku: STOCK})
        self._stock_record(sku, Offering.objects.get(sku=sku).product, units=None)
        return sku

    def fresh_peer(self) -> str:
        """A product as stock Oscar keeps it, ten units in its stock record."""
        sku = f"peer-{next(self.numbers)}"
        tracked, _ = ProductClass.objects.get_or_create(name="tracked", defaults={"track_stock": True})
        product = Product.objects.create(title=sku, slug=sku, product_class=tracked)
        self._stock_record(sku, product, units=STOCK)
        return sku

    def _stock_record(self, sku: str, product, units: int | None) -> None:
        partner, _ = Partner.objects.get_or_create(name="bench")
        StockRecord.objects.create(
            product=product,
            partner=partner,
            partner_sku=sku,
            price_currency="CNY",
            price=99,
            num_in_stock=units,
        )

    def buy_from_peer(self, sku: str) -> bool:
        """As an Oscar checkout does: is it to be had, then allocate it."""
        with transaction.atomic():
            record = StockRecord.objects.select_related("product__product_class").get(partner_sku=sku)
            permitted, _why = (
                Default().fetch_for_product(record.product).availability.is_purchase_permitted(1)
            )
            if permitted:
                record.allocate(1)
            return permitted

    def buy_from_us(self, sku: str) -> bool:
        try:
            with transaction.atomic():
                self.company.hold(f"{sku}-{next(self.numbers)}", {sku: 1})
        except reservation.OutOfStock:
            return False
        return True


class Door:
    """The channels' API of a real server on the same database."""

    def __init__(self, address: str, shop: Shop):
        self.address, self.shop = address, shop

    def post(self, path: str, body: dict) -> tuple[int, dict]:
        headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
        request = urllib.request.Request(
            f"{self.address}/api/v1/{path}", json.dumps(body).encode(), headers, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.load(refusal)

    def quote(self, sku: str) -> int:
        status, answer = self.post("quote", {"lines": [{"sku": sku, "quantity": 1}], "way": "ship"})
        if status != 200:
            raise SystemExit(f"the quote was refused: {answer}")
        return answer["total_fen"]

    def buy(self, sku: str, total_fen: int) -> bool:
        number = next(self.shop.numbers)
        phone = f"139{number:08d}"
        place = {"province": "上海", "city": "上海", "district": "黄浦区", "street": "南京东路 1 号"}
        status, answer = self.post(
            "orders",
            {
                "reference": f"bench-{number}",
                "customer": {"phone": phone, "name": "林晓"},
                "lines": [{"sku": sku, "quantity": 1}],
                "delivery": {"way": "ship", "address": place | {"name": "林晓", "phone": phone}},
                "payment": {"means": "unipay"},
                "shown_total_fen": total_fen,
            },
        )
        if status == 201:
            return True
        if answer["error"]["code"] != "out_of_stock":
            raise SystemExit(f"refused for another reason: {answer}")
        return False


@contextmanager
def server():
    """Two gunicorn processes with sixteen threads each, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "omnichannel.wsgi", "-b", f"127.0.0.1:{port}"]
    command += ["-w", "2", "--threads", "16", "--log-level", "error", "--backlog", "256"]
    with tempfile.TemporaryFile("w+") as log:
        environment = os.environ | {"DEBUG": "0"}
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen, log) -> None:
    for _try in range(240):
        if process.poll() is not None:
            log.seek(0)
            raise SystemExit(f"the server did not start:\n{log.read()[-2000:]}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server did not answer")


def measure(name: str, buyers: int, prepare) -> int:
    """The worst of the rounds, printed. prepare() gives the buy() of a fresh round."""
    counts = [race(buyers, prepare()) for _round in range(ROUNDS)]
    print(f"{name:>20} {buyers:>3} buyers: sold {counts} of {STOCK}", flush=True)
    return max(counts, key=lambda sold: abs(sold - STOCK))


def with_guard() -> dict[str, int]:
    """The peer and ours, over the service and over HTTP."""
    shop, result = Shop(), {}
    ChannelKey.objects.create(
        name="bench", channel="app", institution=shop.company.carrier, prefix=KEY[:12], key_hash=key_hash(KEY)
    )

    def peer():
        sku = shop.fresh_peer()
        return lambda: shop.buy_from_peer(sku)

    def service():
        sku = shop.fresh()
        return lambda: shop.buy_from_us(sku)

    with server() as address:
        door = Door(address, shop)

        def http():
            sku = shop.fresh()
            total = door.quote(sku)
            return lambda: door.buy(sku, total)

        for buyers in BUYERS:
            end = "" if buyers == BUYERS[0] else f"_{buyers}"
            result[f"peer_sold{end}"] = measure("django-oscar", buyers, peer)
            result[f"sold_service{end}"] = measure("ours, service", buyers, service)
            result[f"sold_http{end}"] = measure("ours, HTTP", buyers, http)
            both = (result[f"sold_service{end}"], result[f"sold_http{end}"])
            result[f"sold{end}"] = max(both, key=lambda sold: abs(sold - STOCK))
    return result


def without_guard() -> dict[str, int]:
    """The same service after taking the condition and the CHECK away."""
    take_stock_guard_away()
    shop, result = Shop(), {}

    def service():
        sku = shop.fresh()
        return lambda: shop.buy_from_us(sku)

    for buyers in BUYERS:
        end = "" if buyers == BUYERS[0] else f"_{buyers}"
        result[f"sold_without_guard{end}"] = measure("ours, no guard", buyers, service)
    return result
