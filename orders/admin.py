"""Oscar's order admin first, so that its registrations can be replaced by ours."""

from oscar.apps.order import admin as oscar_admin  # noqa: F401
