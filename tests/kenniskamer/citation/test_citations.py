"""Citations of thirty records in four styles, compared with strings checked by hand."""

import itertools
import threading

from django.core.cache import caches

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenniskamer.bibliography.record import from_csl
from kenniskamer.citation import cached
from kenniskamer.citation.cached import cache_key, citations
from kenniskamer.citation.rendering import cite
from kenniskamer.citation.styles import STYLES
from tests.kenniskamer.citation.examples import RECORDS
from tests.kenniskamer.citation.expected import EXPECTED

BY_CODE = {style.code: style for style in STYLES}


def test_every_example_has_a_string_in_every_style():
    assert set(EXPECTED) == set(itertools.product(BY_CODE, RECORDS))
    assert len(RECORDS) == 30


@pytest.mark.parametrize("style", BY_CODE)
def test_citations_are_as_the_handbooks_have_them(style):
    for name, record in RECORDS.items():
        language = "nl" if record.language == "nl" else "en"
        found = cite(record, BY_CODE[style], language).html
        assert found == EXPECTED[style, name], name


def test_the_words_follow_the_page_and_not_the_study():
    record = RECORDS["chapter"]
    dutch = {style.code: cite(record, style, "nl").text for style in STYLES}
    assert "(Red.)" in dutch["apa"]
    assert "onder redactie van" in dutch["chicago"]
    assert "Tajfel, H. en Turner, J.C." in dutch["harvard"]
    assert "redacteuren" in dutch["vancouver"]
    for text in dutch.values():
        assert "The social psychology" in text or "The Social Psychology" in text


def test_plain_text_is_the_same_without_type():
    for style in STYLES:
        found = cite(RECORDS["book"], style, "en")
        assert "<" not in found.text
        assert found.html.replace("<i>", "").replace("</i>", "") == found.text


EVIL = "<script>alert(1)</script> &amp; <i>x</i> \ue000\ue001 \x00"


def test_nothing_in_a_record_becomes_markup():
    record = from_csl(
        {
            "type": "article-journal",
            "title": "A <b onclick=x> & " + EVIL,
            "author": [{"family": "O<x>", "given": "<y> &"}, {"literal": "<z> & Co"}],
            "container-title": "J <w>",
            "publisher": EVIL,
            "issued": {"literal": "<v>"},
            "URL": 'https://example.org/?a=<b>&c="',
            "language": "en",
        }
    )
    for style in STYLES:
        found = cite(record, style, "en")
        assert found.html.replace("<i>", "").replace("</i>", "").count("<") == 0
        assert found.html.count("<i>") == found.html.count("</i>")
        assert "\ue000" not in found.html + found.text


TEXT = st.text(max_size=30)
NAMES = st.lists(
    st.one_of(
        st.fixed_dictionaries({"family": TEXT, "given": TEXT}),
        st.fixed_dictionaries({"literal": TEXT}),
    ),
    max_size=4,
)


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                ["report", "article-journal", "book", "chapter", "thesis", "webpage"]
            )
        },
        optional={
            "title": TEXT,
            "author": NAMES,
            "editor": NAMES,
            "container-title": TEXT,
            "publisher": TEXT,
            "genre": TEXT,
            "number": TEXT,
            "volume": TEXT,
            "page": TEXT,
            "language": st.sampled_from(["", "nl", "en", "Dutch", "xx-weird"]),
            "issued": st.one_of(
                st.fixed_dictionaries({"literal": TEXT}),
                st.fixed_dictionaries(
                    {"date-parts": st.lists(st.lists(st.integers(0, 3000), max_size=3), max_size=2)}
                ),
            ),
        },
    ),
    st.sampled_from(STYLES),
    st.sampled_from(["nl", "en"]),
)
def test_any_record_can_be_cited(values, style, language):
    found = cite(from_csl({"id": "x", **values}), style, language)
    assert found.html.replace("<i>", "").replace("</i>", "").count("<") == 0


def test_a_record_with_nothing_gives_no_citation():
    for style in STYLES:
        assert cite(from_csl({"type": "book"}), style, "nl").text in (
            "",
            "z.d.",
            "(z.d.).",
            "(zonder datum).",
            "(zonder datum)",
        )


def test_a_citation_is_made_once_for_each_content(monkeypatch):
    caches["citations"].clear()
    made = []
    monkeypatch.setattr(cached, "cite", lambda *args: made.append(args) or cite(*args))
    record = RECORDS["book"]
    first = citations(record, "nl")
    assert [citation.label for citation in first] == ["APA", "Chicago", "Harvard", "Vancouver"]
    assert citations(record, "nl") == first
    assert len(made) == 4
    assert citations(record, "fr") == citations(record, "en")
    assert len(made) == 8
    keys = {cache_key(r, language) for r in RECORDS.values() for language in ("nl", "en")}
    assert len(keys) == 60


def test_two_threads_do_not_mix_their_citations():
    style, names = BY_CODE["apa"], list(RECORDS)
    wrong = []

    def work(shift):
        for name in names[shift:] + names[:shift]:
            record = RECORDS[name]
            if (
                cite(record, style, "nl" if record.language == "nl" else "en").html
                != EXPECTED["apa", name]
            ):
                wrong.append(name)

    threads = [threading.Thread(target=work, args=(shift,)) for shift in (0, 7, 15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
