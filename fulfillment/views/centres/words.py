"""What a city's or a centre's outcome is called, and why, in the language of the page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fulfillment.queries.centres import centre_name
from members.place_names import place_name

# verdict: words, tone of the badge
VERDICTS = {
    "proposed": (pgettext_lazy("centre", "proposed"), "ok"),
    "accepted": (pgettext_lazy("centre", "accepted"), "accent"),
    "put_aside": (pgettext_lazy("centre", "dismissed"), ""),
    "joint": (gettext_lazy("another city instead"), ""),
    "volume": (pgettext_lazy("centre", "not yet"), "warn"),
    "served": (gettext_lazy("well served"), ""),
    "centre": (gettext_lazy("has a centre"), ""),
    "unknown": (gettext_lazy("unknown place"), "danger"),
}
STANDING = {
    "pays": (gettext_lazy("covers its cost"), "ok"),
    "below": (gettext_lazy("below its cost"), "warn"),
    "idle": (gettext_lazy("sent nothing"), "warn"),
    "alone": (gettext_lazy("the only one"), ""),
}


def city_row(row: dict) -> dict:
    """With its names, badge and reason."""
    label, tone = VERDICTS[row["verdict"]]
    return row | {
        "name": place_name(row["city"]),
        "province_name": place_name(row["province"]),
        "label": label,
        "tone": tone,
        "why": why(row),
        "percent": round(100 * row["share"]),
    }


def why(row: dict) -> str:
    """In a few words, why it is proposed or not."""
    verdict = row["verdict"]
    if verdict == "proposed":
        return _("back in %(months)s months") % {"months": f"{row['payback']:.1f}"}
    if verdict == "accepted":
        return _("decided; it is not among the centres yet")
    if verdict == "put_aside":
        return _("not again before %(day)s") % {"day": row["until"]}
    if verdict == "joint":
        return _("%(city)s would serve the same parcels") % {"city": place_name(row["by"][1])}
    if verdict == "volume":
        return _("volume %(percent)s %% of what is needed") % {"percent": _percent(row["share"])}
    if verdict == "served":
        return _served(row)
    if verdict == "centre":
        return _("stands already: %(code)s") % {"code": row["by"]}
    return _("not in the list of places, so without coordinates")


def _percent(share: float) -> str:
    """Never 100 for what is not enough."""
    return f"{min(99, round(100 * share))}"


def _served(row: dict) -> str:
    if row["near_km"] is None:
        return _("no parcel would be cheaper from here")
    words = _("already served from %(km)s km away: no parcel would be cheaper from here")
    return words % {"km": row["near_km"]}


def centre_row(row: dict) -> dict:
    """A standing centre with its names, badge and reason."""
    label, tone = STANDING[row["verdict"]]
    used = round(100 * row["parcels_day"] / row["capacity"]) if row["capacity"] else None
    return row | {
        "label": centre_name(row),
        "city_name": place_name(row["city"]),
        "state": label,
        "tone": tone,
        "used": used,
    }
