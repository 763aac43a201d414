"""References out: of one study, of a list, of what a search found, of a selection."""
