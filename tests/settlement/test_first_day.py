"""The books of a new installation open with its company, whichever is there first: worker or company."""

from datetime import UTC, datetime

import pytest

from members.models import Institution
from settlement.models import BusinessDay
from settlement.services import night

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_without_a_company_no_day_opens():
    assert night.run_due(now=NOW) == []
    assert not BusinessDay.objects.exists()


def test_the_first_day_opens_with_the_company():
    Institution.objects.create(code="huatong", path="huatong/", kind="carrier", name="Huatong")
    assert night.run_due(now=NOW) == []
    assert BusinessDay.objects.get().state == "open"
