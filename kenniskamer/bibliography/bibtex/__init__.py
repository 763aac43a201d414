"""BibTeX in and out, by bibtexparser 2: entries, strings, crossrefs, names. Pure."""

from kenniskamer.bibliography.bibtex.entries import read
from kenniskamer.bibliography.bibtex.writing import write

__all__ = ["read", "write"]
