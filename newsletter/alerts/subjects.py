"""What can be followed: a search with its filters, or a theme. As plain values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from search.feeds import kept
from search.parameters import PARAMETERS
from search.presentation import read_names
from search.query import parse

LONGEST = 2000
"""Characters of a search with its filters, as it stands in an address."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to follow, in one language of the site.

    `query` is what stands in the address of the results page, in a fixed order; without a
    question (`q`) it is a theme.
    """

    query: str
    language: str

    @property
    def digest(self) -> str:
        """Two searches for the same have the same."""
        return hashlib.sha256(self.query.encode()).hexdigest()

    @property
    def parameters(self) -> QueryDict:
        """The query taken apart."""
        return QueryDict(self.query)

    @property
    def question(self) -> str:
        """The words that are searched for, "" for a theme."""
        return _question(self.parameters)

    @property
    def themes(self) -> list[str]:
        """The slugs of the themes."""
        return self.parameters.getlist(PARAMETERS["theme"])

    @property
    def url(self) -> str:
        """The path where all of it can be seen."""
        with translation.override(self.language):
            if self.question:
                return f"{reverse('search')}?{self.query}"
            query = QueryDict(mutable=True)
            query["q"] = self.label
            return f"{reverse('search')}?{query.urlencode()}"

    @property
    def label(self) -> str:
        """What it is called, in its own language, without saying whether it is a theme."""
        with translation.override(self.language):
            names = read_names()
            themes = ", ".join(names.theme.get(slug, slug) for slug in self.themes)
            return f"“{self.question}”{self._narrowed()}" if self.question else themes

    def _narrowed(self) -> str:
        """Return the filters of a search in words, between brackets."""
        names = read_names()
        given = self.parameters
        words = [
            (names.known().get(facet) or {}).get(value, value)
            for facet, name in PARAMETERS.items()
            for value in given.getlist(name)
        ]
        if given.get("exact"):
            words.append(_("only these words"))
        return f" ({', '.join(map(str, words))})" if words else ""


def read_subject(asked: QueryDict, language: str) -> Subject | None:
    """Read what an address asks to follow; None when there is nothing in it to follow.

    Filters that do not exist are left out, as on the results page.
    """
    known = read_names().known()
    query = kept(asked)
    for facet, values in known.items():
        name = PARAMETERS[facet]
        query.setlist(name, [value for value in query.getlist(name) if value in values])
    years = [year for year in query.getlist(PARAMETERS["year"]) if len(year) == 4]
    query.setlist(PARAMETERS["year"], [year for year in years if year.isascii() and year.isdigit()])
    question = _question(query)
    if question:
        query["q"] = question
    elif themes := query.getlist(PARAMETERS["theme"]):
        query = QueryDict(mutable=True)
        query.setlist(PARAMETERS["theme"], themes)
    else:
        return None
    text = kept(query).urlencode()
    return Subject(text, language) if len(text) <= LONGEST else None


def _question(query: QueryDict) -> str:
    parsed = parse(query.get("q", ""))
    return parsed.text if parsed else ""
