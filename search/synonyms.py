"""The thesaurus of this site: what editors wrote in synonym sets and at themes.

Kept in memory. A change is seen at once where it is saved, and by other processes
within a minute, or at once where they share a cache.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save

from core.models import Theme
from search.analysis import known_language
from search.models import SynonymSet, SynonymTerm
from search.thesaurus import Entry, Thesaurus

KEY = "search-thesaurus"
SECONDS = 60

_kept: dict[str, Thesaurus] = {}


def read_thesaurus() -> Thesaurus:
    """Return the thesaurus, read again when something in it changed."""
    mark = cache.get(KEY)
    if mark is None:
        mark = uuid.uuid4().hex
        cache.set(KEY, mark, SECONDS)
    kept = _kept.get(mark)
    if kept is None:
        kept = build_thesaurus()
        _kept.clear()
        _kept[mark] = kept
    return kept


def build_thesaurus() -> Thesaurus:
    """Read all sets and themes, in three queries."""
    thesaurus = Thesaurus()
    for synonyms in SynonymSet.objects.prefetch_related("terms"):
        entries = [Entry(term.language, term.text) for term in synonyms.terms.all()]
        if synonyms.both_ways:
            thesaurus.add(entries, entries)
        else:
            thesaurus.add(entries[:1], entries[1:])
    _add_themes(thesaurus)
    return thesaurus


def _add_themes(thesaurus: Thesaurus) -> None:
    """Let the other words of a theme find its labels, and its labels one another.

    Not the reverse: other words are what people type, and often wider than the theme.
    """
    labels: dict[str, list[Entry]] = {}
    words: dict[str, list[Entry]] = {}
    for theme in Theme.objects.select_related("locale"):
        language = known_language(theme.locale.language_code)
        labels.setdefault(theme.slug, []).append(Entry(language, theme.label))
        words.setdefault(theme.slug, []).extend(Entry(language, word) for word in theme.words)
    for slug, names in labels.items():
        thesaurus.add([*names, *words[slug]], names)


def _forget(**kwargs: Any) -> None:
    cache.delete(KEY)


def connect() -> None:
    """Follow what editors change."""
    for model in (SynonymSet, SynonymTerm, Theme):
        for signal in (post_save, post_delete):
            signal.connect(_forget, sender=model, dispatch_uid=f"thesaurus {model.__name__}")
