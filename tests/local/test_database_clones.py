"""The test databases themselves: a committed row is gone in the next test, nothing is truncated."""

import pytest
from django.contrib.sites.models import Site
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", [1, 2])
def test_a_committed_row_does_not_reach_the_next_test(turn):
    assert not Site.objects.filter(domain="left.example").exists()
    Site.objects.create(domain="left.example", name="left")


def test_rows_of_migrations_are_there_again_afterwards():
    assert Site.objects.exists()
    assert connection.settings_dict["NAME"].startswith("oc_test_")
