"""RIS, BibTeX, CSL-JSON and CSV: what goes out comes in again, and bad input costs little."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kenniskamer.bibliography import latex, spreadsheet
from kenniskamer.bibliography.decoding import Format, decoded, format_of
from kenniskamer.bibliography.formats import EXPORTS, read
from kenniskamer.bibliography.reading import Flaw, Found
from kenniskamer.bibliography.record import TYPES, Record
from kenniskamer.bibliography.text import clean
from tests.kenniskamer.bibliography.records import complete, records

ROUND = ["ris", "bib", "json"]
REAL = Path(__file__).parents[3].parent / "shared" / "data" / "bib"


def only(text: str | bytes) -> Record:
    """Read one record."""
    found = list(read(text.encode() if isinstance(text, str) else text))
    assert len(found) == 1, found
    assert found[0].record is not None, found
    return found[0].record


def round_trip(record: Record, extension: str) -> Record:
    return dataclasses.replace(only(EXPORTS[extension].write([record])), id=record.id)


@pytest.mark.parametrize("extension", ROUND)
def test_the_complete_record_survives(extension: str) -> None:
    assert only(EXPORTS[extension].write([complete()])) == complete()


@pytest.mark.parametrize("extension", ROUND)
@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_type_survives(extension: str, kind: str) -> None:
    record = complete(type=kind)
    assert round_trip(record, extension) == record


@pytest.mark.parametrize("extension", ROUND)
@settings(max_examples=60)
@given(record=records().filter(lambda record: record.title))
def test_any_record_survives(extension: str, record: Record) -> None:
    assert round_trip(record, extension) == record


@pytest.mark.parametrize("extension", ROUND)
def test_many_records_keep_their_order_and_get_keys_of_their_own(extension: str) -> None:
    some = [complete(title=f"Titel {number}") for number in range(5)]
    found = list(read(EXPORTS[extension].write(some).encode()))
    assert [one.record.title for one in found if one.record] == [one.title for one in some]
    assert len({one.line for one in found}) == 5


@given(st.text())
@example("\ue001^--")
def test_text_survives_latex(text: str) -> None:
    text = clean(text, 100)
    assert clean(latex.to_text(latex.from_text(text)), 100) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"Caf{\'e} \'{e}\"o \c{c} {\o} {\ss} {\AA}", "Café éö ç ø ß Å"),
        (r"{The {DNA}} \emph{of} \textbf{it}", "The DNA of it"),
        (r"50\% van \$5 \& {\_}", "50% van $5 & _"),
        ("100% zeker", "100% zeker"),
        ("a -- b --- c", "a – b — c"),
        ("``zo''", "“zo”"),
        (r"\unknowncommand{x}", "x"),
        ("{" * 100 + "x" + "}" * 100, "x"),
    ],
)
def test_latex_is_read(value: str, text: str) -> None:
    assert " ".join(latex.to_text(value).split()) == text


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("utf-16-le", ""), ("cp1252", "")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, mark: str, end: str) -> None:
    text = end.join(["TY  - RPRT", "TI  - Één café – “coöperatie”", "PY  - 2019", "ER  - ", ""])
    assert only(text.encode(encoding)).title == "Één café – “coöperatie”"


def test_latin_1_with_a_byte_that_is_no_letter() -> None:
    assert decoded(b"caf\xe9 \x81") == "café \ufffd"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("\ufeff  [", Format.CSL_JSON),
        ('{"type":', Format.CSL_JSON),
        ("Provider: x\n\nTY  - JOUR\nAB  - @article{", Format.RIS),
        ("% comment\n@article{a,", Format.BIBTEX),
        ("FN Clarivate\nVR 1.0\nPT J\nAU X", Format.WOS),
        ("Beste redactie, @jan (zie bijlage)", None),
        ("", None),
    ],
)
def test_the_format_is_told_by_the_content(text: str, form: Format | None) -> None:
    assert format_of(text) == form


RIS = """Provider: EBSCO
TY  - JOUR
A1  - Berg, J. van den
A1  - SCP
T1  - Steun &amp; <i>opvang</i>
JO  - Mens en Maatschappij
PY  - 2019///
DA  - May 3
AB  - Eerste regel
US - based tweede regel
  derde regel
