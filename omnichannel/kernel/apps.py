from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "omnichannel.kernel"
    label = "kernel"
