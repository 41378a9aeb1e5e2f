"""Orders as the API shows them."""

from orders.models import OrderIntake


def order_card(intake: OrderIntake) -> dict:
    return {
        "number": intake.number,
        "reference": intake.channel_reference,
        "state": intake.state,
        "channel": intake.channel,
        "total_fen": intake.total_fen,
        "shipping_fen": intake.shipping_fen,
        "due_fen": intake.due_fen,
        "placed_at": intake.placed_at.isoformat(),
        "expires_at": intake.expires_at.isoformat() if intake.expires_at else None,
        "lines": [_line(line) for line in sorted(intake.terms.all(), key=lambda line: line.pk)],
        "history": [_event(event) for event in intake.events.all()],
    }


def _line(line) -> dict:
    fields = ("sku", "title", "quantity", "unit_fen", "amount_fen", "done", "dropped")
    return {"line_id": line.pk} | {name: getattr(line, name) for name in fields}


def _event(event) -> dict:
    return {
        "at": event.at.isoformat(),
        "by": event.by,
        "before": event.before,
        "after": event.after,
        "why": event.why,
    }
