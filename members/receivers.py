from members.events import MessageWritten
from members.services import messages
from omnichannel.kernel import clock, outbox

outbox.subscribe(
    MessageWritten,
    lambda fact, done: messages.deliver(message_id=fact.message_id, now=clock.now(), done=done),
    name="members.deliver_message",
    queue="notify",
    outside=True,
)
