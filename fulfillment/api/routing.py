"""POST /api/v1/routing/preview: explains a routing without reserving anything."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from omnichannel.kernel import clock

from ..services.preview import preview
from .serializers import RefusalOut, RoutingPreviewIn, RoutingPreviewOut


class RoutingPreview(APIView):
    @extend_schema(
        operation_id="preview_routing",
        request=RoutingPreviewIn,
        responses={
            200: RoutingPreviewOut,
            400: RefusalOut,
            401: RefusalOut,
            403: RefusalOut,
            404: RefusalOut,
        },
    )
    def post(self, request):
        """How the order would be routed now: dropped locations with reasons, compared plans, the choice.

        Nothing is reserved. Nobody who can serve is an answer too: `chosen` is null, `dropped` says why.

        Operators and auditors are told all of it. Clerks, store managers and warehouse staff of the carrier,
        and its own channels' systems, are told the answer only: `way`, `items`, `promised_on` and from where
        `chosen` comes in how many days, without amounts, weights and the places that were not chosen. All
        others (customers, couriers, finance, dealers, merchants and their systems) are refused.

        400: `invalid`, `destination_missing`, `place_unknown`; 401: nobody is signed in and there is no key;
        403: `not_allowed`; 404: `sku_unknown`, `institution_unknown`.
        """
        wish = RoutingPreviewIn(data=request.data)
        wish.is_valid(raise_exception=True)
        told = preview(
            actor=request.actor,
            lines=wish.validated_data["lines"],
            channel=wish.validated_data["channel"],
            destination=wish.validated_data["destination"],
            pickup_code=wish.validated_data["pickup_location"],
            prefer_code=wish.validated_data["prefer"],
            now=clock.now(),
        )
        return Response(RoutingPreviewOut(told).data)
