"""What a role may do in the Django admin. Rows are changed by services, which check rights themselves."""

from django.contrib.auth.backends import BaseBackend

from .models import StaffRole

_R = StaffRole.Role
# Tables of libraries are nobody's work: rows there are ours to keep or meaningless.
WORKED_ON = frozenset({"members", "catalogue", "order", "fulfillment", "settlement", "kernel"})
READERS = frozenset({_R.OPERATOR, _R.AUDITOR})
# Accounts and roles are given by administrators only.
ACCOUNTS = frozenset({"members.user", "members.staffrole", "members.channelkey"})


class RolePermissions(BaseBackend):
    """Operators read and change everything but accounts, auditors read; one query per request."""

    def has_perm(self, user_obj, perm, obj=None):
        roles = _roles(user_obj)
        app, _dot, action = perm.partition(".")
        verb, _line, model = action.partition("_")
        if app not in WORKED_ON:
            return False
        if verb == "view":
            return bool(roles & READERS)
        return _R.OPERATOR in roles and f"{app}.{model}" not in ACCOUNTS

    def has_module_perms(self, user_obj, app_label):
        return app_label in WORKED_ON and bool(_roles(user_obj) & READERS)


def _roles(user) -> frozenset[str]:
    if not user.is_active or not user.is_staff:
        return frozenset()
    if not hasattr(user, "_role_names"):
        user._role_names = frozenset(user.staff_roles.values_list("role", flat=True))
    return user._role_names
