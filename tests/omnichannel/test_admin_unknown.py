"""An address of the admin that names nothing is answered, never a fault: each model, each button."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.test import Client

from members.models import User

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]

NOBODY = ("0", "abc", "999999999", "9" * 30)
PAGES = ("change", "history", "delete")


def buttons() -> Iterator[tuple[str, str]]:
    """(address of a model, path of a button on one of its rows)."""
    for model, page in admin.site._registry.items():
        for name in getattr(page, "actions_detail", ()):
            yield f"/admin/{model._meta.app_label}/{model._meta.model_name}/", getattr(page, name).url_path


@pytest.fixture
def everybody() -> Client:
    client = Client(headers={"accept-language": "en"})
    user = User.objects.get(username="operator1")
    user.is_superuser = True
    user.save()
    client.force_login(user)
    return client


def test_the_walk_finds_the_buttons():
    assert {path for _model, path in buttons()} >= {"freeze", "unfreeze", "refund", "cancel", "send-again"}


@pytest.mark.parametrize("nobody", NOBODY)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_button_of_a_row_that_is_not_there(everybody, method, nobody):
    for model, path in buttons():
        address = f"{model}{nobody}/{path}/"
        answer = getattr(everybody, method)(address, {"reason": "x", "confirmed": "1"}, follow=True)
        assert answer.status_code in (200, 404), address
        said = answer.content.decode()
        assert "doesn’t exist" in said or "We cannot find that" in said, address


@pytest.mark.parametrize("nobody", NOBODY)
def test_a_page_of_a_row_that_is_not_there(everybody, nobody):
    for model in admin.site._registry:
        for page in PAGES:
            address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{nobody}/{page}/"
            assert everybody.get(address).status_code in (302, 403, 404), address
