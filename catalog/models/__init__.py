"""Oscar's catalogue models first, then ours beside them. Oscar's loader looks the label up here."""

from oscar.apps.catalogue.models import *  # noqa: F403  (registers Oscar's models under label catalogue)
