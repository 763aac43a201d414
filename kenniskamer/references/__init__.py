"""References on their way in: read, judged, chosen, made into drafts."""
