"""Normalisation of page text: what search and people can use, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenniskamer.pagetext import lost_characters, normalise, without_repeat, words

NASTY = "\x00\x08\x0b\x0c\x1f\x7f\x85\x9f\xa0\xad\u2010\u2028\u202e\u3000\ufb01\ufb06\ufeff\ufffd\ufffe\uf0b7\ue000"
PIECES = st.one_of(
    st.text(),
    st.sampled_from([*NASTY, "-\n", "- \n", "\n", "\r\n", " ", "a", "B", "é", "e\u0301", "1"]),
    st.sampled_from(["mig", "ratie", "en", "in", "evidence", "based", "\ud800"]),
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)

TABLE = [
    ("gewoon", "gewoon"),
    ("a\x00b\x01c", "abc"),
    ("één\r\ntwee\rdrie\x0cvier", "één\ntwee\ndrie\nvier"),
    ("\ufb01nanciën en e\ufb03ciënt", "financiën en efficiënt"),
    ("draag\u00advlak", "draagvlak"),
    ("draag\u00ad\nvlak", "draagvlak"),
    ("draag\ufffe\nvlak", "draagvlak"),
    ("draag\ufffevlak", "draagvlak"),
    ("mig-\nratie", "migratie"),
    ("mig- \n ratie", "migratie"),
    ("mi-\ngra-\ntie", "migratie"),
    ("Noord-\nHolland", "Noord-Holland"),
    ("EU-\nbeleid", "EU-beleid"),
    ("2021-\n2025", "2021-2025"),
    ("e-\nmail", "e-mail"),
    ("in-\nen uitvoer", "in- en uitvoer"),
    ("wit -\nzwart", "wit -\nzwart"),
    ("a  b\t\xa0c", "a b c"),
    ("een\n\n\n\n\ntwee", "een\n\ntwee"),
    ("\uf0b7 punt", "• punt"),
    ("x\ue123\ufffdy", "x y"),
    ("e\u0301e\u0301n", "één"),
    ("  \n ", ""),
]


@pytest.mark.parametrize(("raw", "clean"), TABLE)
def test_table(raw, clean):
    assert normalise(raw) == clean


def test_the_words_of_the_file_tell_a_real_hyphen():
    known = words(["the non-profit sector", "a policy on evidence"])
    assert normalise("non-\nprofit", known) == "non-profit"
    assert normalise("poli-\ncy", known) == "policy"


@pytest.mark.parametrize(
    ("compounds", "clean"), [(True, "migratiebeleid"), (False, "migratie-beleid")]
)
def test_two_words_that_stand_alone_follow_the_language(compounds, clean):
    known = words(["migratie en beleid"])
    assert normalise("migratie-\nbeleid", known, compounds=compounds) == clean


def test_a_broken_word_is_no_word_of_the_file():
    assert words(["mig-\nratie", "non-profit e\ufb03ciënt"]) == {"non-profit", "efficiënt"}


def test_lost_characters_leave_out_known_bullets():
    assert lost_characters("\uf0b7 \ue000\ufffd x") == 2


def test_a_double_text_layer_is_kept_once():
    once = " ".join(f"woord{number}" for number in range(60))
    assert without_repeat(f"{once}\n{once}") == once
    assert without_repeat(once) == once
    assert without_repeat("ja ja") == "ja ja"


@given(TEXTS, st.booleans())
def test_nothing_stays_that_a_database_or_reader_chokes_on(raw, compounds):
    clean = normalise(raw, compounds=compounds)
    bad = [c for c in clean if unicodedata.category(c) in ("Cc", "Cs", "Co") and c != "\n"]
    assert bad == []
    assert not set(clean) & set("\x00\u00ad\ufffe\ufffd\ufb01")
    clean.encode()


@given(TEXTS, st.booleans())
def test_normalising_twice_changes_nothing(raw, compounds):
    once = normalise(raw, compounds=compounds)
    assert normalise(once, compounds=compounds) == once


@given(TEXTS)
def test_no_letter_or_digit_is_lost(raw):
    def kept(text):
        text = unicodedata.normalize("NFKC", text)
        return [c for c in text if c.isalnum()]

    assert kept(normalise(raw)) == kept(unicodedata.normalize("NFC", raw))


@given(TEXTS)
def test_a_repeat_is_only_ever_cut_off_at_the_end(text):
    assert text.startswith(without_repeat(text))


@pytest.mark.parametrize(
    "hostile", ["a" * 300_000, "a-\n" * 100_000, "-" * 300_000, " \n" * 150_000]
)
def test_hostile_text_is_read_once_and_not_over_and_over(hostile):
    # Were a pattern quadratic, this test would run for minutes.
    assert len(normalise(hostile, words([hostile]))) <= len(hostile)
