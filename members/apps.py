from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members and parties")

    def ready(self):
        from . import receivers  # noqa: F401  (subscriptions register on import)
        from .api import schema  # noqa: F401  (the API description finds it)
