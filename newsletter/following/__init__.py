"""Following a search or a theme: asking, confirming, changing, stopping."""
