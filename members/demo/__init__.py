"""The demo company: its institutions, staff, members and channel keys. Loading twice changes nothing."""

from datetime import datetime

from django.db import transaction

from . import company, people


@transaction.atomic
def load(*, now: datetime) -> None:
    """Make the company and its members, in bulk; `now` dates them."""
    institutions = company.load_institutions()
    company.load_staff(institutions)
    company.load_channel_keys(institutions)
    people.load_members(institutions, now=now)
