"""Words that Dutch and English share but for their ending."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cognates import cognates

PAIRS = [
    ("polarisatie", "polarisation"), ("polarisatie", "polarization"), ("integratie", "integration"),
    ("democratie", "democracy"), ("sociaal", "social"), ("structuur", "structure"),
    ("economie", "economy"), ("analyse", "analysis"), ("methode", "method"),
    ("criminaliteit", "criminality"), ("populisme", "populism"),
    ("radicalisering", "radicalisation"), ("actief", "active"), ("discussie", "discussion"),
    ("integreren", "integrate"), ("tolerantie", "tolerance"), ("emotie", "emotion"),
    ("statistiek", "statistics"), ("institutioneel", "institutional"), ("context", "context"),
]  # fmt: skip


@pytest.mark.parametrize(("dutch", "english"), PAIRS)
def test_both_ways(dutch: str, english: str) -> None:
    assert english in cognates(dutch, "nl")
    assert dutch in cognates(english, "en")


@pytest.mark.parametrize("word", ["", "ik", "wet", "raad"])
def test_short_words_are_left_alone(word: str) -> None:
    assert list(cognates(word, "nl")) == []


@given(st.text(max_size=40), st.sampled_from(["nl", "en"]))
def test_any_word_gives_few_guesses(word: str, language: str) -> None:
    found = list(cognates(word, language))
    assert len(found) <= 30
    assert "" not in found
    assert not found or word in found
