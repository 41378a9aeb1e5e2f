"""Who may see the member centre."""

from functools import wraps
from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from members.models import Member
from omnichannel.kernel.errors import NotAllowed


class MembersOnly(NotAllowed):
    code = "members_only"
    message = _("This page belongs to customers. Sign in with a mobile number to see it.")


def member_required(view):
    """Give the view request.member; a visitor is asked to sign in and comes back. Raises MembersOnly."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect(f"{reverse('members:sign-in')}?{urlencode({'next': request.get_full_path()})}")
        request.member = Member.objects.filter(pk=request.user.pk).select_related("user").first()
        if request.member is None:
            raise MembersOnly()
        return view(request, *args, **kwargs)

    return guarded


def next_address(request, default: str) -> str:
    """Where to go on to: the `next` parameter when it is ours, else the page named `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else reverse(default)


def network_address(request) -> str:
    return request.META.get("REMOTE_ADDR", "")
