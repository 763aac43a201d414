"""DOI, ISBN and ORCID: cleaned of what people paste around them, and checked. Pure."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

_DOI = re.compile(r"^10\.\d{4,9}/\S+$")
_DOI_PREFIX = re.compile(r"^((https?://)?(dx\.)?doi\.org/|doi:\s*)+", re.IGNORECASE)
_ISBN_LIKE = re.compile(r"(?<![0-9])(?:97[89][\s‐-–-]?)?(?:[0-9][\s‐-–-]?){9}[0-9X](?![0-9])")
_ISSN_LIKE = re.compile(r"(?<![0-9-])([0-9]{4})-?([0-9]{3}[0-9X])(?![0-9-])")
_ORCID = re.compile(r"(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$")


def clean_doi(text: str) -> str:
    """Return a DOI as 10.1234/abcd, in lower case; "" stays "".

    Raises ValueError when it is no DOI (ISO 26324).
    """
    doi = doi_in(text)
    if not doi and text.strip():
        raise ValueError(_("This is not a DOI. It looks like 10.1234/abcd."))
    return doi


def doi_in(text: str) -> str:
    """Return the DOI a text consists of, in lower case; "" when it is something else."""
    doi = _DOI_PREFIX.sub("", text.strip()).rstrip(".,;").lower()
    return doi if _DOI.match(doi) else ""


def clean_isbn(text: str) -> str:
    """Return an ISBN without hyphens; "" stays "".

    Raises ValueError when its check digit is wrong (ISO 2108).
    """
    isbn = re.sub(r"[\s‐-–-]|ISBN:?", "", text.strip(), flags=re.IGNORECASE).upper()
    if isbn and not (_isbn_10(isbn) or _isbn_13(isbn)):
        raise ValueError(_("This is not an ISBN: check the digits."))
    return isbn


def isbn_in(text: str) -> str:
    """Return the first ISBN in a text whose check digit is right, without hyphens; else ""."""
    found = (isbn for isbn in isbns_in(text) if _isbn_10(isbn) or _isbn_13(isbn))
    return next(found, "")


def isbns_in(text: str) -> list[str]:
    """Return what looks like an ISBN in a text, without hyphens, checked or not."""
    found = (re.sub(r"[^0-9X]", "", match[0]) for match in _ISBN_LIKE.finditer(text.upper()))
    return list(dict.fromkeys(found))


def issns_in(text: str) -> list[str]:
    """Return what looks like an ISSN in a text, as 1234-5679 (ISO 3297), checked or not."""
    found = (f"{match[1]}-{match[2]}" for match in _ISSN_LIKE.finditer(text.upper()))
    return list(dict.fromkeys(found))


def clean_orcid(text: str) -> str:
    """Return an ORCID iD as 0000-0000-0000-0000; "" stays "".

    Raises ValueError when its check digit is wrong (ISO 7064 MOD 11-2).
    """
    if not text.strip():
        return ""
    match = _ORCID.search(text.strip().upper())
    if not match or _orcid_check(match[1].replace("-", "")[:-1]) != match[1][-1]:
        raise ValueError(_("This is not an ORCID iD. It looks like 0000-0002-1825-0097."))
    return match[1]


def _isbn_10(isbn: str) -> bool:
    if not re.fullmatch(r"\d{9}[\dX]", isbn):
        return False
    digits = [10 if sign == "X" else int(sign) for sign in isbn]
    return (
        sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11
        == 0
    )


def _isbn_13(isbn: str) -> bool:
    if not re.fullmatch(r"97[89]\d{10}", isbn):
        return False
    return sum(int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(isbn)) % 10 == 0


def _orcid_check(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)
