"""POST /api/v1/routing/preview: explains a routing without reserving anything."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.response import Response
from rest_framework.views import APIView

from omnichannel.kernel import clock

from ..services.preview import preview
from .serializers import RefusalOut, RoutingPreviewIn, RoutingPreviewOut


class IsStaffOrChannel(BasePermission):
    """Somebody with a role, or a channel's system with its key."""

    def has_permission(self, request, view):
        return request.actor.is_staff or request.actor.institution_id is not None


class RoutingPreview(APIView):
    permission_classes = [IsStaffOrChannel]

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

        Nothing is reserved. Nobody who can serve is an answer too: `chosen` is null, `dropped` says why. 400:
        `invalid`, `destination_missing`, `place_unknown`; 403: without a role and without a channel's key;
        404: `sku_unknown`, `institution_unknown`.
        """
        wish = RoutingPreviewIn(data=request.data)
        wish.is_valid(raise_exception=True)
        told = preview(
            lines=wish.validated_data["lines"],
            channel=wish.validated_data["channel"],
            destination=wish.validated_data["destination"],
            pickup_code=wish.validated_data["pickup_location"],
            prefer_code=wish.validated_data["prefer"],
            now=clock.now(),
        )
        return Response(RoutingPreviewOut(told).data)
