"""The member centre: home, addresses, points."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members import queries
from members.forms import AddressForm, NameForm, PlaceForm
from members.models import Address
from members.services import addresses as book
from members.services.membership import rename
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.secrets import mask_tail

from .access import member_required

HISTORY_PAGE = 20
ADDRESS_FIELDS = ("name", "phone", "province", "city", "district", "street")


@member_required
@require_http_methods(["GET", "POST"])
def home(request):
    form = NameForm(request.POST or None, initial={"name": request.member.name})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            rename(actor=request.actor, name=form.cleaned_data["name"])
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            messages.success(request, _("Your name is saved."))
            return redirect("members:home")
    context = {
        "form": form,
        "member": request.member,
        "phone": mask_tail(request.member.user.phone or ""),
        "balance": queries.points_balance(request.member.pk, day=clock.today()),
        "identity": queries.identity_of(request.member.pk),
        "addresses": queries.addresses_of(request.member.pk),
    }
    return render(request, "members/home.html", context, status=status)


@member_required
@require_GET
def addresses(request):
    return render(request, "members/addresses.html", {"addresses": queries.addresses_of(request.member.pk)})


@member_required
@require_http_methods(["GET", "POST"])
def address_new(request):
    initial = {"name": request.member.name, "phone": request.member.user.phone}
    return _address_form(request, None, AddressForm(request.POST or None, initial=initial))


@member_required
@require_http_methods(["GET", "POST"])
def address_edit(request, address_id: int):
    address = get_object_or_404(Address, pk=address_id, member=request.member)
    initial = {name: getattr(address, name) for name in (*ADDRESS_FIELDS, "is_default")}
    return _address_form(request, address, AddressForm(request.POST or None, initial=initial))


def _address_form(request, address: Address | None, form: AddressForm):
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _save(request.actor, address, dict(form.cleaned_data))
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            messages.success(request, _("The address is saved."))
            return redirect("members:addresses")
    return render(request, "members/address_form.html", {"form": form, "address": address}, status=status)


def _save(actor, address: Address | None, values: dict) -> None:
    is_default = values.pop("is_default")
    if address is None:
        book.add_address(actor=actor, is_default=is_default, **values)
        return
    book.edit(actor=actor, address_id=address.pk, is_default=is_default, **values)


@member_required
@require_POST
def address_default(request, address_id: int):
    book.make_default(actor=request.actor, address_id=address_id)
    messages.success(request, _("This is your default address now."))
    return redirect("members:addresses")


@member_required
@require_POST
def address_remove(request, address_id: int):
    book.remove(actor=request.actor, address_id=address_id)
    messages.success(request, _("The address is removed."))
    return redirect("members:addresses")


@require_GET
def places(request):
    """The three selects for the province and city chosen so far; for every form with a place in it."""
    return render(request, "members/_places.html", {"form": PlaceForm(initial=request.GET.dict())})


@member_required
@require_GET
def points(request):
    today = clock.today()
    balance = queries.points_balance(request.member.pk, day=today)
    history = Paginator(queries.points_history(request.member.pk), HISTORY_PAGE)
    context = {
        "balance": balance,
        "value_fen": max(0, balance.balance) * queries.points_policy(day=today).fen_per_point,
        "lots": queries.lots_of(request.member.pk, day=today),
        "page": history.get_page(request.GET.get("page")),
        "today": today,
    }
    return render(request, "members/points.html", context)
