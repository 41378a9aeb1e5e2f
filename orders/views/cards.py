"""A member's prepaid cards: list, one card with its entries, taking one, freezing, reloading, its PIN."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from members.channels import Channel
from members.views.access import member_required, network_address, next_address
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid
from orders.forms import CardForm
from orders.models import PrepaidCard
from orders.queries import cards, orders
from orders.services import card_freeze, card_pins, card_reload
from orders.views import sessions
from orders.views.order import acting
from orders.views.shop.frame import frame

PAGE = 20
TONES = {"issued": "", "active": "ok", "frozen": "warn", "void": ""}


@member_required
@require_GET
def mine(request):
    return _list(request, CardForm())


def _list(request, form: CardForm, *, status: int = 200):
    page = Paginator(cards.held_by(request.actor.user_id), PAGE).get_page(request.GET.get("page"))
    rows = [{"card": card, "tone": TONES[card.state]} for card in page]
    worth = sum(card.balance_fen for card in cards.usable_of(request.actor.user_id))
    context = {
        "page": page,
        "rows": rows,
        "form": form,
        "worth_fen": worth,
        "next": request.GET.get("next", ""),
    }
    return render(request, "orders/cards/mine.html", frame(request, **context), status=status)


@member_required
@require_POST
def add(request):
    """Take a card by number and PIN; then back to where it is needed."""
    form = CardForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    typed = form.cleaned_data
    try:
        card_pins.bind(
            number=typed["card_number"], pin=typed["card_pin"], actor=request.actor, now=clock.now()
        )
    except DomainError as error:
        form.refuse(error)
        return _list(request, form, status=error.status)
    messages.success(request, _("The card is yours now."))
    return redirect(next_address(request, "orders:cards"))


@member_required
@require_GET
def show(request, card_id: int):
    return _card(request, cards.mine(card_id=card_id, actor=request.actor))


def _card(request, card: PrepaidCard, *, status: int = 200, **more):
    page = Paginator(cards.history(card), PAGE).get_page(request.GET.get("page"))
    context = {
        "card": card,
        "tone": TONES[card.state],
        "page": page,
        "amounts": cards.amounts(channel=Channel.WEB, now=clock.now()) if card.state != "void" else [],
        "can_freeze": card.state in cards.USABLE,
        "can_unfreeze": card.state == PrepaidCard.State.FROZEN,
        **more,
    }
    return render(request, "orders/cards/card.html", frame(request, **context), status=status)


@member_required
@require_POST
def freeze(request, card_id: int):
    card_freeze.freeze(card_id=card_id, actor=request.actor, now=clock.now())
    messages.success(request, _("The card is frozen: nobody can pay with it."))
    return redirect("orders:card", card_id=card_id)


@member_required
@require_POST
def unfreeze(request, card_id: int):
    card = cards.mine(card_id=card_id, actor=request.actor)
    try:
        card_freeze.unfreeze(card_id=card_id, actor=request.actor, now=clock.now())
    except DomainError as error:
        return _card(request, card, error=error, status=error.status)
    messages.success(request, _("The card can pay again."))
    return redirect("orders:card", card_id=card_id)


@member_required
@require_POST
def reload(request, card_id: int):
    """An order for the chosen amount; the card is loaded when it is paid."""
    card = cards.mine(card_id=card_id, actor=request.actor)
    sku, _sep, shown = request.POST.get("amount", "").partition(":")
    if not shown.isascii() or not shown.isdigit():
        raise Invalid(field="amount")
    try:
        placed = card_reload.order_reload(
            card_id=card.pk, sku=sku, shown_total=int(shown), actor=request.actor, now=clock.now()
        )
    except DomainError as error:
        return _card(request, card, error=error, status=error.status)
    return redirect("orders:pay", order_number=placed.order_number)


@member_required
@require_POST
def pin_code(request, card_id: int):
    """A one-time code to the holder's phone; with it the holder has a new PIN made."""
    card = cards.mine(card_id=card_id, actor=request.actor)
    address = network_address(request)
    card_pins.send_code(card_id=card.pk, actor=request.actor, address=address, now=clock.now())
    return _card(request, card, code_sent=True)


@never_cache
@member_required
@require_POST
def new_pin(request, card_id: int):
    card = cards.mine(card_id=card_id, actor=request.actor)
    code = request.POST.get("code", "")
    try:
        pin = card_pins.renew(card_id=card.pk, code=code, actor=request.actor, now=clock.now())
    except DomainError as error:
        return _card(request, card, error=error, code_sent=True, status=error.status)
    return _pin(request, card, pin)


@never_cache
@require_POST
def show_pin(request, number: str, card_id: int):
    """The PIN of a card that this order issued, once; it stands on this page only."""
    actor, card = _of_order(request, number, card_id)
    return _pin(request, card, card_pins.show(card_id=card.pk, actor=actor, now=clock.now()), order=number)


@require_POST
def keep(request, number: str, card_id: int):
    """The buyer takes the card among the own ones."""
    actor, card = _of_order(request, number, card_id)
    card_pins.keep(card_id=card.pk, actor=actor, now=clock.now())
    messages.success(request, _("The card is yours now."))
    return redirect("orders:order", number=number)


def _of_order(request, number: str, card_id: int):
    """Who acts, and the card of this order. Raises OrderUnknown, CardUnknown, NotAllowed."""
    intake = orders.one(request.actor, number, session_numbers=sessions.guest_orders(request))
    card = next((each for each in cards.of_order(intake) if each.pk == card_id), None)
    if card is None:
        raise cards.CardUnknown()
    return acting(request, intake), card


def _pin(request, card: PrepaidCard, pin: str, **more):
    return render(request, "orders/cards/pin.html", frame(request, card=card, pin=pin, **more))
