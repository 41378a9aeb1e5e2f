from datetime import UTC, datetime

import pytest

from members import demo
from members.actors import Actor
from members.models import Member
from members.services.membership import join


@pytest.fixture
def now(freeze_at):
    return freeze_at(datetime(2026, 11, 21, 6, 0, tzinfo=UTC))


@pytest.fixture
def member(db, now) -> Member:
    return Member.objects.get(pk=join(phone="13812345678", name="林晓", channel="web", now=now))


@pytest.fixture
def actor(member) -> Actor:
    return Actor(user_id=member.pk, name="林晓")


@pytest.fixture
def company(db, now):
    demo.load(now=now)


@pytest.fixture
def signed_in(client, member):
    client.force_login(member.user)
    return client
