"""Staff sign in by user name and password."""

from django.contrib.auth import authenticate
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel import limits
from omnichannel.kernel.errors import Invalid

TRIES_PER_NAME = {"most": 10, "seconds": 900}
TRIES_PER_ADDRESS = {"most": 100, "seconds": 900}


class CredentialsWrong(Invalid):
    code = "credentials_wrong"
    message = _("User name or password is not right.")


def sign_in_staff(*, username: str, password: str, address: str) -> AbstractBaseUser:
    """The staff member with this name and password. Raises CredentialsWrong, TooMany.

    `address` is the network address of the asker. Says nothing about which of the two is wrong.
    """
    name = username.strip().lower()[:150]
    limits.check(f"staff:address:{address}", **TRIES_PER_ADDRESS)
    limits.check(f"staff:name:{name}", **TRIES_PER_NAME)
    user = authenticate(username=username.strip(), password=password)
    if user is None or not user.is_staff:
        raise CredentialsWrong()
    limits.forget(f"staff:name:{name}")
    return user
