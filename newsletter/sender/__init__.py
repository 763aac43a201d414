"""The domain our mail comes from: what DNS says about it, and what to do."""
