from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TillImport(models.Model):
    """One run of import_store_sales over one file."""

    chain = models.ForeignKey("members.Institution", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=160)
    sha256 = models.CharField(max_length=64)
    started_at = models.DateTimeField(_("begun"))
    lines_read = models.PositiveIntegerField(_("lines read"), default=0)
    lines_loaded = models.PositiveIntegerField(_("lines loaded"), default=0)
    lines_known = models.PositiveIntegerField(_("lines known before"), default=0)
    lines_rejected = models.PositiveIntegerField(_("lines set aside"), default=0)
    sales_loaded = models.PositiveIntegerField(_("sales loaded"), default=0)
    amount_fen = models.BigIntegerField(_("amount (fen)"), default=0)

    class Meta:
        verbose_name = _("till import")
        verbose_name_plural = _("till imports")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.file_name} {self.pk}"


class ChainProduct(models.Model):
    """What a chain's till sold, by the chain's own code: no offering of ours, no stock."""

    chain = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("chain product")
        verbose_name_plural = _("chain products")
        constraints = [models.UniqueConstraint(fields=["chain", "code"], name="chain_product_once")]

    def __str__(self):
        return self.code


class ImportedSale(models.Model):
    """One basket of a chain's till, once per store, till and receipt. No order, no stock movement.

    Its trade has the source key "till:<id>"; a basket of nothing has none.
    """

    batch = models.ForeignKey(TillImport, on_delete=models.PROTECT, related_name="sales")
    store = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    till = models.CharField(_("till"), max_length=20)
    receipt = models.CharField(_("receipt"), max_length=40)
    sold_at = models.DateTimeField(pgettext_lazy("time", "sold"))
    original_date = models.DateField(_("original day"))
    member_id = models.BigIntegerField(null=True)
    lines_count = models.PositiveIntegerField(_("lines"))
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    store_discount_fen = models.BigIntegerField(_("store discount (fen)"), default=0)
    coupon_fen = models.BigIntegerField(_("coupon (fen)"), default=0)
    coupon_match_fen = models.BigIntegerField(_("matched coupon (fen)"), default=0)

    class Meta:
        verbose_name = _("imported sale")
        verbose_name_plural = _("imported sales")
        constraints = [
            models.UniqueConstraint(fields=["store", "till", "receipt"], name="imported_sale_once"),
            models.CheckConstraint(name="imported_sale_amount", condition=Q(amount_fen__gte=0)),
        ]
        indexes = [models.Index(fields=["original_date", "store"], name="imported_sale_day")]

    def __str__(self):
        return f"{self.store_id}/{self.till}/{self.receipt}"


class ImportedSaleLine(models.Model):
    sale = models.ForeignKey(ImportedSale, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    product = models.ForeignKey(
        ChainProduct, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    amount_fen = models.BigIntegerField()
    store_discount_fen = models.BigIntegerField(default=0)
    coupon_fen = models.BigIntegerField(default=0)
    coupon_match_fen = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"{self.sale_id} {self.number}"


class ImportReject(models.Model):
    """A row of a till file that could not be loaded, with line number and reason."""

    batch = models.ForeignKey(TillImport, on_delete=models.PROTECT, related_name="rejects")
    line_number = models.PositiveIntegerField(_("line"))
    reason = models.CharField(_("reason"), max_length=32)
    content = models.TextField(_("content"))

    class Meta:
        verbose_name = _("rejected row")
        verbose_name_plural = _("rejected rows")
        ordering = ["line_number"]

    def __str__(self):
        return f"{self.line_number} {self.reason}"
