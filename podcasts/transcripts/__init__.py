"""Transcripts: read from any file people have, corrected, and given out again."""