SP  - 12
EP  - 34
SN  - 9789012345675
SN  - 0034527X
KW  - a; b
UR  - javascript:alert(1)
ER  -
TY  - RPRT
TI  - Zonder einde
TY  - BOOK
TI  - Wel
ER  - """


def test_ris_of_databases() -> None:
    first, second, third = read(RIS.encode())
    record = first.record
    assert record
    assert [name.inverted for name in record.authors] == ["van den Berg, J.", "SCP"]
    assert (record.title, record.issued.iso) == ("Steun & opvang", "2019-05-03")
    assert record.abstract == "Eerste regel US - based tweede regel derde regel"
    assert (record.isbn, record.issn, record.url) == ("9789012345675", "0034-527X", "")
    assert (record.pages, record.keywords) == ("12-34", ("a", "b"))
    assert (second.line, second.flaws) == (19, (Flaw.NO_END,))
    assert third.record and third.record.title == "Wel"


BIB = r"""
@string{mm = "Mens en Maatschappij"}
@proceedings{conf, title = {Handelingen}, year = 2018, editor = {de Vries, J.}, publisher = {X}}
@Article{a, Author = {van der Berg, Anna and {Ministerie van V, W and S} and 't Hart, M.
  and King, Jr., Martin and Jos{\'e} {Garc{\'\i}a} and others}, Title = "De {NL} " # {steun},
  Journal = mm, year = {2019--2021}, pages = {1--9}, doi = {https://doi.org/10.1234/a\_b}}
@inproceedings{b, title={Kort}, crossref={conf}, month = may}
@book{a, title={Dubbele sleutel}, title={Dubbele sleutel en langer}, year={in press}}
@article{stuk, title = {nooit dicht
@misc{na, title = {Daarna}, date = {2020-05-03}, entrysubtype = {webpage}}
@comment{niets} @preamble{"x"}
"""


def test_bibtex_of_people() -> None:
    found = list(read(BIB.encode()))
    book, article, paper, double, broken, after = found
    assert book.record and book.record.title == "Handelingen"
    record = article.record
    assert record
    assert [name.inverted for name in record.authors] == [
        "van der Berg, Anna",
        "Ministerie van V, W and S",
        "'t Hart, M.",
        "King, Martin, Jr.",
        "García, José",
    ]
    assert (record.title, record.container) == ("De NL steun", "Mens en Maatschappij")
    assert (record.issued.iso, record.pages) == ("2019/2021", "1-9")
    assert (record.doi, article.line) == ("10.1234/a_b", 4)
    assert paper.record and paper.record.container == "Handelingen"
    assert (paper.record.issued.iso, paper.record.publisher) == ("2018-05", "X")
    assert double.flaws == (Flaw.REPEATED_FIELD,)
    assert double.record and double.record.title == "Dubbele sleutel en langer"
    assert double.record.issued.literal == "in press"
    assert (broken.record, broken.flaws, broken.line) == (None, (Flaw.NOT_CLOSED,), 9)
    assert after.record and after.record.type == "webpage"


CSL = """[
 {"id": 1, "title": ["Eerste"], "type": "report", "issued": {"date-parts": [["2019", "5"]]}},
 {"id": 2, "title": "kapot" "x"},
 {"id": 3, "title": "Derde", "author": [{"family": "Berg", "dropping-particle": "van den",
   "given": "J."}, "los", 3, {"literal": "SCP"}]},
 "geen object", {}
]"""


def test_csl_json_with_a_broken_item() -> None:
    first, second, third, fourth, fifth = read(CSL.encode())
    assert first.record and first.record.issued.iso == "2019-05"
    assert (second.flaws, second.line) == ((Flaw.SYNTAX,), 3)
    assert third.record
    assert [name.inverted for name in third.record.authors] == ["van den Berg, J.", "los", "SCP"]
    assert (fourth.flaws, fifth.flaws) == ((Flaw.NOT_AN_OBJECT,), (Flaw.EMPTY,))


@pytest.mark.parametrize(
    "text",
    ['{"title": "x"}\n{"title": "y"}', '{"items": [{"title": "x"}, {"title": "y"}]}'],
)
def test_csl_json_in_other_clothes(text: str) -> None:
    assert [one.record.title for one in read(text.encode()) if one.record] == ["x", "y"]


def test_what_was_found_survives_json() -> None:
    for one in [*read(RIS.encode()), *read(BIB.encode()), *read(CSL.encode())]:
        assert Found.from_json(json.loads(json.dumps(one.as_json()))) == one


FIELDS = 100_000
HOSTILE = {
    "nothing": b"",
    "blanks": b" \n" * 1000,
    "a letter": b"Beste redactie",
    "zeros": b"\x00" * 100_000,
    "noise": bytes(range(256)) * 500,
    "nul in ris": b"TY  - JOUR\nTI  - a\x00b\x07\nER  - \n",
    "fields ris": b"TY  - JOUR\nTI  - x\n" + b"AU  - A, B\n" * FIELDS + b"ER  - \n",
    "records ris": b"TY  - JOUR\nTI  - x\nER  - \n" * 30_000,
    "starts ris": b"TY  - \n" * 10_000,
    "line ris": b"TY  - JOUR\nTI  - " + b"x" * 2_000_000,
    "fields bib": b"@article{a,\n" + b"f = {x},\n" * FIELDS + b"}",
    "braces bib": b"@article{a, title = " + b"{" * 50_000 + b"}" * 50_000 + b"}",
    "open bib": b"@article{a, title = {" * 5_000,
    "ats bib": b"@a{" + b"\n @" * 100_000,
    "strings bib": b"".join(
        b"@string{s%d = s%d # s%d}\n" % (n, n - 1, n - 1) for n in range(1, 3_000)
    ),
    "crossref bib": b"@book{a, title={x}, crossref={b}}\n@book{b, title={y}, crossref={a}}",
    "macros bib": b"@book{a, title={" + b"\\'" * 50_000 + b"}}",
    "deep json": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "fields json": b'[{"title": "x"' + b"".join(b', "f%d": 1' % n for n in range(FIELDS)) + b"}]",
    "number json": b'[{"title": ' + b"9" * 100_000 + b"}]",
    "broken json": b'[{"title": "x"' * 20_000,
    "script": b'[{"title": "<script>alert(1)</script>Titel", "URL": "javascript:alert(1)"}]',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends_soon_with_a_sentence(name: str) -> None:
    started = time.process_time()
    found = list(read(HOSTILE[name]))
    assert time.process_time() - started < 30  # what is quadratic takes hours
    assert found
    assert all(one.record or one.flaws for one in found)
    assert all(len(one.excerpt) <= 300 for one in found)
    for one in found:
        assert "\x00" not in json.dumps(one.as_json()) and "<script" not in repr(one.record)


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(content: bytes) -> None:
    assert list(read(content))


@given(st.lists(st.sampled_from(["@article{", "a,", "=", "{", "}", '"', "\n", "@string(", ")", "#",
                                 "\\", "title", "TY  - ", "ER  - ", "[", ",", ":"]), max_size=30))  # fmt: skip
def test_any_broken_text_is_answered(pieces: list[str]) -> None:
    assert list(read("".join(["@article{x, title={y}}\n", *pieces]).encode()))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "'=1", "＝1", "|x"]
)
def test_no_cell_is_a_formula_and_every_cell_comes_back(cell: str) -> None:
    safe = spreadsheet.safe(cell)
    assert safe == f"'{cell}"
    assert not spreadsheet.FORMULA.fullmatch(safe[0])


@given(st.text())
def test_taking_one_apostrophe_away_gives_the_value_back(cell: str) -> None:
    safe = spreadsheet.safe(cell)
    marked = safe.startswith("'") and spreadsheet.FORMULA.match(safe[1:])
    assert (safe[1:] if marked else safe) == cell


def test_csv_has_a_row_for_each_record() -> None:
    record = complete(title='=HYPERLINK("http://x")', note="a\nb; c")
    text = EXPORTS["csv"].write([record, Record()])
    assert text.startswith("\ufeff")
    first, second = csv.DictReader(io.StringIO(text[1:]))
    assert first["title"] == "'" + record.title
    assert first["authors"].startswith("van der Berg, Anna; 't Hart, Maarten")
    assert first["issued"] == "2019-05/2020-06"
    assert second["title"] == ""


@pytest.mark.parametrize("extension", EXPORTS)
def test_an_export_of_nothing(extension: str) -> None:
    assert isinstance(EXPORTS[extension].write([]), str)


if REAL.is_dir():  # not collected elsewhere: a skip would fail a run that must be complete

    def test_real_files_are_read() -> None:
        found: list[Any] = []
        for path in sorted(REAL.iterdir()):
            if path.suffix in (".bib", ".ris", ".json"):
                found += read(path.read_bytes())
        good = [one for one in found if one.record]
        assert len(found) > 2_500
        assert len(good) >= 0.99 * len(found)
        for one in good[::20]:
            for extension in ROUND:
                if one.record.title:
                    assert round_trip(one.record, extension) == one.record


@pytest.mark.parametrize("value", ["[" * 100_000 + "]" * 100_000, "9" * 10_000])
def test_a_json_value_beyond_python_is_unreadable_without_jargon(value: str) -> None:
    found = list(read(f'[{{"title": {value}}}]'.encode()))
    assert [(one.record, one.flaws, one.detail) for one in found] == [(None, (Flaw.SYNTAX,), "")]
