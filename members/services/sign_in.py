"""Signing in by phone and one-time code."""

import hmac
import secrets as random
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.channels import Channel
from members.models import OneTimeCode, User
from members.phones import PhoneInvalid, normalised
from omnichannel.kernel import limits
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed, TooMany
from omnichannel.kernel.locks import advisory_lock
from omnichannel.kernel.secrets import lookup

from .membership import join
from .messages import send

__all__ = [
    "AccountClosed",
    "CodeExpired",
    "CodeWrong",
    "PhoneInvalid",
    "StaffAccount",
    "TooMany",
    "request_code",
    "verify_code",
]

LIFETIME = timedelta(minutes=5)
WRONG_TRIES = 5
CODES_PER_PHONE = {"most": 5, "seconds": 600}
CODES_PER_ADDRESS = {"most": 60, "seconds": 600}
TRIES_PER_PHONE = {"most": 9, "seconds": 900}


class CodeWrong(Invalid):
    code = "code_wrong"
    message = _("This code is not right. Please check the six digits.")


class CodeExpired(DomainError):
    code = "code_expired"
    message = _("This code is no longer valid. Please ask for a new one.")


class AccountClosed(NotAllowed):
    code = "account_closed"
    message = _("This account is closed. Please call our hotline.")


class StaffAccount(NotAllowed):
    """A text message does not open what a staff password protects."""

    code = "staff_account"
    message = _("This is a staff account. Please use the staff sign-in.")


def request_code(*, phone: str, address: str, now: datetime) -> None:
    """Send a six-digit code, good for five minutes; an earlier one dies. Raises PhoneInvalid, TooMany.

    `address` is the network address of the asker; limits hold per phone and per address.
    """
    phone = normalised(phone)
    limits.check(f"code:address:{address}", **CODES_PER_ADDRESS)
    limits.check(f"code:phone:{phone}", **CODES_PER_PHONE)
    code = f"{random.randbelow(1_000_000):06d}"
    with transaction.atomic():
        _open(phone, code, now)
        send(phone=phone, kind="one_time_code", text=_wording(code), now=now)


def _open(phone: str, code: str, now: datetime) -> None:
    """End the phone's open code and keep the new one; of two requests at once the later one wins."""
    advisory_lock(f"one-time-code:{phone}")
    OneTimeCode.objects.filter(phone=phone, closed_at=None).update(closed_at=now)
    OneTimeCode.objects.create(
        phone=phone, code_hash=_hash(phone, code), created_at=now, expires_at=now + LIFETIME
    )


def _wording(code: str) -> str:
    text = gettext("Your Huatong sign-in code is %(code)s. It is valid for 5 minutes. Tell it to nobody.")
    return text % {"code": code}


def _hash(phone: str, code: str) -> str:
    return lookup(f"{phone}:{code}", context="one_time_code")


def verify_code(*, phone: str, code: str, now: datetime) -> AbstractBaseUser:
    """The user of this phone; a new member at the first sign-in.

    Raises PhoneInvalid, CodeWrong, CodeExpired (unknown, too old, used, or five wrong tries),
    TooMany at the tenth wrong try within a quarter of an hour, AccountClosed, StaffAccount.
    """
    phone = normalised(phone)
    limits.check(f"code-try:{phone}", **TRIES_PER_PHONE)
    refusal = _spend(phone, "".join(str(code).split()), now)
    if refusal is not None:
        raise refusal
    limits.forget(f"code-try:{phone}")
    if User.objects.filter(phone=phone, is_staff=True).exists():
        raise StaffAccount()
    user = User.objects.get(pk=join(phone=phone, channel=Channel.WEB, now=now))
    if not user.is_active:
        raise AccountClosed()
    return user


@transaction.atomic
def _spend(phone: str, code: str, now: datetime) -> DomainError | None:
    """Use the open code up. The refusal is returned, not raised, so that a wrong try stays counted."""
    row = OneTimeCode.objects.select_for_update().filter(phone=phone, closed_at=None).first()
    if row is None or row.expires_at <= now:
        return CodeExpired()
    right = hmac.compare_digest(row.code_hash, _hash(phone, code))
    row.wrong_tries += 0 if right else 1
    if right or row.wrong_tries >= WRONG_TRIES:
        row.closed_at = now
    row.save(update_fields=["wrong_tries", "closed_at"])
    return None if right else CodeWrong(left=WRONG_TRIES - row.wrong_tries)
