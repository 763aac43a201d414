"""The words a podcast is described with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeriesType(models.TextChoices):
    """In which order a series is heard (itunes:type)."""

    EPISODIC = "episodic", _("Episodic: the newest first, in any order")
    SERIAL = "serial", _("Serial: from the first episode to the last")


class EpisodeType(models.TextChoices):
    """What an episode is (itunes:episodeType)."""

    FULL = "full", _("Full episode")
    TRAILER = "trailer", _("Trailer")
    BONUS = "bonus", _("Bonus")


class AudioState(models.TextChoices):
    """Where the bytes of a recording are."""

    READY = "ready", _("Stored here")
    ELSEWHERE = "elsewhere", _("Still at its old address")
    FETCHING = "fetching", _("Being fetched")
    FAILED = "failed", _("Fetching failed")


class Licence(models.TextChoices):
    """What a listener may do with a series (SPDX identifiers)."""

    RESERVED = "", _("All rights reserved")
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    CC_BY_NC_SA = "CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0"
    CC_BY_ND = "CC-BY-ND-4.0", "CC BY-ND 4.0"
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"


class Frequency(models.TextChoices):
    """How often something new comes; its value is the recurrence rule (RFC 5545)."""

    UNKNOWN = "", _("Now and then")
    DAILY = "FREQ=DAILY", _("Every day")
    WEEKLY = "FREQ=WEEKLY", _("Every week")
    FORTNIGHTLY = "FREQ=WEEKLY;INTERVAL=2", _("Every two weeks")
    MONTHLY = "FREQ=MONTHLY", _("Every month")
    TWO_MONTHLY = "FREQ=MONTHLY;INTERVAL=2", _("Every two months")
    QUARTERLY = "FREQ=MONTHLY;INTERVAL=3", _("Every three months")


class Role(models.TextChoices):
    """What somebody did (Podcast Taxonomy); the group of each stands in ROLE_GROUPS."""

    HOST = "host", _("Host")
    CO_HOST = "co-host", _("Co-host")
    GUEST_HOST = "guest host", _("Guest host")
    GUEST = "guest", _("Guest")
    NARRATOR = "narrator", _("Narrator")
    VOICE_ACTOR = "voice actor", _("Voice actor")
    ANNOUNCER = "announcer", _("Announcer")
    REPORTER = "reporter", _("Reporter")
    AUTHOR = "author", _("Author")
    WRITER = "writer", _("Writer")
    RESEARCHER = "researcher", _("Researcher")
    FACT_CHECKER = "fact checker", _("Fact checker")
    MANAGING_EDITOR = "managing editor", _("Managing editor")
    TRANSLATOR = "translator", _("Translator")
    TRANSCRIBER = "transcriber", _("Transcriber")
    DIRECTOR = "director", _("Director")
    EXECUTIVE_PRODUCER = "executive producer", _("Executive producer")
    PRODUCER = "producer", _("Producer")
    AUDIO_ENGINEER = "audio engineer", _("Audio engineer")
    AUDIO_EDITOR = "audio editor", _("Audio editor")
    SOUND_DESIGNER = "sound designer", _("Sound designer")
    COMPOSER = "composer", _("Composer")
    THEME_MUSIC = "theme music", _("Theme music")
    COVER_ART = "cover art designer", _("Cover art designer")
    CONSULTANT = "consultant", _("Consultant")
    INTERN = "intern", _("Intern")


_GROUPS = {
    "cast": "host|co-host|guest host|guest|narrator|voice actor|announcer|reporter",
    "writing": ("author|writer|researcher|fact checker|managing editor|translator|transcriber"),
    "creative direction": "director|executive producer|producer",
    "audio production": "audio engineer",
    "audio post-production": ("audio editor|sound designer|composer|theme music"),
    "visuals": "cover art designer",
    "misc": "consultant|intern",
}
ROLE_GROUPS = {role: group for group, roles in _GROUPS.items() for role in roles.split("|")}
"""The group of each role in the Podcast Taxonomy, in lower case as podcast:person has it."""
