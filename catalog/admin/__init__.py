"""Our admin pages in place of Oscar's, which are registered first so that they can be replaced."""

from django.contrib import admin
from oscar.apps.catalogue import admin as oscar_catalogue  # noqa: F401
from oscar.apps.partner import admin as oscar_partner  # noqa: F401
from oscar.core.loading import get_model

REPLACED = {
    "catalogue": (
        "Product ProductClass ProductAttribute ProductAttributeValue AttributeOptionGroup Option"
        " ProductImage Category ProductCategory"
    ),
    "partner": "Partner StockRecord StockAlert",
}
for label, names in REPLACED.items():
    for name in names.split():
        if admin.site.is_registered(get_model(label, name)):
            admin.site.unregister(get_model(label, name))

from . import categories, numbers, prices, products  # noqa: E402, F401
