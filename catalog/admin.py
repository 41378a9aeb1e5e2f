"""Oscar's catalogue admin first, so that its registrations can be replaced by ours."""

from oscar.apps.catalogue import admin as oscar_admin  # noqa: F401
