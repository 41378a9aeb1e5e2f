"""Opening, moving and closing institutions: the path follows the parent."""

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from members.models import Institution, StaffRole, User
from omnichannel.kernel.errors import DomainError


class UnderItself(DomainError):
    code = "institution_under_itself"
    message = _("An institution cannot stand below itself.")


def must_run(actor: Actor, path: str) -> None:
    """Operators run what stands below them; those of a whole company its partners too. Raises NotAllowed."""
    if actor.is_system or any(grant.count("/") == 1 for grant in actor.paths("operator")):
        return
    actor.must_have("operator", path=path)


@transaction.atomic
def open_institution(*, actor: Actor, institution: Institution) -> Institution:
    """Keep a new institution below its parent. Raises NotAllowed."""
    must_run(actor, institution.parent.path if institution.parent else "")
    institution.path = f"{institution.parent.path if institution.parent else ''}{institution.code}/"
    institution.save(force_insert=True)
    return institution


@transaction.atomic
def change_institution(*, actor: Actor, institution: Institution) -> Institution:
    """Keep changed values; a new parent or code moves all below along. Raises NotAllowed, UnderItself."""
    before = Institution.objects.select_for_update().get(pk=institution.pk)
    must_run(actor, before.path)
    above = institution.parent.path if institution.parent else ""
    if above.startswith(before.path):
        raise UnderItself()
    if above and institution.parent_id != before.parent_id:
        must_run(actor, above)
    institution.path = f"{above}{institution.code}/"
    if institution.path != before.path:
        below = Institution.objects.within(before).exclude(pk=before.pk)
        below.update(path=Concat(Value(institution.path), Substr(F("path"), len(before.path) + 1)))
    institution.save(force_update=True)
    return institution


@transaction.atomic
def grant_role(*, actor: Actor, user: User, institution: Institution, role: str) -> StaffRole:
    """Give a role at an institution; the user becomes staff. Raises NotAllowed."""
    must_run(actor, institution.path)
    granted, _created = StaffRole.objects.get_or_create(user=user, institution=institution, role=role)
    User.objects.filter(pk=user.pk, is_staff=False).update(is_staff=True)
    return granted


@transaction.atomic
def withdraw_role(*, actor: Actor, role_id: int) -> None:
    """Take a role away. Raises NotAllowed."""
    role = StaffRole.objects.select_related("institution").filter(pk=role_id).first()
    if role is None:
        return
    must_run(actor, role.institution.path)
    role.delete()
