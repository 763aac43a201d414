from pathlib import Path

import pytest

from core.mail_transport import Transport, transport
from hub.settings.environment import EnvironmentValueError
from hub.settings.mail import FOLDER_BACKEND, mail_settings

FOLDER = Path("/data/mail")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://localhost", Transport("smtp", "localhost", 25)),
        ("smtp://127.0.0.1:2525", Transport("smtp", "127.0.0.1", 2525)),
        (
            "smtp+tls://a%40b:p%3Aw@relay.example",
            Transport("smtp", "relay.example", 587, "starttls", "a@b", "p:w"),
        ),
        ("smtps://u:p@relay.example", Transport("smtp", "relay.example", 465, "tls", "u", "p")),
        ("", Transport("folder", folder=FOLDER)),
        ("folder", Transport("folder", folder=FOLDER)),
        ("anymail+postmark://?POSTMARK_SERVER_TOKEN=t", Transport("other")),
    ],
)
def test_an_address_says_how_mail_leaves(settings, url, expected):
    for name, value in mail_settings(url, FOLDER).items():
        setattr(settings, name, value)
    assert transport() == expected


def test_a_provider_gets_its_settings():
    found = mail_settings("anymail+mailgun://?mailgun_api_key=k%26k&x=1", FOLDER)
    assert found["EMAIL_BACKEND"] == "anymail.backends.mailgun.EmailBackend"
    assert found["ANYMAIL"] == {"MAILGUN_API_KEY": "k&k", "X": "1"}
    assert mail_settings("", FOLDER)["EMAIL_BACKEND"] == FOLDER_BACKEND


@pytest.mark.parametrize(
    "url", ["relay.example:587", "http://relay", "smtp://", "smtp+tls://h:port", "smtp://h:99999"]
)
def test_an_address_that_is_no_use_is_refused_in_words(url):
    with pytest.raises(EnvironmentValueError, match="EMAIL_URL"):
        mail_settings(url, FOLDER)


def test_a_provider_gets_numbers_and_yes_or_no_as_such():
    url = "anymail+postmark://?REQUESTS_TIMEOUT=60&POSTMARK_USE_BULK_API=false&K=123"
    found = mail_settings(url, FOLDER)["ANYMAIL"]
    assert found == {"REQUESTS_TIMEOUT": 60.0, "POSTMARK_USE_BULK_API": False, "K": "123"}
    with pytest.raises(EnvironmentValueError, match="number of seconds"):
        mail_settings("anymail+postmark://?REQUESTS_TIMEOUT=lang", FOLDER)
