"""People at the editors' desk: a list, one person, bringing in, taking out."""
