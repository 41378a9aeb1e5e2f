"""Flash sales for channels: a place in the one queue, and the admission that an order then carries."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from fulfillment.services import campaign_tickets
from fulfillment.services.campaign_tickets import Ticket
from omnichannel.kernel import clock
from orders.api.flash_serializers import FlashTicketIn, FlashTicketOut
from orders.api.placement import ChannelView, parsed
from orders.api.serializers import Problem

ASK_EVERY, ASK_SELDOM = 3, 15  # seconds; seldom where little changes


class FlashTickets(ChannelView):
    @extend_schema(
        operation_id="join_flash_sale",
        request=FlashTicketIn,
        responses={200: FlashTicketOut, 400: Problem, 403: Problem, 404: Problem, 409: Problem},
    )
    def post(self, request, code: str):
        """Take a place in the queue for a customer; the same `visitor` again is the same place.

        Before the start places are drawn by lot, afterwards they go by arrival, together with the web's.
        """
        wish = parsed(FlashTicketIn, request.data)
        found = campaign_tickets.join(actor=self.actor, code=code, visitor=wish["visitor"], now=clock.now())
        return Response(_card(found))


class FlashTicket(ChannelView):
    @extend_schema(
        operation_id="read_flash_ticket",
        responses={200: FlashTicketOut, 403: Problem, 404: Problem, 409: Problem},
    )
    def get(self, request, code: str, ticket: str):
        """Where the ticket stands. Whoever does not ask for a while is passed over."""
        found = campaign_tickets.look(actor=self.actor, code=code, ticket=ticket, now=clock.now())
        return Response(_card(found))

    @extend_schema(
        operation_id="leave_flash_sale",
        responses={204: None, 403: Problem, 404: Problem, 409: Problem},
    )
    def delete(self, request, code: str, ticket: str):
        """Give the place up; the next one is let in sooner."""
        campaign_tickets.give_up(actor=self.actor, code=code, ticket=ticket, now=clock.now())
        return Response(status=204)


def _card(found: Ticket) -> dict:
    standing = found.standing
    return {
        "ticket": found.ticket,
        "state": found.state,
        "ahead": standing.ahead,
        "waiting": standing.waiting,
        "wait_seconds": standing.wait_seconds,
        "admission": standing.token or None,
        "admitted_until": standing.until.isoformat() if standing.until else None,
        "ask_again_seconds": ASK_EVERY if found.state == campaign_tickets.WAIT else ASK_SELDOM,
    }
