"""What is never kept of a question, as a truth table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.personal import MOST_WORDS, looks_personal

PERSONAL = [
    "jan@example.nl",
    "mail JAN.DE.VRIES@example.co.uk graag",
    "jan＠example.nl",
    "jan (at) example.nl",
    "jan [at] example punt nl",
    "jan apenstaartje example",
    "jan at example dot nl",
    "jan.jansen gmail.com",
    "@janjansen",
    "0612345678",
    "06-12345678",
    "06 12 34 56 78",
    "06 - 1234 5678",
    "(020) 123 45 67",
    "020-1234567",
    "036 5 123 456",
    "+31 6 12345678",
    "+31(0)6-12345678",
    "0031612345678",
    "+32 470 12 34 56",
    "0470/12.34.56",
    "+49 30 901820",
    "+1 (212) 555-0100",
    "bel 555 1234",
    "٠٦١٢٣٤٥٦٧٨",
    "０６１２３４５６７８",
    "06\u200b1234\u200b5678",
    "06_1234_5678",
    "123456782",
    "bsn 1234.56.782",
    "NL91 ABNA 0417 1643 00",
    "BE71096123456769",
    "V-nummer 287 654 3210",
    "NX1234567",
    "12-03-1985",
    "1985-03-12",
    "3 maart 12345678",
    "1234 AB 12",
    "1234AB",
    "1234 ab 5 bis",
    "1234 AB",
    "https://example.org/reset?token=abc",
    "www.example.org",
    " ".join(["woord"] * (MOST_WORDS + 1)),
]
NOT_PERSONAL = [
    "",
    "draagvlak",
    "hoe vergroot je draagvlak voor de opvang van vluchtelingen?",
    "vluchtelingen 2015-2016",
    "2015 2016 2017",
    "1990/2000/2010",
    "artikel 3 lid 2",
    "top 10",
    "100.000 vluchtelingen",
    "65-plus",
    "2015 EU",
    "2015 en later",
    "1000 en een nacht",
    "covid-19 2020",
    "C++ of F#",
    '"gevoel van grip" -media',
    "1f asielbeleid",
    "16 tot 24 jaar",
    "look at the data",
    "punt van zorg",
    "e-mail campagne",
    "dot com",
    "outlook on migration",
    "SCP 2023",
    "live uitzending",
]


@pytest.mark.parametrize("question", PERSONAL)
def test_it_is_not_kept(question: str) -> None:
    assert looks_personal(question)


@pytest.mark.parametrize("question", NOT_PERSONAL)
def test_it_may_be_kept(question: str) -> None:
    assert not looks_personal(question)


@given(st.text())
def test_anything_is_judged(text: str) -> None:
    looks_personal(text)


@given(
    st.text(alphabet="0123456789", min_size=7, max_size=13),
    st.sampled_from(["", " ", "-", ".", " - ", "/"]),
    st.sampled_from(["", "bel ", "tel: "]),
)
def test_seven_digits_in_a_row_are_never_kept(digits: str, between: str, before: str) -> None:
    """However they are written: digit by digit they form no years."""
    assert looks_personal(before + between.join(digits))
