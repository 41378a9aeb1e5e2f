"""The outside world of payment, each provider behind a small interface."""
