"""Taking over a podcast that was made elsewhere: its feed, then its recordings."""
