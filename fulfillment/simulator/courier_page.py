"""A page in the demo on which a person plays the outside courier: in order, jumbled, forged, unknown."""

from random import Random

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from fulfillment.models import CourierEvent, Delivery
from fulfillment.simulator import courier
from omnichannel.kernel import clock
from omnichannel.kernel.errors import NotFound

SHOWN = 20


@login_required
@require_GET
def page(request):
    request.actor.must_have("operator")
    under_way = Delivery.objects.under_way().select_related("fulfillment", "courier").order_by("-pk")
    context = {
        "deliveries": under_way[:SHOWN],
        "events": CourierEvent.objects.select_related("courier")[:SHOWN],
        "answers": request.session.pop("courier-answers", []),
    }
    return render(request, "fulfillment/simulator/courier.html", context)


@login_required
@require_POST
def play(request, pk: int):
    request.actor.must_have("operator")
    rows = Delivery.objects.select_related("fulfillment__demand", "courier")
    delivery = rows.filter(pk=pk, fulfillment__demand__wish__destination__isnull=False).first()
    if delivery is None:
        raise NotFound()
    messages = _messages(delivery, request.POST.get("how", "next"))
    request.session["courier-answers"] = [_told(*courier.send(each), each) for each in messages]
    return redirect("fulfillment:sim-courier")


def _messages(delivery: Delivery, how: str) -> list[courier.Message]:
    now = clock.now()
    route = courier.route_of(delivery, until=now)
    made = [courier.message(event, now=now) for event in route]
    if how == "jumbled":
        Random(delivery.pk).shuffle(made)
        return [*made, made[0]]
    if how == "forged":
        return [courier.message(route[-1], now=now, secret="not the secret")]
    if how == "unknown":
        return [courier.message(route[0] | {"parcel": "NOBODYS-1"}, now=now)]
    told = CourierEvent.objects.filter(fulfillment=delivery.fulfillment).count()
    return made[min(told, len(made) - 1) :][:1]


def _told(status: int, answer: dict, wanted: courier.Message) -> dict:
    return {
        "status": status,
        "event": wanted.headers["webhook-id"],
        "outcome": answer.get("outcome") or answer.get("error", {}).get("code", ""),
    }
