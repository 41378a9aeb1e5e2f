"""The tree of parties, as frozen cards."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from math import cos, radians

from django.db.models import Case, Count, ExpressionWrapper, F, FloatField, Q, When
from django.utils.translation import gettext_lazy as _

from members.models import Institution
from members.models.institutions import InstitutionKind
from members.values import InstitutionCard, NearStore
from omnichannel.kernel import prepared
from omnichannel.kernel.errors import NotFound

COLUMNS = [field.name for field in fields(InstitutionCard)]
# On every page that shows stock and at every payment, so they are spelled out rather than built each time.
_BY_IDS = f"SELECT {', '.join(COLUMNS)} FROM members_institution WHERE id = ANY(%(ids)s)"
_BY_CODE = f"SELECT {', '.join(COLUMNS)} FROM members_institution WHERE code = %(code)s"


class InstitutionUnknown(NotFound):
    code = "institution_unknown"
    message = _("We do not know this institution.")


def _cards(rows) -> list[InstitutionCard]:
    return [InstitutionCard(*values) for values in rows.values_list(*COLUMNS)]


def _one(rows) -> InstitutionCard:
    found = _cards(rows[:1])
    if not found:
        raise InstitutionUnknown()
    return found[0]


def institution(institution_id: int) -> InstitutionCard:
    """Raises InstitutionUnknown."""
    return _one(Institution.objects.filter(pk=institution_id))


def institution_by_code(code: str) -> InstitutionCard:
    """Raises InstitutionUnknown."""
    found = prepared.tuples(_BY_CODE, {"code": code})
    if not found:
        raise InstitutionUnknown()
    return InstitutionCard(*found[0])


def institutions_by_ids(ids: Iterable[int]) -> dict[int, InstitutionCard]:
    """One query; ids that do not exist are absent."""
    wanted = [number for number in set(ids) if number is not None]
    if not wanted:
        return {}
    return {row[0]: InstitutionCard(*row) for row in prepared.tuples(_BY_IDS, {"ids": wanted})}


def institutions_of_kind(*kinds: str, path: str = "") -> list[InstitutionCard]:
    """Active institutions of these kinds (below `path` when given), in the order of the tree."""
    return _cards(Institution.objects.active().filter(kind__in=kinds, path__startswith=path))


def kind_choices(kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Each kind with its name, for a choice on a page."""
    return [(kind, str(InstitutionKind(kind).label)) for kind in kinds]


def institutions_within(path: str) -> list[InstitutionCard]:
    """The institution of `path` and everything below it, in the order of the tree."""
    return _cards(Institution.objects.filter(path__startswith=path))


def institutions_named(text: str, *, limit: int = 200) -> list[InstitutionCard]:
    """Those with this code, or whose name holds the text, in the order of the tree."""
    wanted = text.strip()
    named = Q(code__iexact=wanted) | Q(name__icontains=wanted) | Q(name_en__icontains=wanted)
    return _cards(Institution.objects.filter(named)[:limit])


def institutions_like(
    text: str, *, kinds: Sequence[str], paths: Iterable[str], limit: int
) -> list[InstitutionCard]:
    """Active ones of these kinds below one of the paths that fit every word of the text, for a chooser.

    A word fits by code, name in either language, city or province. One statement. Who has the code itself
    comes first, then kind by kind as they are given.
    """
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    rows = Institution.objects.active().filter(kind__in=kinds).filter(below or Q(pk=None))
    for word in text.split():
        fits = Q()
        for column in ("code", "name", "name_en", "city", "province"):
            fits |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(fits)
    exact = Case(When(code__iexact=text.strip(), then=0), default=1)
    kind = Case(*(When(kind=kind, then=place) for place, kind in enumerate(kinds)), default=len(kinds))
    return _cards(rows.order_by(exact, kind, "code")[:limit])


def store_cities() -> list[tuple[str, str]]:
    """(province, city) of every city with an active store, those with most stores first. One statement."""
    stores = Institution.objects.active().filter(kind=Institution.Kind.STORE).exclude(city="")
    found = stores.values_list("province", "city").annotate(stores=Count("pk")).order_by("-stores", "city")
    return [(province, city) for province, city, _stores in found]


def stores_near(latitude: float, longitude: float, limit: int = 5) -> list[NearStore]:
    """The nearest active stores, nearest first; distances in kilometres."""
    north = F("latitude") - latitude
    east = (F("longitude") - longitude) * cos(radians(latitude))
    flat = ExpressionWrapper(north * north + east * east, output_field=FloatField())
    stores = Institution.objects.active().filter(kind=Institution.Kind.STORE, latitude__isnull=False)
    found = _cards(stores.annotate(flat=flat).order_by("flat", "code")[:limit])
    near = [NearStore(card, round(card.distance_km(latitude, longitude), 1)) for card in found]
    return sorted(near, key=lambda store: (store.distance_km, store.institution.code))
