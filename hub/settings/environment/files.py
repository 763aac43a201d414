"""What editors put in: documents, recordings, and how they are given out."""

from __future__ import annotations

from hub.settings.environment.readers import giver, options
from hub.settings.environment.variable import Variable

VARIABLES = (
    Variable(
        "HUB_MAX_UPLOAD_MB", "100", int, "Largest document an editor may upload, in megabytes."
    ),
    Variable(
        "HUB_MAX_AUDIO_MB",
        "300",
        int,
        "Largest recording of a podcast that is stored, in megabytes.",
    ),
    Variable(
        "FILES_BY",
        "hub",
        giver,
        "Who gives out stored files: `hub`, or `nginx` in front of it (`X-Accel-Redirect`).",
    ),
    Variable(
        "AUDIO_STORAGE",
        "",
        str,
        "Storage class for recordings, such as one of an object store. Empty: the media folder.",
    ),
    Variable(
        "AUDIO_STORAGE_OPTIONS", "", options, "Options of that storage class, as a JSON object."
    ),
    Variable(
        "AUDIO_ORIGIN",
        "",
        str,
        "Scheme and host of that store (`https://files.example.org`), which pages may then play"
        " from.",
    ),
    Variable(
        "TESSERACT",
        "tesseract",
        str,
        "Command that reads scans (OCR), where it is installed. Empty: never.",
    ),
    Variable(
        "HUB_REVIEW_AFTER_DAYS",
        "365",
        int,
        "Days after which a study comes back on the editors' worklist to be read again; 0: never.",
    ),
    Variable(
        "HUB_EDITOR_PASSWORD",
        "",
        str,
        "Password for the demo's editor. Empty: one is made and kept in the data folder.",
    ),
)
