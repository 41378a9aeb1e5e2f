"""What people leave out or get wrong in the same way on many pages: refusals that several stories share."""

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid, NotFound


class ReasonMissing(Invalid):
    """Nothing was written."""

    code = "reason_missing"
    message = _("Say why.")


class NoReasonChosen(ReasonMissing):
    """The reasons are a list, and none of it was taken."""

    message = _("Choose a reason.")


class SkuUnknown(NotFound):
    code = "sku_unknown"
    message = _("We do not know the article %(sku)s.")


class UnitsInvalid(Invalid):
    code = "quantity_invalid"
    message = _("Enter between 1 and 100,000 units of each article.")
