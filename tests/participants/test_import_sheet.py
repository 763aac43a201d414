"""Lists as spreadsheet programs write them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participants.importing.columns import Role, columns, guess, has_header, people
from participants.importing.sheet import LONGEST_CELL, MOST_ROWS, SheetError, read_sheet

LIST = "naam;e-mail;taal\nJoão de Vries;joao@example.org;NL\nZoë Çelik;zoe@example.org;engels\n"


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_sheet(content).rows]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (LIST.encode(), "utf-8"),
        (LIST.encode("utf-8-sig"), "utf-8-sig"),
        (LIST.encode("utf-16"), "utf-16"),
        (LIST.encode("cp1252"), "cp1252"),
        (LIST.replace("\n", "\r\n").encode("cp1252"), "cp1252"),
        (LIST.replace("\n", "\r").encode(), "utf-8"),
    ],
)
def test_the_same_list_in_every_encoding(content: bytes, encoding: str) -> None:
    sheet = read_sheet(content)
    assert sheet.encoding == encoding
    assert [row.cells for row in sheet.rows] == [
        ("naam", "e-mail", "taal"),
        ("João de Vries", "joao@example.org", "NL"),
        ("Zoë Çelik", "zoe@example.org", "engels"),
    ]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("naam;adres\nA;a@example.org\n", ";"),
        ("naam,adres\nA,a@example.org\n", ","),
        ("naam\tadres\nA\ta@example.org\n", "\t"),
        ('naam;adres\n"Jansen, Jan";j@example.org\nVries, P. de;p@example.org\n', ";"),
        ("sep=,\nnaam,adres\nA;B;C,a@example.org\n", ","),
        ('adres,noot\na@example.org,"een; twee"\nb@example.org,"drie; vier"\n', ","),
        ("a@example.org\nb@example.org\n", ";"),
    ],
)
def test_the_separator_is_found(text: str, separator: str) -> None:
    assert read_sheet(text.encode()).separator == separator


def test_empty_rows_are_left_out_and_lines_are_those_of_the_file() -> None:
    rows = read_sheet(b'naam;adres\n\n;\n"A\nB";a@example.org\nC;c@example.org\n').rows
    assert [(row.line, row.cells) for row in rows] == [
        (1, ("naam", "adres")),
        (4, ("A B", "a@example.org")),
        (6, ("C", "c@example.org")),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 workbook",
        b"\xd0\xcf\x11\xe0 old workbook",
        b"%PDF-1.7\n1 0 obj <</Author (a@example.org)>> endobj\n",
        b"naam;adres\x00\n",
        b'naam;adres\n"A;a@example.org\n',
        b'naam;adres\n"A"B;a@example.org\n',
        b"x" * 8_000_001,
        b"a@example.org\n" * (MOST_ROWS + 2),
    ],
    ids=["xlsx", "xls", "pdf", "nul", "open quote", "stray quote", "too large", "too many"],
)
def test_what_is_no_list_gets_one_sentence(content: bytes) -> None:
    with pytest.raises(SheetError) as error:
        read_sheet(content)
    assert str(error.value).endswith(".")


def test_the_most_rows_are_read() -> None:
    assert len(read_sheet(b"adres\n" + b"a@example.org\n" * MOST_ROWS).rows) == MOST_ROWS + 1


def test_a_cell_is_bounded() -> None:
    assert len(cells(b"a;" + b"x" * 90_000 + b"\n")[0][1]) == LONGEST_CELL


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_give_rows_or_a_sentence(content: bytes) -> None:
    try:
        sheet = read_sheet(content)
    except SheetError as error:
        assert str(error)
    else:
        assert all(any(row.cells) for row in sheet.rows)
        columns(sheet)


@given(
    st.lists(
        st.tuples(
            st.text("abcé ,\"'-", min_size=1, max_size=12), st.sampled_from(["a@b.nl", "c@d.nl"])
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([";", "\t"]),
)
@settings(max_examples=100)
def test_what_a_writer_wrote_is_read(rows: list[tuple[str, str]], separator: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows([("naam", "adres"), *rows])
    read = cells(file.getvalue().encode())
    assert read == [("naam", "adres"), *((" ".join(a.split()), b) for a, b in rows)]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("E-mail", Role.ADDRESS),
        ("E-mail Address", Role.ADDRESS),
        ("e-mailadres:", Role.ADDRESS),
        ("Primary_Email", Role.ADDRESS),
        ("Naam", Role.NAME),
        ("Voornaam", Role.FIRST),
        ("Tussenvoegsel", Role.INFIX),
        ("Last name", Role.LAST),
        ("Taal", Role.LANGUAGE),
        ("Telefoon", ""),
        ("", ""),
    ],
)
def test_a_name_tells_what_a_column_is(name: str, role: str) -> None:
    assert guess(name, []) == role


def test_cells_tell_when_the_name_does_not() -> None:
    sheet = read_sheet(b"Wie;Waar\nA;a@example.org\nB;b@example.org\n")
    assert [column.role for column in columns(sheet)] == ["", "address"]
    bare = read_sheet(b"a@example.org;A\nb@example.org;B\n")
    assert not has_header(bare)
    assert [column.role for column in columns(bare)] == ["address", ""]
    assert len(people(bare, ["address", "name"])) == 2


def test_no_role_is_guessed_twice() -> None:
    sheet = read_sheet(b"email;mail;naam\na@example.org;b@example.org;A\n")
    assert [column.role for column in columns(sheet)] == ["address", "", "name"]


def test_a_name_in_parts_is_put_together() -> None:
    text = "Voornaam;Tussenvoegsel;Achternaam;E-mail;Taal\nJan;van der;Berg;j@example.org;EN\nAn;;;a@example.org;fr\n"
    sheet = read_sheet(text.encode())
    first, second = people(sheet, [column.role for column in columns(sheet)])
    assert (first.name, first.address, first.language) == (
        "Jan van der Berg",
        "j@example.org",
        "en",
    )
    assert (second.name, second.language, second.line) == ("An", "", 3)
