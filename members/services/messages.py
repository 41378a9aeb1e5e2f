"""Text messages: written in the caller's transaction, handed to the gateway by the outbox."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from members.events import MessageWritten
from members.gateways.messages import gateway
from members.models import Message
from members.phones import normalised
from omnichannel.kernel import outbox
from omnichannel.kernel.secrets import decrypt, encrypt

CONTEXT = "message.text"


@transaction.atomic
def send(*, phone: str, kind: str, text: str, now: datetime) -> int:
    """Write a message to a phone; it leaves after the commit. Returns its id. Raises PhoneInvalid."""
    message = Message.objects.create(
        phone=normalised(phone),
        kind=Message.Kind(kind),
        text=encrypt(text, context=CONTEXT),
        created_at=now,
    )
    outbox.publish(MessageWritten(message_id=message.pk))
    return message.pk


def text_of(message: Message) -> str:
    """The plain text; empty once a real gateway has taken it."""
    return decrypt(message.text, context=CONTEXT) if message.text else ""


def deliver(*, message_id: int, now: datetime, done: Callable[[], None]) -> None:
    """Hand one message to the gateway (outside any transaction), then record it. Raises Unavailable."""
    message = Message.objects.get(pk=message_id)
    reference = message.gateway_reference
    if message.sent_at is None:
        reference = gateway().send(phone=message.phone, text=text_of(message), key=f"message-{message.pk}")
    with transaction.atomic():
        Message.objects.filter(pk=message.pk, sent_at=None).update(
            sent_at=now, gateway_reference=reference, text=message.text if settings.DEMO else ""
        )
        done()
