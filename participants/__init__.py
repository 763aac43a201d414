"""People: who asked for what, and what the hub holds about them."""
