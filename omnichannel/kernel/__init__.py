"""What every app stands on: errors, outbox, idempotency, money, clock. No domain word lives here."""
