"""The record: names, dates and text in one form, and back to CSL-JSON unchanged."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenniskamer.bibliography import dates, names
from kenniskamer.bibliography.names import Name
from kenniskamer.bibliography.record import Record, from_csl, is_empty, keywords, web_address
from kenniskamer.bibliography.text import clean
from tests.kenniskamer.bibliography.records import complete, records


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("van der Berg, Anna", Name("Berg", "Anna", "van der")),
        ("Berg, Anna van der", Name("Berg", "Anna", "van der")),
        ("Berg, A. van den", Name("Berg", "A.", "van den")),
        ("'t Hart, Maarten", Name("Hart", "Maarten", "'t")),
        ("’t Hart, Maarten", Name("Hart", "Maarten", "’t")),
        ("Van den Berg, Luc", Name("Van den Berg", "Luc")),
        ("de Vries, J.", Name("Vries", "J.", "de")),
        ("in 't Veld, Sophie", Name("Veld", "Sophie", "in 't")),
        ("von Humboldt, Alexander", Name("Humboldt", "Alexander", "von")),
        ("hooks, bell", Name("hooks", "bell")),
        ("King, Martin Luther, Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", suffix="Jr.")),
        ("Sociaal en Cultureel Planbureau", Name(literal="Sociaal en Cultureel Planbureau")),
        ("VWS,", Name(literal="VWS")),
        ("Ministerie van V,, W en S", Name(literal="Ministerie van V, W en S")),
        ("J.A. de Vries", Name(literal="J.A. de Vries")),
        ("J. Jansen", Name("Jansen", "J.")),
        ("<b>Jansen</b>, J.", Name("Jansen", "J.")),
        ("et al.", Name()),
        (" , ", Name()),
        ("", Name()),
    ],
)
def test_names_are_read(written: str, name: Name) -> None:
    assert names.from_inverted(written) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Anna van der Berg", Name("Berg", "Anna", "van der")),
        ("Maarten 't Hart", Name("Hart", "Maarten", "'t")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("Plato", Name(literal="Plato")),
    ],
)
def test_names_in_reading_order(written: str, name: Name) -> None:
    assert names.from_reading(written) == name


@given(st.builds(names.person, st.text(), st.text(), st.text(), st.text()))
def test_any_name_survives_being_written(name: Name) -> None:
    assert names.from_inverted(names.to_inverted(name)) == name
    assert names.from_csl(name.as_csl()) == name


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2019", "2019"),
        ("2019-05", "2019-05"),
        ("2019-05-03", "2019-05-03"),
        ("2019-05-03T10:00:00Z", "2019-05-03"),
        ("2019/05/03/", "2019-05-03"),
        ("2019///", "2019"),
        ("2008/08//", "2008-08"),
        ("2019/05//voorjaar 2019", "2019-05"),
        ("2019///2019/2021", "2019/2021"),
        ("3 mei 2019", "2019-05-03"),
        ("May 3, 2019", "2019-05-03"),
        ("März 2020", "2020-03"),
        ("Spring 2019", "2019"),
        ("2019-2021", "2019/2021"),
        ("2019–2021", "2019/2021"),
        ("2019--2021", "2019/2021"),
        ("2019-05/2020-06", "2019-05/2020-06"),
        ("1998-99", "1998/1999"),
        ("03-05-2019", "2019-05-03"),
        ("05/23/2019", "2019-05-23"),
        ("c. 1999", "1999"),
        ("[2019]", "2019"),
        ("2019-02-31", "2019-02"),
        ("2021/2019", "2021"),
        ("in druk", "in druk"),
        ("n.d.", "n.d"),
        ("0000", "0000"),
        ("", ""),
    ],
)
def test_dates_are_read(written: str, iso: str) -> None:
    found = dates.parse(written)
    assert found.iso == iso
    assert dates.parse(found.iso) == found
    assert dates.from_csl(found.as_csl()) == found


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ({"date-parts": [["2019", "5", 3]]}, "2019-05-03"),
        ({"date-parts": [[2019], [2021]]}, "2019/2021"),
        ({"date-parts": [[None]], "raw": "2019"}, "2019"),
        ({"date-parts": "2019"}, ""),
        ({"date-parts": [[[2019]]]}, ""),
        ({"literal": "2019"}, "2019"),
        (2019, "2019"),
        ([2019], ""),
        (None, ""),
    ],
)
def test_dates_of_csl_of_any_kind(value: Any, iso: str) -> None:
    assert dates.from_csl(value).iso == iso


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("CO<sub>2</sub> <i>and</i> us", "CO2 and us"),
        ("p < 0.05 and <Europa>", "p < 0.05 and <Europa>"),
        ("a &amp;amp; b &lt;i&gt;c&lt;/i&gt;", "a & b c"),
        ("<script>alert(1)</script>Titel", "Titel"),
        ('<img src=x onerror="alert(1)">Titel', "Titel"),
        ("Ti\x00tel\x07\n twee\u202e", "Titel twee"),
        ("e\u0301e\u0301n", "één"),
        ("\ud800x", "x"),
        (12, "12"),
        (True, ""),
        (["a"], ""),
        pytest.param(10**5000, "", id="thousands of digits"),
    ],
)
def test_text_is_cleaned(raw: object, text: str) -> None:
    assert clean(raw, 100) == text


@given(st.text() | st.from_regex(r"(&(amp;)*(lt;)?|</?(b|script)>?|[a-c ])+"))
def test_clean_text_stays_as_it_is(raw: str) -> None:
    once = clean(raw, 50)
    assert clean(once, 50) == once
    assert len(once) <= 50


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a, b, a", ("a", "b")),
        ("Migration, Internal; b", ("Migration, Internal", "b")),
        (["a; b", 3, None, "c"], ("a", "b", "3", "c")),
        ({"a": 1}, ()),
    ],
)
def test_keywords(value: Any, found: tuple[str, ...]) -> None:
    assert keywords(value) == found


def test_only_web_addresses() -> None:
    assert web_address("javascript:alert(1)") == ""
    assert web_address("zie https://example.org/a b") == "https://example.org/a"


def test_doi_from_the_resolver_where_the_field_holds_a_short_one() -> None:
    record = from_csl({"DOI": "10/fqd6hj", "URL": "https://doi.org/10.1177/0193723504268729"})
    assert record.doi == "10.1177/0193723504268729"


def test_values_of_the_wrong_kind_are_left_out() -> None:
    record = from_csl(
        {"title": ["a"], "author": "Jansen", "editor": [3, {"family": {}}], "issued": [], "type": 5}
    )
    assert is_empty(record)
    assert record == Record()


def test_a_record_has_bounds() -> None:
    many = [{"family": "a", "given": "b"}] * 100_000
    record = from_csl({"title": "x" * 10**6, "author": many, "keyword": ["k"] * 10**5})
    assert len(record.title) == 500
    assert len(record.authors) == 300
    assert record.keywords == ("k",)


def test_the_complete_record_keeps_everything() -> None:
    record = complete()
    assert all(getattr(record, name) for name in Record.__dataclass_fields__)
    assert from_csl(record.as_csl()) == record


@settings(max_examples=40)
@given(records())
def test_csl_round_trip(record: Record) -> None:
    assert from_csl(record.as_csl()) == record
