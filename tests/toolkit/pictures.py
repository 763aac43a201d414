"""Pictures for tests."""

from __future__ import annotations

import io

from django.core.files.images import ImageFile

from PIL import Image

from core.models import HubImage


def make_picture(color: str = "red") -> HubImage:
    """Store a small picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), color).save(file, "PNG")
    file.seek(0)
    return HubImage.objects.create(title=color, file=ImageFile(file, f"{color}.png"))
