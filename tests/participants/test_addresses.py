from django.core.exceptions import ValidationError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.addresses import address_key, clean_address, wire_address


@pytest.mark.parametrize(
    ("typed", "kept", "wire", "key"),
    [
        ("anna@example.org", "anna@example.org", "anna@example.org", "anna@example.org"),
        (
            "  Anna.De-Boer@Example.ORG ",
            "Anna.De-Boer@Example.ORG",
            "Anna.De-Boer@example.org",
            "anna.de-boer@example.org",
        ),
        (
            "jan@bücher.example",
            "jan@bücher.example",
            "jan@xn--bcher-kva.example",
            "jan@xn--bcher-kva.example",
        ),
        (
            "jan@xn--bcher-kva.example",
            "jan@xn--bcher-kva.example",
            "jan@xn--bcher-kva.example",
            "jan@xn--bcher-kva.example",
        ),
        (
            "a+nieuws@example.org",
            "a+nieuws@example.org",
            "a+nieuws@example.org",
            "a+nieuws@example.org",
        ),
        ("mailto:anna@example.org", "anna@example.org", "anna@example.org", "anna@example.org"),
        ("o'neil@example.org", "o'neil@example.org", "o'neil@example.org", "o'neil@example.org"),
    ],
)
def test_an_address_as_typed_as_sent_and_as_compared(typed, kept, wire, key):
    assert clean_address(typed) == kept
    assert wire_address(kept) == wire
    assert address_key(kept) == key


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna",
        "anna@",
        "@example.org",
        "anna@@example.org",
        "anna@example",
        "anna @example.org",
        "anna@example.org, jan@example.org",
        "Anna <anna@example.org>",
        "anna@example.org\r\nBcc: all@example.org",
        "anna@example.org\x00",
        "anna\u200b@example.org",
        "anna@exa mple.org",
        "anna@-example.org",
        "root@localhost",
        "root@[127.0.0.1]",
        "root@[IPv6:::1]",
        "anna@" + "b" * 64 + ".org",
        "a" * 250 + "@example.org",
        "ännä@example.org",
        "anna@☃☃\ud800.org",
        "anna@" + "ü" * 300 + ".nl",
    ],
)
def test_what_mail_cannot_be_sent_to_is_refused_in_one_sentence(typed):
    with pytest.raises(ValidationError) as caught:
        clean_address(typed)
    assert len(caught.value.messages) == 1


@given(st.text(max_size=300))
def test_any_text_is_kept_safe_or_refused(text):
    try:
        address = clean_address(text)
    except ValidationError:
        return
    assert "\n" not in address
    assert "\r" not in address
    assert wire_address(address).isascii()
    assert clean_address(address) == address
    assert address_key(address.upper()) == address_key(address) or not address.isascii()
