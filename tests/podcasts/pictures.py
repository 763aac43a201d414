"""A square picture as apps ask for it, made once."""

import io
from functools import cache
from itertools import count

from django.core.files.images import ImageFile

from PIL import Image

from core.models import HubImage

_numbers = count()


@cache
def _data():
    file = io.BytesIO()
    Image.new("RGB", (1400, 1400), "#0e333b").save(file, "JPEG", quality=20)
    return file.getvalue()


def make_picture(title="Beeld"):
    """Store a square picture of 1400 pixels."""
    name = f"beeld-{next(_numbers)}.jpg"
    image = HubImage(title=title, width=1400, height=1400)
    image.file.save(name, ImageFile(io.BytesIO(_data()), name), save=False)
    image.save()
    return image
