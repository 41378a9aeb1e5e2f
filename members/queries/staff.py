"""Who of the staff works in which role."""

from collections.abc import Iterable

from members.models import StaffRole, User


def people_with_roles(roles: Iterable[str]) -> list[tuple[int, str]]:
    """(user id, name) of active staff with one of the roles anywhere, by name."""
    rows = StaffRole.objects.filter(role__in=list(roles), user__is_active=True, institution__is_active=True)
    found = {row.user_id: str(row.user) for row in rows.select_related("user")}
    return sorted(found.items(), key=lambda person: person[1])


def first_of_staff(institution_id: int, roles: Iterable[str]) -> User | None:
    """Whoever has one of the roles at this institution itself, the earliest named; None where nobody has."""
    rows = StaffRole.objects.filter(institution_id=institution_id, role__in=list(roles))
    found = rows.filter(user__is_active=True).select_related("user").order_by("pk").first()
    return found.user if found else None


def staff_name(user_id: int) -> str:
    """How a person of the staff is called in histories; empty when there is none."""
    return str(User.objects.filter(pk=user_id).first() or "")


def roles_of(user_id: int) -> list[StaffRole]:
    """A person's roles, each with its institution."""
    return list(StaffRole.objects.filter(user_id=user_id).select_related("institution"))
