"""Sell-in against sell-out, per day or summed per dealer and model."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet, Sum

from members.actors import Actor

from ..models import DealerDay, StockLevel
from .dealers import terms


@dataclass(frozen=True)
class Model:
    """A model at a dealer over a period; cover in weeks of the period's sell-out, None without any."""

    dealer_id: int
    dealer: object
    sku: str
    sell_in: int
    sell_out: int
    on_hand: int
    cover: float | None
    last_day: date

    @property
    def piles_up(self) -> bool:
        """More than eight weeks of cover, or goods without any sale: a sign of stuffing."""
        return self.cover > 8 if self.cover is not None else self.on_hand > 0 and self.sell_in > 0


def days(actor: Actor, *, begin: date, end: date, dealer: str = "", sku: str = "") -> QuerySet[DealerDay]:
    """Both days inclusive, newest first; only dealers that the actor may see."""
    rows = DealerDay.objects.filter(day__gte=begin, day__lte=end, dealer__in=terms(actor).values("dealer"))
    if dealer:
        rows = rows.filter(dealer__code=dealer)
    if sku:
        rows = rows.filter(sku__icontains=sku)
    return rows.select_related("dealer").order_by("-day", "dealer__code", "sku")


def by_model(rows: QuerySet[DealerDay], *, weeks: float) -> list[Model]:
    """The rows summed, those with the most sell-in first; two statements."""
    summed = rows.order_by().values("dealer", "sku").annotate(Sum("sell_in"), Sum("sell_out"), Max("day"))
    sums = list(summed.order_by("-sell_in__sum", "dealer", "sku"))
    dealers = {row.dealer_id: row.dealer for row in rows.order_by("dealer_id").distinct("dealer_id")}
    levels = StockLevel.objects.filter(location__in=dealers)
    on_hand = {(place, sku): units for place, sku, units in levels.values_list("location", "sku", "on_hand")}
    return [_model(each, dealers, on_hand, weeks) for each in sums]


def _model(row: dict, dealers: dict, on_hand: dict, weeks: float) -> Model:
    units = on_hand.get((row["dealer"], row["sku"]), 0)
    weekly = row["sell_out__sum"] / weeks
    return Model(
        dealer_id=row["dealer"],
        dealer=dealers[row["dealer"]],
        sku=row["sku"],
        sell_in=row["sell_in__sum"],
        sell_out=row["sell_out__sum"],
        on_hand=units,
        cover=round(units / weekly, 1) if weekly else None,
        last_day=row["day__max"],
    )
