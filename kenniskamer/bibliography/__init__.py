"""References in and out: one record, its readers, its writers, and its place in a study."""
