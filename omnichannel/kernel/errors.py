"""Foreseen refusals. Each carries a code for machines, a sentence for people and an HTTP status.

Declare a subclass beside the function that raises it. Anything that is not a DomainError is a bug and
is not caught.
"""

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal that the caller can act on. `facts` fill the message's %(name)s and go to API answers."""

    code = "refused"
    status = 409
    message = _("This cannot be done.")

    def __init__(self, **facts):
        self.facts = facts
        super().__init__(self.code, facts)

    def __str__(self):
        return str(self.message) % self.facts if self.facts else str(self.message)


class Invalid(DomainError):
    """The input cannot be right, whatever the state of the world. `field` names the culprit."""

    code = "invalid"
    status = 400
    message = _("Please check what you entered.")


class NotFound(DomainError):
    code = "not_found"
    status = 404
    message = _("We could not find that.")


class NotAllowed(DomainError):
    code = "not_allowed"
    status = 403
    message = _("You do not have permission to do this.")


class TooMany(DomainError):
    """A rate limit. `retry_after` is in seconds."""

    code = "too_many_requests"
    status = 429
    message = _("Too many attempts. Please wait and try again.")


class Unavailable(DomainError):
    """Somebody outside did not answer; nothing was changed."""

    code = "temporarily_unavailable"
    status = 503
    message = _("This service is not reachable at the moment. Please try again.")
