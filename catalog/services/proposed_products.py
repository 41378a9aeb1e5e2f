"""A terminal that a supplier offered becomes a product of ours, not public: priced and shown by operators."""

import io
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from catalog.kinds import Kind, SerialKind
from catalog.models import Offering, Product, ProductClass
from catalog.pictures import WIDTHS, write_sizes
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.locks import advisory_lock


class SkuTaken(DomainError):
    code = "sku_taken"
    message = _("There is a product with the SKU %(sku)s already. Choose another.")


@dataclass(frozen=True)
class Terminal:
    """Words of a device in both languages; `picture`: the bytes of an image, empty for none."""

    sku: str
    title: str
    title_en: str
    brand: str
    model: str
    description: str = ""
    description_en: str = ""
    picture: bytes = b""


@transaction.atomic
def create_device(terminal: Terminal, *, seller_id: int) -> int:
    """The new product's id; it has an IMEI per unit, no price, no weight, and nobody sees it yet.

    Raises SkuTaken.
    """
    code = terminal.sku.lower()
    advisory_lock(f"product {code}")
    if _is_known(terminal.sku, code):
        raise SkuTaken(sku=terminal.sku)
    product = Product.objects.create(
        structure=Product.STANDALONE,
        title=terminal.title,
        slug=code,
        code=code,
        upc=terminal.sku,
        description=terminal.description,
        product_class=_device_class(),
        is_public=False,
    )
    Offering.objects.create(
        product=product,
        sku=terminal.sku,
        kind=Kind.DEVICE,
        serial_kind=SerialKind.IMEI,
        seller_id=seller_id,
        brand=terminal.brand,
        title_en=terminal.title_en,
        description_en=terminal.description_en,
        specs=[["型号", "Model", terminal.model, terminal.model]],
        picture=code if terminal.picture else "",
    )
    if terminal.picture:
        transaction.on_commit(lambda: _keep_picture(code, terminal.picture))
    return product.pk


def _is_known(sku: str, code: str) -> bool:
    """A family of variants has a code and no SKU."""
    taken = Product.objects.filter(Q(upc=sku) | Q(code=code)).exists()
    return taken or Offering.objects.filter(sku=sku).exists()


def _device_class() -> ProductClass:
    found = ProductClass.objects.filter(slug=Kind.DEVICE.value).first()
    words = {"name": "Device", "requires_shipping": True, "track_stock": False}
    return found or ProductClass.objects.create(slug=Kind.DEVICE.value, **words)


def _keep_picture(code: str, raw: bytes) -> None:
    """In every width that pages ask for, whole on a white square."""
    side = max(WIDTHS)
    with Image.open(io.BytesIO(raw)) as picture:
        square = ImageOps.pad(picture.convert("RGB"), (side, side), color="white")
    folder = Path(settings.MEDIA_ROOT) / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    write_sizes(square, code, folder)
