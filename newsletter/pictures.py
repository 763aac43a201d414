"""Small pictures for mail: JPEG, which every mail program shows, at twice the size on screen."""

from __future__ import annotations

import hashlib
import io

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from PIL import Image, ImageOps

from core.contracts import CardImage

WIDTH = 72
"""Of a picture beside the news, in CSS pixels."""
FOLDER = "newsletter"
_PAPER = (255, 253, 247)
"""Behind what was transparent: the ground of the column."""


def beside(image: CardImage | None) -> CardImage | None:
    """Return a picture of fixed width out of one of ours; None when there is none to show.

    The file is named after what it was made from, so it is made once and never changes.
    """
    if image is None or not image.width or not image.url.startswith(settings.MEDIA_URL):
        return None
    source = image.url.removeprefix(settings.MEDIA_URL).partition("?")[0]
    try:
        name = _made(source)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None  # the file is gone or no picture: the news stands without one
    height = max(round(image.height * WIDTH / image.width), 1)
    return CardImage(default_storage.url(name), WIDTH, height, image.alt)


def _made(source: str) -> str:
    """Return the name of the small picture, which is made when it is not there yet."""
    mark = f"{source} {default_storage.size(source)} {WIDTH}"
    digest = hashlib.sha256(mark.encode()).hexdigest()
    name = f"{FOLDER}/{digest[:2]}/{digest}.jpg"
    if default_storage.exists(name):
        return name
    with default_storage.open(source, "rb") as file, Image.open(file) as opened:
        small = ImageOps.contain(opened.convert("RGBA"), (2 * WIDTH, 8 * WIDTH))
    flat = Image.new("RGB", small.size, _PAPER)
    flat.paste(small, mask=small.getchannel("A"))
    data = io.BytesIO()
    flat.save(data, "JPEG", quality=82, optimize=True)
    return str(default_storage.save(name, ContentFile(data.getvalue())))
