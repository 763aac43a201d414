"""Records for tests: one with everything, and a strategy for all that can be."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kenniskamer.bibliography.record import LENGTHS, TYPES, Record, from_csl

COMPLETE: dict[str, Any] = {
    "id": "berg2019",
    "type": "chapter",
    "title": "Draagvlak & “beleid”: 50% van {alles} voor $5 #1",
    "author": [
        {"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"},
        {"family": "Hart", "given": "Maarten", "non-dropping-particle": "'t"},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        {"literal": "Ministerie van Volksgezondheid, Welzijn en Sport"},
    ],
    "editor": [{"family": "Vries", "given": "J.", "non-dropping-particle": "de"}],
    "issued": {"date-parts": [[2019, 5], [2020, 6]]},
    "publisher": "Uitgeverij Één",
    "publisher-place": "Den Haag",
    "container-title": "Handboek migratie",
    "collection-title": "Reeks draagvlak",
    "volume": "3",
    "issue": "2",
    "number": "WP-12",
    "page": "12-34",
    "genre": "Essay",
    "DOI": "10.1234/ab_c(d)",
    "ISBN": "9789012345675",
    "ISSN": "1234-5679",
    "URL": "https://example.org/a_b?c=d&e=%20f",
    "language": "nl-NL",
    "abstract": "Eén alinea; met “aanhalingstekens”.",
    "keyword": "migratie; draagvlak",
    "license": "CC-BY-4.0",
    "note": "Een noot.",
}


def complete(**values: Any) -> Record:
    """Return the record with everything, some of it otherwise."""
    return from_csl({**COMPLETE, **values})


text = st.text(max_size=60) | st.sampled_from(
    ["", "-- x", "=1+1", "{[", "}{", "\\'e", "a~b", "$x$", "% y", "<i>a</i>", "A. Bcd", "de", "x,"]
)
parts = st.tuples(st.integers(900, 3000)) | st.tuples(
    st.integers(1000, 2999), st.integers(1, 12), st.integers(1, 31)
)
dates = st.one_of(
    st.builds(
        lambda rows: {"date-parts": [list(row) for row in rows]}, st.lists(parts, max_size=2)
    ),
    st.builds(lambda words: {"literal": words}, text),
)
people = st.lists(
    st.fixed_dictionaries({}, optional={"family": text, "given": text, "suffix": text,
                                        "non-dropping-particle": text, "literal": text}),
    max_size=4,
)  # fmt: skip


@st.composite
def records(draw: Any) -> Record:
    """Draw any record there can be."""
    names = {
        "place": "publisher-place", "container": "container-title", "pages": "page",
        "collection": "collection-title", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN",
        "url": "URL", "licence": "license",
    }  # fmt: skip
    values: dict[str, Any] = {names.get(name, name): draw(text) for name in LENGTHS}
    values["DOI"] = draw(st.sampled_from(["", "10.1234/x_y", "10.1234/<1>;2-#&%", "nonsense"]))
    values["URL"] = draw(st.sampled_from(["", "https://example.org/~a_b%20c#d&e={f}", "ftp://x"]))
    values["type"] = draw(st.sampled_from(sorted(TYPES)))
    values["author"], values["editor"] = draw(people), draw(people)
    values["issued"] = draw(dates)
    values["keyword"] = draw(st.lists(text, max_size=4))
    return from_csl(values)
