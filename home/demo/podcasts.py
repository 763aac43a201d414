"""The podcast of the demo: a series with two short episodes, spoken by a computer."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.core.files import File
from django.db import transaction

from core.models import HubImage, User
from home.demo import markup, records
from home.demo.texts import FOLDER, typographic
from home.demo.tree import HOME
from podcasts import timecodes
from podcasts.audio_storing import store
from podcasts.models import (
    AudioFile,
    Chapter,
    EpisodeMention,
    EpisodePage,
    EpisodePerson,
    PodcastPage,
)
from podcasts.probing import probe
from podcasts.transcripts import storing
from podcasts.transcripts.reading import read_transcript

KEY = "podcast"
LANGUAGE = "nl"
FILES = FOLDER / "podcast"
OF_SERIES = (
    "title", "slug", "lead", "author", "owner_name", "owner_email", "category",
    "second_category", "frequency", "licence",
)  # fmt: skip


def texts() -> dict[str, Any]:
    """Read the texts of the podcast."""
    values = tomllib.loads((FILES / "podcast.toml").read_text(encoding="utf-8"))
    printed: dict[str, Any] = typographic(values)
    return printed


def build(editor: User, values: Mapping[str, Any] | None = None) -> int:
    """Make what is missing, and return how many episodes came out."""
    values = values or texts()
    _add_series(values, editor)
    return sum(_add_episode(episode, values, editor) for episode in values["episode"])


@transaction.atomic
def _add_series(values: Mapping[str, Any], editor: User) -> None:
    home = records.page_of("page", HOME, LANGUAGE)
    if home is None or records.is_made("page", KEY, LANGUAGE):
        return
    page = PodcastPage(**{name: values[name] for name in OF_SERIES}, show_in_menus=True)
    page.artwork = _artwork(values, editor)
    # Wagtail turns the list into a stream; the stubs only know the field itself.
    page.body = markup.stream(values["body"])  # type: ignore[assignment]
    page.page_themes = records.page_themes(tuple(values["themes"]), LANGUAGE)
    records.add(
        page, home, kind="page", key=KEY, language=LANGUAGE, added=values["added"], editor=editor
    )
    records.publish(page, editor)


def _artwork(values: Mapping[str, Any], editor: User) -> HubImage:
    with (FILES / values["artwork"]).open("rb") as file:
        image = HubImage(
            title=values["artwork_title"],
            file=File(file, values["artwork"]),
            uploaded_by_user=editor,
        )
        image.save()
    return image


@transaction.atomic
def _add_episode(episode: Mapping[str, Any], values: Mapping[str, Any], editor: User) -> int:
    series = records.page_of("page", KEY, LANGUAGE)
    if series is None or records.is_made("episode", episode["key"], LANGUAGE):
        return 0
    page = EpisodePage(
        title=episode["title"],
        slug=episode["slug"],
        lead=episode["lead"],
        number=episode["number"],
        guid=str(records.identity("episode", episode["key"])),
        audio=_recording(episode),
    )
    page.notes = list(_notes(episode))  # type: ignore[assignment]  # as above
    page.page_themes = records.page_themes(tuple(episode["themes"]), LANGUAGE)
    page.people = [EpisodePerson(**person) for person in values["people"]]
    page.chapters = [
        Chapter(start=timecodes.parse(start), title=title) for start, title in episode["chapters"]
    ]
    page.mentions = list(_mentions(episode))
    records.add(
        page, series, kind="episode", key=episode["key"], language=LANGUAGE,
        added=episode["added"], editor=editor,
    )  # fmt: skip
    _add_transcript(page, episode, editor)
    records.publish(page, editor)
    return 1


def _recording(episode: Mapping[str, Any]) -> AudioFile:
    name = f"{episode['key']}.mp3"
    with (FILES / name).open("rb") as opened:
        file = File(opened, name)
        return store(file, probe(file), name=name, title=episode["title"])


def _notes(episode: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "paragraph", markup.html(episode["notes"])
    study = records.page_of("study", episode["study"], LANGUAGE)
    if study:
        yield "page_link", {"page": study, "note": episode["study_note"]}


def _mentions(episode: Mapping[str, Any]) -> Iterator[EpisodeMention]:
    find = partial(records.page_of, "study", language=LANGUAGE)
    for start, key, note in episode["mentions"]:
        study = find(key)
        if study:
            yield EpisodeMention(subject=study, start=timecodes.parse(start), note=note)


def _add_transcript(page: EpisodePage, episode: Mapping[str, Any], editor: User) -> None:
    name = f"{episode['key']}.vtt"
    read = read_transcript((FILES / name).read_bytes())
    transcript = storing.put(episode=page, read=read, name=name, user=editor, language=LANGUAGE)
    storing.mark_checked(transcript=transcript, checked=True, user=editor)
