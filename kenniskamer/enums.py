"""The states of a source file, and of work that waits, in words an editor understands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceState(models.TextChoices):
    """How far the reading of a source file is, and how it ended."""

    WAITING = "waiting", _("Waiting")
    READING = "reading", _("Being read")
    READY = "ready", _("Ready")
    NO_TEXT = "no_text", _("No text layer")
    PASSWORD = "password", _("Needs a password")
    BROKEN = "broken", _("Broken")
    TOO_LARGE = "too_large", _("Too large or too slow")


UNDER_WAY = frozenset({SourceState.WAITING, SourceState.READING})
"""Something will still happen by itself."""

READABLE = frozenset({SourceState.READY, SourceState.NO_TEXT})
"""The file opens for readers, and its pages are known."""

ADVICE = {
    SourceState.WAITING: _("It will be read as soon as the files before it are done."),
    SourceState.READING: _("You need not wait for it: the work goes on without you."),
    SourceState.READY: _("The text can be found. Check the draft and write the summary."),
    SourceState.NO_TEXT: _(
        "The pages are pictures, so search cannot find what they say. Run text recognition (OCR) "
        "on the file and add the result, or ask who runs the site to install Tesseract and choose "
        "“Try again”. You can go on without: title and summary can be found."
    ),
    SourceState.PASSWORD: _(
        "The file only opens with a password. Save a copy without a password and add that one."
    ),
    SourceState.BROKEN: _(
        "The file is damaged or incomplete. Open it on your computer, save it again as PDF, "
        "and add that one."
    ),
    SourceState.TOO_LARGE: _(
        "Reading it takes more time or memory than one file may use. Save it in a simpler form "
        "or split it, and add the parts."
    ),
}
"""What an editor can do next, for each state."""


class Waiting(models.TextChoices):
    """What something on the editors' desk waits for, the most urgent first."""

    FAILED = "failed", _("Cannot be read")
    DUPLICATE = "duplicate", _("Possibly double")
    LOOSE = "loose", _("No study yet")
    TO_FINISH = "to_finish", _("To finish")
    COMPLETE = "complete", _("Ready to publish")
    REVIEW = "review", _("To check again")
    READING = "reading", _("Being read")
