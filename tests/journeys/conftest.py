"""Journeys walk through the demo company at noon; the provider's call-backs are sent when a test says so."""

import pytest

from orders.simulator import notices
from tests.support.demo import NOON
from tests.support.walking import Journey


@pytest.fixture(autouse=True)
def _noon(freeze_at, settings, live_server, monkeypatch):
    freeze_at(NOON)
    settings.PUBLIC_URL = live_server.url
    monkeypatch.setattr(notices, "_schedule", lambda pk, seconds: None)


@pytest.fixture
def desk(live_page, live_server):
    """A journey on a desktop page."""
    journey = Journey(live_page, live_server.url)
    yield journey
    assert journey.faults == []


@pytest.fixture
def phone(phone_page, live_server):
    """A journey on a phone; no page of it may be wider than the screen."""
    journey = Journey(phone_page, live_server.url)
    yield journey
    assert journey.faults == []
