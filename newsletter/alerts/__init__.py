"""Mailing people what is new in what they follow."""
