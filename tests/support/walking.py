"""What the journeys share: signing in, doing the workers' work, and looking for faults on a page."""

import re

from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import expect

from fulfillment.models import Delivery
from omnichannel.demo_day import goods
from omnichannel.demo_day.turns import AtOnce
from omnichannel.kernel import clock, outbox
from orders.simulator import notices
from orders.simulator.models import SimNotice

from . import browsing


class Journey:
    """A browser page at the live server, with everything that went wrong on the way."""

    def __init__(self, page, base: str):
        self.page, self.base = page, base
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("response", self._look)
        page.clock.set_fixed_time(clock.now())
        page.set_default_timeout(browsing.PATIENCE_MS)

    def _look(self, response) -> None:
        if response.status >= 500 or (response.status == 404 and "favicon" not in response.url):
            self.faults.append(f"{response.status} {response.url}")

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")

    def sign_in(self, username: str) -> None:
        """Be this member of staff, as if the password had been typed."""
        browser = Client()
        browser.force_login(get_user_model().objects.get(username=username))
        cookie = browser.cookies["sessionid"].value
        self.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.base}])

    def speak(self, language: str) -> None:
        self.page.context.add_cookies([{"name": "django_language", "value": language, "url": self.base}])

    def sideways(self) -> int:
        """How many pixels the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    def load_the_van(self) -> None:
        """Take all that waits, and wait until the list shows it on the van."""
        button = self.page.locator("form[data-label][action='/courier/load/'] button")
        button.click()
        expect(button).to_have_count(0)

    def to_the_parcel(self, code: str) -> None:
        """From the courier's route to a parcel's page, with the scripts that keep what is pressed: a script
        is faster than a thumb."""
        self.page.locator(f"a[href='/courier/{code}/']").click()
        self.page.wait_for_url(f"**/courier/{code}/")
        keeps_steps(self.page)

    def path(self) -> str:
        return "/" + re.sub(r"^https?://[^/]+/", "", self.page.url)


def keeps_steps(page) -> None:
    """A courier's page is ready: what is pressed now goes through the queue, not past it."""
    expect(page.locator("html[data-steps=kept]")).to_be_attached()


def draw(page):
    """A signature: a few strokes over the canvas, which has its pen when the page's scripts have run."""
    keeps_steps(page)
    box = page.locator(".signature canvas").bounding_box()
    across, down = box["width"], box["height"]
    page.mouse.move(box["x"] + across * 0.1, box["y"] + down * 0.6)
    page.mouse.down()
    for step in range(1, 16):
        up = 0.3 if step % 2 else 0.75
        page.mouse.move(box["x"] + across * (0.1 + step * 0.05), box["y"] + down * up, steps=3)
    page.mouse.up()
    expect(page.locator(".signature[data-signed]")).to_be_attached()


def workers_work() -> None:
    """The simulated provider sends its waiting call-backs, and everything that follows is done."""
    for pk in SimNotice.objects.filter(attempts=0).values_list("pk", flat=True):
        notices.send(pk, now=clock.now())
    outbox.drain()


def hand_to_couriers() -> None:
    """Stores answer, parcels are picked, accounts opened, parcels packed and handed over."""
    now = clock.now()
    outbox.drain()
    goods.stores_answer(chance=_Willing(), now=now)
    goods.build_waves(now=now, cut_off=now)
    goods.pick(AtOnce(now))
    goods.serve_counters(AtOnce(now))
    goods.take_cards(AtOnce(now))
    outbox.drain()
    goods.pack(AtOnce(now))
    goods.serve_counters(AtOnce(now))
    outbox.drain()


def bring_to_town() -> None:
    """The days on the way are over: what was handed over is due today."""
    Delivery.objects.under_way().update(due_on=clock.local_day(clock.now()))


class _Willing:
    """A chance by which no store refuses."""

    def random(self) -> float:
        return 1.0
