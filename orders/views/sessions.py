"""What a browser remembers: its basket and the orders that it placed as a guest."""

from uuid import uuid4

from members.actors import Actor

MOST_REMEMBERED = 20


def basket_id(request) -> int | None:
    return request.session.get("basket_id")


def keep_basket(request, basket) -> None:
    if basket is not None and request.session.get("basket_id") != basket.pk:
        request.session["basket_id"] = basket.pk


def guest_orders(request) -> list[str]:
    return request.session.get("orders", [])


def remember_order(request, number: str) -> None:
    request.session["orders"] = [*guest_orders(request), number][-MOST_REMEMBERED:]
    request.session.pop("basket_id", None)


def acting(request, *, number: str, member_id: int | None, channel: str) -> Actor:
    """Who acts on this order: a guest for the one that this browser placed, else whoever is signed in."""
    if request.actor.user_id is None and number in guest_orders(request):
        return Actor(user_id=member_id, name="guest", channel=channel)
    return request.actor


def ticket(request, code: str, *, make: bool = False) -> str:
    """This browser's place in the queue of a flash sale; "" while it has none."""
    tickets = request.session.get("tickets", {})
    if make and code not in tickets:
        request.session["tickets"] = tickets | {code: uuid4().hex}
    return request.session.get("tickets", {}).get(code, "")


def drop_ticket(request, code: str) -> None:
    """Give the place up, and an admission with it."""
    for name in ("tickets", "admissions"):
        kept = {each: value for each, value in request.session.get(name, {}).items() if each != code}
        request.session[name] = kept


def keep_admission(request, code: str, token: str) -> None:
    if request.session.get("admissions", {}).get(code) != token:
        request.session["admissions"] = request.session.get("admissions", {}) | {code: token}


def had_turn(request, code: str) -> bool:
    """Whether this browser was let in once, with the place that it has."""
    return code in request.session.get("admissions", {})


def admissions(request) -> tuple[str, ...]:
    return tuple(request.session.get("admissions", {}).values())


def number_holder(request, *, make: bool = False) -> str:
    """The name under which this browser holds chosen numbers until they are in a basket; "" for none yet.

    It stays the same when the visitor signs in.
    """
    if make and "number_holder" not in request.session:
        user = request.user
        name = f"member:{user.pk}" if user.is_authenticated else f"visit:{uuid4().hex}"
        request.session["number_holder"] = name
    return request.session.get("number_holder", "")
