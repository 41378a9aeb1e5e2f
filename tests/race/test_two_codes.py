"""Two requests for a code at once: both are answered, one code is open."""

from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import IntegrityError

from members.models import OneTimeCode
from members.services import sign_in
from tests.support.at_once import at_once

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
THREADS = 4
PHONE = "13700001111"
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def ask_at_once() -> list[str]:
    def ask() -> str:
        try:
            sign_in.request_code(phone=PHONE, address="10.0.0.1", now=NOW)
        except IntegrityError:
            return "crashed"
        return "sent"

    return at_once(*[ask] * THREADS)


def test_one_code_is_open():
    assert ask_at_once() == ["sent"] * THREADS
    assert OneTimeCode.objects.filter(closed_at=None).count() == 1


def test_the_race_is_real_without_our_lock(monkeypatch):
    """All have ended the open code before any keeps its own: the database refuses all but one."""
    everybody_looked = Barrier(THREADS)
    create = OneTimeCode.objects.create

    def create_after_all_have_looked(**values):
        everybody_looked.wait(timeout=20)
        return create(**values)

    monkeypatch.setattr(sign_in, "advisory_lock", lambda name: None)
    monkeypatch.setattr(OneTimeCode.objects, "create", create_after_all_have_looked)
    assert sorted(ask_at_once()) == ["crashed"] * (THREADS - 1) + ["sent"]
