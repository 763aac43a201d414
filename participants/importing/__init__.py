"""People on their way in from a list that an editor has."""
