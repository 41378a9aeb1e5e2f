"""Sign-in of members (phone and one-time code) and of staff, sign-out of both."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from members.demo.company import PASSWORD, staff_accounts
from members.forms import CodeForm, PhoneForm, StaffForm
from members.phones import normalised
from members.services import sign_in as codes
from members.services.staff_sign_in import sign_in_staff
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from .access import network_address, next_address

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def sign_in(request):
    """Two steps on one page: the phone, then the code that was sent to it."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect(next_address(request, "members:home"))
    if request.method == "GET":
        return _step(request, PhoneForm(initial={"phone": request.GET.get("phone", "")}))
    return _verify(request) if "code" in request.POST else _send(request)


def _send(request):
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _step(request, form, status=422)
    try:
        phone = normalised(form.cleaned_data["phone"])
        codes.request_code(phone=phone, address=network_address(request), now=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _step(request, form, status=error.status)
    return _step(request, CodeForm(initial={"phone": phone}))


def _verify(request):
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _step(request, form, status=422)
    try:
        user = codes.verify_code(**form.cleaned_data, now=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _step(request, form, status=error.status)
    login(request, user, backend=BACKEND)  # cycles the session key and keeps the visitor's basket
    return _go(request, next_address(request, "members:home"))


def _step(request, form, *, status: int = 200):
    """The page, or its form alone for htmx, which takes 422 for every refusal."""
    template = "members/_sign_in.html" if request.htmx else "members/sign_in.html"
    context = {"form": form, "next": next_address(request, "members:home")}
    if isinstance(form, CodeForm):
        context["phone"] = form["phone"].value()
    return render(request, template, context, status=422 if request.htmx and status >= 400 else status)


def _go(request, address: str):
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def staff_sign_in(request):
    form, status = StaffForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            user = sign_in_staff(**form.cleaned_data, address=network_address(request))
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            login(request, user, backend=BACKEND)
            return redirect(next_address(request, "role-home"))
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "demo_staff": staff_accounts() if settings.DEMO else [],
        "demo_password": PASSWORD,
    }
    return render(request, "members/staff_sign_in.html", context, status=status)


@require_POST
def sign_out(request):
    was_staff = request.user.is_authenticated and request.user.is_staff
    logout(request)
    return redirect("members:staff-sign-in" if was_staff else "/")
