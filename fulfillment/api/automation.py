"""POST /api/v1/automation/picks: an automated warehouse reports a parcel of a wave."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from fulfillment.services import machine_reports, shortage
from fulfillment.services.signed_messages import content_of
from omnichannel.kernel import clock

from .serializers import RefusalOut

LARGEST_BODY = 1024 * 1024  # a parcel with a thousand serial numbers of an article
HEADERS = [
    OpenApiParameter("webhook-id", str, OpenApiParameter.HEADER, required=True),
    OpenApiParameter("webhook-timestamp", str, OpenApiParameter.HEADER, required=True),
    OpenApiParameter("webhook-signature", str, OpenApiParameter.HEADER, required=True),
]


class LackingIn(serializers.Serializer):
    sku = serializers.CharField(max_length=64)
    units = serializers.IntegerField(min_value=1, max_value=100_000)
    serials = serializers.ListField(
        child=serializers.CharField(max_length=32),
        max_length=1000,
        default=list,
        help_text="which of them lack, where that is known: a damaged device is named",
    )


class PicksIn(serializers.Serializer):
    key = serializers.CharField(max_length=40, help_text="the key under which the wave was given")
    parcel = serializers.CharField(max_length=40)
    picked = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=32), max_length=1000),
        default=dict,
        help_text="serial numbers by SKU; an empty list for goods without",
    )
    missing = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=100_000),
        default=dict,
        help_text="units by SKU, of a machine that leaves the whole parcel: all of it goes elsewhere",
    )
    lacking = LackingIn(
        many=True,
        default=list,
        help_text="what lacks of a parcel whose rest was picked: it is cut out, the rest goes on",
    )
    reason = serializers.ChoiceField(
        choices=[(reason, reason) for reason in shortage.REASONS],
        default=shortage.MISSING,
        help_text="why the units under “lacking” lack",
    )


class PicksOut(serializers.Serializer):
    notice = serializers.CharField(source="notice_id")
    received_at = serializers.DateTimeField()


class AutomationPicks(APIView):
    authentication_classes: list = []
    permission_classes: list = []

    @extend_schema(
        operation_id="automation_picks",
        parameters=HEADERS,
        request=PicksIn,
        responses={200: PicksOut, 400: RefusalOut, 401: RefusalOut, 404: RefusalOut, 409: RefusalOut},
        auth=[],
    )
    def post(self, request):
        """One parcel of a wave, signed: HMAC-SHA256 over `id.timestamp.body`, base64, as `v1,…`.

        A parcel is reported once, when the machine is done with it. What lacks stands under `lacking`: it is
        booked out and looked for elsewhere, and the units under `picked` go on without it. A report with
        `missing` leaves the whole parcel to another place. Never both.
        """
        now = clock.now()
        notice_id = machine_reports.must_be_signed(request.headers, request.body, now=now)
        wish = PicksIn(data=content_of(request.body, largest=LARGEST_BODY))
        wish.is_valid(raise_exception=True)
        notice = machine_reports.receive(notice_id=notice_id, now=now, **wish.validated_data)
        return Response(PicksOut(notice).data)
