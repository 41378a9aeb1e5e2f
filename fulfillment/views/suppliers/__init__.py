"""Pages of suppliers: our orders to them, what they list, their contracts; and our review of listings."""
