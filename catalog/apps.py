from oscar.apps.catalogue.apps import CatalogueOnlyConfig


class CatalogConfig(CatalogueOnlyConfig):
    """Oscar's catalogue forked: folder `catalog`, label `catalogue`. Oscar's ready() would load its views."""

    name = "catalog"

    def ready(self):
        from oscar.apps.catalogue import receivers as _image_receivers  # noqa: F401

        from . import receivers  # noqa: F401  (subscriptions register on import)
