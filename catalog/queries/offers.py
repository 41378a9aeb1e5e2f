"""The site offers that run now, for people to read. Oscar applies them to baskets."""

from dataclasses import dataclass
from datetime import datetime

from catalog.values import worded
from omnichannel.kernel import prepared

_RUNNING = """
SELECT o.slug, o.name, o.description, o.end_datetime, t.name_en, t.description_en
  FROM offer_conditionaloffer o LEFT JOIN catalogue_offertext t ON t.offer_id = o.id
 WHERE o.status = 'Open' AND o.offer_type = 'Site'
   AND (o.start_datetime IS NULL OR o.start_datetime <= %(now)s)
   AND (o.end_datetime IS NULL OR o.end_datetime > %(now)s)
 ORDER BY o.priority DESC, o.id
"""


@dataclass(frozen=True)
class OfferCard:
    slug: str
    name: str
    description: str
    until: datetime | None


def running(*, now: datetime) -> list[OfferCard]:
    """Site offers in force, one query."""
    return [
        OfferCard(
            row["slug"],
            worded(row["name"], row["name_en"] or ""),
            worded(row["description"], row["description_en"] or ""),
            row["end_datetime"],
        )
        for row in prepared.rows(_RUNNING, {"now": now})
    ]
