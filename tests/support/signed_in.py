"""People at the pages: signed in with one role at one place, reading English."""

from django.test import Client

from fulfillment.models import DealerOrder
from members.models import StaffRole, User


def door(name: str, role: str, place) -> Client:
    user = User.objects.create_user(name, password="secret-pass", is_staff=True)
    StaffRole.objects.create(user=user, role=role, institution=place)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def text(response) -> str:
    return response.content.decode()


def ordered(dealer: Client, typed: dict[str, str], *, form: str = "/dealers/at/dl/new/") -> DealerOrder:
    """What was typed into a purchase order's form, looked over and ordered."""
    review = dealer.post(form, typed | {"action": "review"})
    assert review.status_code == 200, text(review)
    known = {"shown_total": review.context["total"], "key": review.context["key"], "action": "order"}
    placed = dealer.post(form, typed | known)
    assert placed.status_code == 302, text(placed)
    return DealerOrder.objects.latest("pk")
