"""The thesaurus of this site: what editors wrote in synonym sets and at themes."""

from __future__ import annotations

from core.models import Theme
from search.analysis import known_language
from search.kept import Kept
from search.models import SynonymSet, SynonymTerm
from search.thesaurus import Entry, Thesaurus


def read_thesaurus() -> Thesaurus:
    """Return the thesaurus, read again when something in it changed."""
    return _thesaurus.get()


def build_thesaurus(changed: SynonymSet | None = None) -> Thesaurus:
    """Read all sets and themes, in three queries.

    `changed` is a set as it would be, saved or not: it stands in for the one it changes.
    """
    thesaurus = Thesaurus()
    sets = SynonymSet.objects.prefetch_related("terms")
    if changed is not None:
        sets = sets.exclude(pk=changed.pk)
    for synonyms in [*sets, *([changed] if changed else [])]:
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


_thesaurus: Kept[Thesaurus] = Kept("search-thesaurus", build_thesaurus)


def connect() -> None:
    """Follow what editors change."""
    _thesaurus.follow(SynonymSet, SynonymTerm, Theme)
