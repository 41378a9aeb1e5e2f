from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchDocument(models.Model):
    """What a shopper's words are matched with: one row per stand-alone product or parent.

    `tokens` holds jieba's words and all pairs of Chinese characters (weights: A title, B brand and
    category, C text, D pairs). `names` is lower-case text for trigrams and type-ahead.
    """

    product = models.OneToOneField(
        "catalogue.Product", on_delete=models.CASCADE, primary_key=True, related_name="search_document"
    )
    tokens = SearchVectorField()
    names = models.TextField()

    class Meta:
        indexes = [
            GinIndex(fields=["tokens"], name="search_tokens"),
            GinIndex(OpClass("names", name="gin_trgm_ops"), name="search_names"),
        ]

    def __str__(self):
        return self.names
