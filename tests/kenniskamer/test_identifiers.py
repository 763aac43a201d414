import pytest

from kenniskamer.identifiers import clean_doi, clean_isbn, clean_orcid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("10.1037/0022-3514.90.5.751", "10.1037/0022-3514.90.5.751"),
        (" https://doi.org/10.1017/S0003055419000923. ", "10.1017/s0003055419000923"),
        ("doi: 10.1234/ABC", "10.1234/abc"),
        ("http://dx.doi.org/10.1234/abc;", "10.1234/abc"),
        ("11.1234/abc", None),
        ("10.1234", None),
        ("geen doi", None),
    ],
)
def test_doi(typed, kept):
    check(clean_doi, typed, kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("978-90-306-0000-6", None),
        ("978-0-306-40615-7", "9780306406157"),
        ("ISBN: 0-306-40615-2", "0306406152"),
        ("080442957X", "080442957X"),
        ("0306406153", None),
        ("977-0306406157", None),
    ],
)
def test_isbn(typed, kept):
    check(clean_isbn, typed, kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", None),
        ("1234", None),
    ],
)
def test_orcid(typed, kept):
    check(clean_orcid, typed, kept)


def check(cleaner, typed, kept):
    if kept is None:
        with pytest.raises(ValueError, match=r"\."):
            cleaner(typed)
    else:
        assert cleaner(typed) == kept
        assert cleaner(cleaner(typed)) == kept
