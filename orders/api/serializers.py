"""Parsing and schema only; every rule is in the services."""

from rest_framework import serializers


class LineIn(serializers.Serializer):
    sku = serializers.CharField(max_length=64)
    quantity = serializers.IntegerField(help_text="Units, from 1 to 200.")
    msisdn = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="The chosen number of a SIM."
    )
    plan_sku = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="The plan of a SIM."
    )
    target_msisdn = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="Whom a top-up or data pack is for."
    )


class CustomerIn(serializers.Serializer):
    phone = serializers.CharField(max_length=20)
    name = serializers.CharField(required=False, default="", max_length=40, allow_blank=True)
    id_number = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="Resident ID; needed with a SIM."
    )


class AddressIn(serializers.Serializer):
    name = serializers.CharField(max_length=40)
    phone = serializers.CharField(max_length=20)
    province = serializers.CharField(max_length=20)
    city = serializers.CharField(max_length=20)
    district = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    street = serializers.CharField(max_length=120)


class DeliveryIn(serializers.Serializer):
    way = serializers.ChoiceField(["ship", "pickup", "none"])
    address = AddressIn(required=False, default=None, allow_null=True)
    store_code = serializers.CharField(required=False, default="", allow_blank=True)


class PaymentIn(serializers.Serializer):
    means = serializers.ChoiceField(
        ["unipay", "cod", "collected"], help_text="collected: the channel's institution took the money."
    )


class PlaceOrderIn(serializers.Serializer):
    reference = serializers.CharField(
        max_length=120, help_text="The channel's own reference: the same reference is the same order."
    )
    customer = CustomerIn()
    lines = LineIn(many=True, allow_empty=False)
    delivery = DeliveryIn()
    payment = PaymentIn()
    shown_total_fen = serializers.IntegerField(
        min_value=0, help_text="The total that the customer saw, in fen."
    )
    admissions = serializers.ListField(
        child=serializers.CharField(max_length=400),
        required=False,
        default=list,
        max_length=5,
        help_text="Admissions of flash sales' queues whose articles are in the order.",
    )


class OrderLineOut(serializers.Serializer):
    line_id = serializers.IntegerField()
    sku = serializers.CharField()
    title = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_fen = serializers.IntegerField()
    amount_fen = serializers.IntegerField()
    done = serializers.IntegerField()
    dropped = serializers.IntegerField()


class OrderEventOut(serializers.Serializer):
    at = serializers.DateTimeField()
    by = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    why = serializers.CharField()


class OrderOut(serializers.Serializer):
    number = serializers.CharField()
    reference = serializers.CharField()
    state = serializers.CharField()
    channel = serializers.CharField()
    total_fen = serializers.IntegerField()
    shipping_fen = serializers.IntegerField()
    due_fen = serializers.IntegerField()
    placed_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    lines = OrderLineOut(many=True)
    history = OrderEventOut(many=True)


class OrderListOut(serializers.Serializer):
    orders = OrderOut(many=True)
    next_before = serializers.CharField(allow_null=True, help_text="Pass as ?before= for the next page.")


class CancelIn(serializers.Serializer):
    reason = serializers.CharField(max_length=120)


class QuoteIn(serializers.Serializer):
    lines = LineIn(many=True, allow_empty=False)
    way = serializers.ChoiceField(["ship", "pickup", "none"], default="ship")


class QuoteLineOut(serializers.Serializer):
    sku = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_fen = serializers.IntegerField()
    amount_fen = serializers.IntegerField()
    price_reason = serializers.CharField()


class QuoteOut(serializers.Serializer):
    lines = QuoteLineOut(many=True)
    shipping_fen = serializers.IntegerField()
    total_fen = serializers.IntegerField()


class ProblemDetail(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()


class Problem(serializers.Serializer):
    error = ProblemDetail()


class StockOut(serializers.Serializer):
    sku = serializers.CharField()
    location = serializers.CharField()
    city = serializers.CharField()
    distance_km = serializers.FloatField(allow_null=True)
    salable = serializers.IntegerField()


class AvailabilityOut(serializers.Serializer):
    stock = StockOut(many=True)
