"""A member's address book."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from members.models import Address, Member
from members.phones import normalised
from members.places import locate, short_city, short_province
from members.values import Destination
from omnichannel.kernel.errors import DomainError, Invalid

from .membership import MemberMissing, NameInvalid, cleaned_name

STREET_LENGTH = 120
MOST_ADDRESSES = 20


class AddressTooLong(Invalid):
    code = "address_too_long"
    message = _("Street and number have at most 120 characters.")


class AddressEmpty(Invalid):
    code = "address_empty"
    message = _("Enter street and number.")


class AddressLimit(DomainError):
    code = "address_limit"
    message = _("You have 20 addresses. Remove one that you no longer need.")


def destination(
    *, name: str, phone: str, province: str, city: str, district: str = "", street: str
) -> Destination:
    """A checked place of delivery with the coordinates of its district.

    Raises NameInvalid, PhoneInvalid, PlaceUnknown, AddressEmpty, AddressTooLong.
    """
    street = " ".join(str(street or "").split())
    if not street:
        raise AddressEmpty(field="street")
    if len(street) > STREET_LENGTH:
        raise AddressTooLong(field="street", longest=STREET_LENGTH)
    if not cleaned_name(name):
        raise NameInvalid(field="name")
    latitude, longitude = locate(province, city, district)
    return Destination(
        name=cleaned_name(name),
        phone=normalised(phone),
        province=short_province(province),
        city=short_city(city),
        district=district.strip()[:20],
        street=street,
        latitude=latitude,
        longitude=longitude,
    )


@transaction.atomic
def add_address(
    *,
    actor: Actor,
    name: str,
    phone: str,
    province: str,
    city: str,
    district: str = "",
    street: str,
    is_default: bool = False,
    now: datetime | None = None,
) -> Address:
    """Keep an address; the first one becomes the default. Raises what destination() raises, AddressLimit."""
    place = destination(
        name=name, phone=phone, province=province, city=city, district=district, street=street
    )
    member = _locked_member(actor)
    known = list(member.addresses.values_list("is_default", flat=True))
    if len(known) >= MOST_ADDRESSES:
        raise AddressLimit()
    if is_default:
        member.addresses.filter(is_default=True).update(is_default=False)
    return Address.objects.create(member=member, is_default=is_default or not any(known), **place.as_dict())


@transaction.atomic
def edit(
    *,
    actor: Actor,
    address_id: int,
    name: str,
    phone: str,
    province: str,
    city: str,
    district: str = "",
    street: str,
    is_default: bool = False,
) -> Address:
    """Change an address; orders keep what they were placed with. Raises NotYours and what add raises.

    is_default False leaves the default where it is: there is always one.
    """
    _locked_member(actor)
    address = _owned(actor, address_id)
    place = destination(
        name=name, phone=phone, province=province, city=city, district=district, street=street
    )
    for column, value in place.as_dict().items():
        setattr(address, column, value)
    address.save(update_fields=list(place.as_dict()))
    if is_default:
        make_default(actor=actor, address_id=address_id)
    return address


@transaction.atomic
def make_default(*, actor: Actor, address_id: int) -> None:
    """Raises NotYours."""
    member = _locked_member(actor)
    address = _owned(actor, address_id)
    member.addresses.filter(is_default=True).update(is_default=False)
    Address.objects.filter(pk=address.pk).update(is_default=True)


@transaction.atomic
def remove(*, actor: Actor, address_id: int) -> None:
    """Remove an address; the newest other one becomes the default if this was it. Raises NotYours."""
    member = _locked_member(actor)
    address = _owned(actor, address_id)
    address.delete()
    newest = member.addresses.order_by("-pk").first()
    if address.is_default and newest is not None:
        Address.objects.filter(pk=newest.pk).update(is_default=True)


def destination_of(*, address_id: int, actor: Actor) -> Destination:
    """The frozen copy for an order. Raises NotYours."""
    address = _owned(actor, address_id)
    return Destination(**{column: getattr(address, column) for column in Destination.__dataclass_fields__})


def _locked_member(actor: Actor) -> Member:
    member = Member.objects.select_for_update().filter(pk=actor.user_id).first()
    if member is None:
        raise MemberMissing()
    return member


def _owned(actor: Actor, address_id: int) -> Address:
    address = Address.objects.filter(pk=address_id).first()
    if address is None:
        raise NotYours()
    actor.must_own(address)
    return address
