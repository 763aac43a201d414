"""What machines read on and beside the page of a study, all from one record."""
