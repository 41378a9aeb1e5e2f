"""Parsing and schema of the flash sales' queue."""

from rest_framework import serializers


class FlashTicketIn(serializers.Serializer):
    visitor = serializers.CharField(
        max_length=120, help_text="The channel's own name of the customer: the same name is the same place."
    )


class FlashTicketOut(serializers.Serializer):
    ticket = serializers.CharField(help_text="Ask with it how far the customer is.")
    state = serializers.CharField(help_text="wait, turn, sold_out or ordered.")
    ahead = serializers.IntegerField(help_text="People before this one.")
    waiting = serializers.IntegerField(help_text="People in the queue.")
    wait_seconds = serializers.IntegerField(help_text="An estimate.")
    admission = serializers.CharField(
        allow_null=True, help_text="Send it with the order, in `admissions`; it orders once."
    )
    admitted_until = serializers.DateTimeField(allow_null=True)
    ask_again_seconds = serializers.IntegerField()
