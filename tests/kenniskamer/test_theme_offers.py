"""Themes offered from a text: by their own words, in their own language, the rare ones first."""

from __future__ import annotations

import pytest

from kenniskamer.theme_offers import rank, rarity_in_index, theme_offers
from search.analysis import terms
from tests.research import make_source

SUPPORT, WORK = "draagvlak", "werk"
WORDS = {
    (SUPPORT, "nl"): ["Draagvlak", "publieke steun", " "],
    (SUPPORT, "en"): ["Public support"],
    (WORK, "nl"): ["Arbeid", "werk"],
}


def even(term, language):
    return 2.0


def pages(*texts, language="nl"):
    return [(language, terms(text, language)) for text in texts]


def keys(offers):
    return [offer.translation_key for offer in offers]


def test_a_theme_is_found_by_its_label_and_other_words_in_any_form():
    (offer,) = rank(pages("het draagvlak", "de publieke steun"), WORDS, even)
    assert (offer.translation_key, offer.times, offer.pages) == (SUPPORT, 2, 2)
    assert offer.words == ("Draagvlak", "publieke steun")


def test_words_of_a_phrase_apart_say_nothing():
    assert rank(pages("steun is niet altijd publiek of publieke taak"), WORDS, even) == []


def test_words_count_in_their_own_language_only():
    assert rank(pages("public support", language="nl"), WORDS, even) == []
    assert keys(rank(pages("public support", language="en"), WORDS, even)) == [SUPPORT]


def test_rare_words_count_more():
    def rarity(term, language):
        return 3.0 if term == terms("draagvlak", "nl")[0] else 2.0

    found = rank(pages("werk en draagvlak"), WORDS, rarity)
    assert keys(found) == [SUPPORT, WORK]


@pytest.mark.parametrize(
    ("with_word", "without", "certainty"), [(3, 0, "high"), (2, 10, "medium"), (1, 20, "low")]
)
def test_certainty_follows_the_pages(with_word, without, certainty):
    texts = ["draagvlak"] * with_word + ["iets anders"] * without
    assert rank(pages(*texts), WORDS, even)[0].certainty == certainty


@pytest.mark.parametrize("texts", [(), ("",), ("niets hiervan",)])
def test_nothing_to_offer(texts):
    assert rank(pages(*texts), WORDS, even) == []


@pytest.mark.django_db
def test_a_new_theme_counts_at_once(site_tree):
    source = make_source(pages=("steun en draagvlak", "draagvlak in de wijk"))
    assert rarity_in_index()("draagvlak", "nl") == 1.0
    before = theme_offers(source)
    site_tree.theme.delete()

    assert keys(before) == [str(site_tree.theme.translation_key)]
    assert theme_offers(source) == []
