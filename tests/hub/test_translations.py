"""Both languages are whole: every string is there, translated, compiled, and fresh."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from django.apps import apps

import polib
import pytest

from tests.conftest import missing

PROJECT = Path(__file__).resolve().parents[2]
LOCALES = ("nl", "en")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(PROJECT / "locale" / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", LOCALES)
def test_the_compiled_file_is_what_the_source_says(language):
    source = catalogue(language)
    compiled = polib.mofile(str(PROJECT / "locale" / language / "LC_MESSAGES" / "django.mo"))
    said = {
        (e.msgctxt, e.msgid): e.msgstr or list(e.msgstr_plural.values())
        for e in source.translated_entries()
    }
    assert said == {
        (e.msgctxt, e.msgid): e.msgstr or list(e.msgstr_plural.values()) for e in compiled
    }


def test_dutch_is_complete():
    source = catalogue("nl")
    assert not [entry.msgid for entry in source.untranslated_entries() if not entry.obsolete]
    assert not [entry.msgid for entry in source.fuzzy_entries()]
    assert not list(source.obsolete_entries())


def words_of_the_cms() -> dict[tuple[str | None, str], str]:
    """Return Wagtail's own Dutch; of two of its apps the first that is installed wins."""
    words: dict[tuple[str | None, str], str] = {}
    for app in reversed(list(apps.get_app_configs())):
        file = Path(app.path) / "locale" / "nl" / "LC_MESSAGES" / "django.po"
        if app.name.startswith("wagtail") and file.exists():
            entries = polib.pofile(str(file)).translated_entries()
            words |= {(entry.msgctxt, entry.msgid): entry.msgstr for entry in entries}
    return words


def test_words_of_the_cms_stay_what_they_are():
    """What our catalogue says of a word goes for all of Wagtail's screens as well."""
    theirs = words_of_the_cms()
    ours = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in catalogue("nl")}
    assert len(theirs) > 1000
    renamed = {word for word in ours.keys() & theirs.keys() if ours[word] != theirs[word]}
    assert not renamed, "give these a context (pgettext) or another English text"


def test_placeholders_stay_what_they_are():
    for entry in catalogue("nl"):
        for text in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
            wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
            assert set(PLACEHOLDER.findall(text)) <= wanted | set(PLACEHOLDER.findall(entry.msgid))


def test_no_string_was_added_without_its_translation(tmp_path):
    if not shutil.which("xgettext"):
        missing("gettext", "install the gettext package to check that all strings are collected.")
    copy = tmp_path / "project"
    copy.mkdir()
    for name in (
        "core",
        "search",
        "participants",
        "kenniskamer",
        "toolkit",
        "podcasts",
        "newsletter",
        "home",
        "hub",
        "templates",
        "locale",
        "manage.py",
    ):
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, copy / name)
        else:
            shutil.copy(source, copy / name)
    run = subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "nl", "-l", "en", "--no-location"],
        cwd=copy,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "hub.settings.test",
            "HUB_DATA_DIR": str(tmp_path / "var"),
        },
    )
    assert run.returncode == 0, run.stderr
    for language in LOCALES:
        fresh = polib.pofile(str(copy / "locale" / language / "LC_MESSAGES" / "django.po"))
        kept = {entry.msgid for entry in catalogue(language) if not entry.obsolete}
        found = {entry.msgid for entry in fresh if not entry.obsolete}
        assert found - kept == set(), f"run `make messages` and translate ({language})"
        assert kept - found == set(), f"run `make messages`: no longer used ({language})"
