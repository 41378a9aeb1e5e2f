"""Oscar's order models first, then ours beside them. Oscar's loader looks the label up here."""

from oscar.apps.order.models import *  # noqa: F403  (registers Oscar's models under label order)
