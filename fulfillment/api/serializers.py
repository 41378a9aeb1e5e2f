"""What the routing preview reads and writes. Amounts in fen, weights in grams, distances in kilometres."""

from math import isfinite

from rest_framework import serializers

from members.channels import Channel


class PreviewLineIn(serializers.Serializer):
    sku = serializers.CharField(max_length=64)
    quantity = serializers.IntegerField(min_value=1, max_value=10_000)
    number_province = serializers.CharField(
        max_length=20,
        required=False,
        default="",
        allow_blank=True,
        help_text="of a SIM card that opens an account: where its number is at home",
    )


class Degrees(serializers.FloatField):
    """A number, which "nan" is not."""

    def to_internal_value(self, data):
        value = super().to_internal_value(data)
        if not isfinite(value):
            self.fail("invalid")
        return value


class PreviewPlaceIn(serializers.Serializer):
    """Coordinates are looked up by province, city and district when they are not sent."""

    province = serializers.CharField(max_length=20)
    city = serializers.CharField(max_length=20)
    district = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    latitude = Degrees(min_value=-90, max_value=90, required=False, allow_null=True)
    longitude = Degrees(min_value=-180, max_value=180, required=False, allow_null=True)


class RoutingPreviewIn(serializers.Serializer):
    channel = serializers.ChoiceField(choices=Channel.choices, required=False, default=Channel.WEB)
    destination = PreviewPlaceIn(required=False, allow_null=True, default=None)
    pickup_location = serializers.CharField(
        max_length=32, required=False, default="", allow_blank=True, help_text="code of the pick-up store"
    )
    prefer = serializers.CharField(
        max_length=32, required=False, default="", allow_blank=True, help_text="code of a location to prefer"
    )
    lines = PreviewLineIn(many=True, allow_empty=False, max_length=200)


EXPLAINED = "operators and auditors only"


def _explained(more: str = "") -> dict:
    """A field that whoever sees the answer only does not get."""
    return {"required": False, "help_text": f"{more}; {EXPLAINED}" if more else EXPLAINED}


class PackageOut(serializers.Serializer):
    location = serializers.CharField(help_text="code")
    units = serializers.DictField(child=serializers.IntegerField(), help_text="units by SKU")
    freight_fen = serializers.IntegerField(**_explained())
    cost_fen = serializers.IntegerField(**_explained())
    weight_g = serializers.IntegerField(**_explained())
    distance_km = serializers.FloatField()
    days = serializers.IntegerField()
    via = serializers.CharField(help_text="code of the hub that a trunk run goes through, or empty")
    trunk_fen = serializers.IntegerField(**_explained("share of the trunk run within the freight"))


class PlanOut(serializers.Serializer):
    cost_fen = serializers.IntegerField(**_explained())
    packages = PackageOut(many=True)


class DroppedOut(serializers.Serializer):
    location = serializers.CharField(help_text="code")
    reason = serializers.CharField(
        help_text="no_stock, no_coordinates, no_tariff, closed, not_taking_part, does_not_ship,"
        " capacity_used, cutoff_passed, later_than_promised, outside_franchise_region, no_sim_writing,"
        " other_home_province, not_the_pickup_place or does_not_supply_dealers"
    )


class RoutingPreviewOut(serializers.Serializer):
    way = serializers.CharField()
    items = serializers.DictField(child=serializers.IntegerField(), help_text="units by SKU")
    dropped = DroppedOut(many=True, **_explained())
    kept = serializers.ListField(child=serializers.CharField(), **_explained("codes of the candidates"))
    considered = serializers.IntegerField(**_explained("sets of locations that were compared"))
    passed_over = serializers.IntegerField(**_explained("further places with the goods that were not asked"))
    compared = PlanOut(many=True, **_explained())
    chosen = PlanOut(allow_null=True)
    how = serializers.CharField(**_explained("exact, improved, greedy or hint"))
    promised_on = serializers.DateField(allow_null=True, help_text="by this day all of it is at the door")
    gap_fen = serializers.IntegerField(**_explained("chosen cost less a lower bound"))


class RefusalBody(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()


class RefusalOut(serializers.Serializer):
    error = RefusalBody()
