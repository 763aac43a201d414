"""Each licence an editor can choose leads to its text, or says that nobody may do anything."""

import pytest

from core.licences import licence_url
from kenniskamer.choices import Licence as StudyLicence
from podcasts.enums import Licence as SeriesLicence
from toolkit.enums import ToolkitLicence

CC = "https://creativecommons.org"


@pytest.mark.parametrize(
    ("identifier", "url"),
    [
        ("CC0-1.0", f"{CC}/publicdomain/zero/1.0/"),
        ("CC-BY-4.0", f"{CC}/licenses/by/4.0/"),
        ("CC-BY-NC-SA-4.0", f"{CC}/licenses/by-nc-sa/4.0/"),
        ("CC-BY-3.0", f"{CC}/licenses/by/3.0/"),
        ("copyright", ""),
        ("", ""),
        ("CC-BY-4.0-or-worse", ""),
        ("CC-ALL-4.0", ""),
    ],
)
def test_address(identifier, url):
    assert licence_url(identifier) == url


@pytest.mark.parametrize("choices", [StudyLicence, SeriesLicence, ToolkitLicence])
def test_every_open_licence_has_an_address(choices):
    without = {choice.value for choice in choices if not licence_url(choice.value)}
    assert without <= {"", "copyright"}
