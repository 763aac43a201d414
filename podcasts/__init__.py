"""Podcasts: series and episodes, their feeds, and words that can be found."""
