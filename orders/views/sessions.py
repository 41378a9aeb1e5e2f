"""What a browser remembers: its basket and the orders that it placed as a guest."""

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
