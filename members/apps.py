from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self):
        from . import receivers  # noqa: F401  (subscriptions register on import)
