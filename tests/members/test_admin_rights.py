"""Who may see and change what in the admin."""

import pytest
from django.contrib.auth import get_user_model

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


def named(username: str):
    return get_user_model().objects.get(username=username)


def test_an_operator_reads_and_changes_all_but_accounts():
    operator = named("operator1")
    assert operator.has_perm("order.view_orderintake")
    assert operator.has_perm("catalogue.change_channelprice")
    assert operator.has_perm("members.view_user")
    assert not operator.has_perm("members.change_user")
    assert not operator.has_perm("basket.change_basket")


def test_an_auditor_only_reads():
    auditor = named("auditor")
    assert auditor.has_perm("settlement.view_trade")
    assert not auditor.has_perm("order.change_orderintake")


def test_other_staff_sees_nothing(client):
    courier = named("courier1")
    assert not courier.has_module_perms("order")
    client.force_login(courier, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/order/orderintake/").status_code == 403


def test_the_first_page_opens_for_those_who_read(client):
    for username in ("operator1", "auditor"):
        client.force_login(named(username), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get("/admin/").status_code == 200
