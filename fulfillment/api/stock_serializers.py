"""What the stock interfaces read and write. Distances in kilometres, times ISO 8601."""

from rest_framework import serializers

from ..models import SyncBasis
from ..services.stock_sync import MOST_ROWS


class SyncRowIn(serializers.Serializer):
    """Documents a row; rows are judged one by one, so a bad one does not refuse the others."""

    location = serializers.CharField(max_length=32, help_text="code of a location")
    sku = serializers.CharField(max_length=64)
    quantity = serializers.IntegerField(min_value=0, max_value=1_000_000)


class StockSyncIn(serializers.Serializer):
    source = serializers.RegexField(
        r"^[A-Za-z0-9._-]{1,30}$", help_text="the sending system; numbers its snapshots by itself"
    )
    sequence = serializers.IntegerField(min_value=1, max_value=2**62)
    basis = serializers.ChoiceField(
        choices=SyncBasis.values,
        help_text="on_hand: units on the shelf. salable: less what this platform promised to orders",
    )
    taken_at = serializers.DateTimeField(help_text="when the figures were read in the sending system")
    rows = serializers.ListField(
        child=serializers.DictField(), allow_empty=False, max_length=MOST_ROWS, help_text="SyncRow objects"
    )


class StockSyncDocIn(StockSyncIn):
    rows = SyncRowIn(many=True)


class SyncRowOut(serializers.Serializer):
    location = serializers.CharField()
    sku = serializers.CharField()
    outcome = serializers.ChoiceField(
        choices=[
            "taken",
            "unchanged",
            "stale",
            "unknown_location",
            "unknown_sku",
            "serialised",
            "quantity_invalid",
            "doubled",
            "promised",
        ],
        help_text="stale: a newer snapshot told of this shelf; serialised: its units are received one by one;"
        " promised: picked parcels hold more than is stated",
    )
    difference = serializers.IntegerField(help_text="units by which our books changed")


class StockSyncOut(serializers.Serializer):
    source = serializers.CharField()
    sequence = serializers.IntegerField()
    basis = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="rows by outcome")
    rows = SyncRowOut(many=True)


class StockQueryIn(serializers.Serializer):
    sku = serializers.ListField(child=serializers.CharField(max_length=64), min_length=1, max_length=20)
    province = serializers.CharField(max_length=20, required=False, default="")
    city = serializers.CharField(max_length=20, required=False, default="", help_text="where the customer is")
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False, default=None)
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False, default=None)
    in_city = serializers.CharField(
        max_length=20, required=False, default="", help_text="only locations of this city"
    )
    within_km = serializers.FloatField(min_value=0, max_value=10_000, required=False, default=None)
    by = serializers.DateTimeField(required=False, default=None, help_text="to be had until then")
    way = serializers.ChoiceField(choices=["", "pickup", "ship"], required=False, default="")

    def validate(self, attrs):
        if (attrs["latitude"] is None) != (attrs["longitude"] is None):
            raise serializers.ValidationError({"latitude": "latitude and longitude come together"})
        return attrs


class StockSpotOut(serializers.Serializer):
    location = serializers.CharField(help_text="code")
    name = serializers.CharField()
    kind = serializers.CharField()
    city = serializers.CharField()
    distance_km = serializers.FloatField(allow_null=True, help_text="null without coordinates")
    salable = serializers.IntegerField()
    ready_at = serializers.DateTimeField(allow_null=True, help_text="at the counter, if ordered now")
    arrives_on = serializers.DateField(allow_null=True, help_text="at the door, if ordered now")
    why_not = serializers.CharField(
        help_text="why it does not send: does_not_ship, no_tariff, no_coordinates", allow_blank=True
    )


class SkuStockOut(serializers.Serializer):
    sku = serializers.CharField()
    known = serializers.BooleanField()
    salable = serializers.IntegerField(help_text="units at all locations listed")
    locations = StockSpotOut(many=True)


class StockQueryOut(serializers.Serializer):
    stock = SkuStockOut(many=True)
