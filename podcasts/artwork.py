"""What podcast apps ask of a picture: square, 1400 to 3000 pixels, JPEG or PNG."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SMALLEST, LARGEST = 1400, 3000
FORMATS = frozenset({".jpg", ".jpeg", ".png"})


def check_artwork(image: Any) -> None:
    """Refuse a picture that apps would refuse. Raises ValidationError."""
    size = {"width": image.width, "height": image.height}
    if PurePath(image.file.name or "").suffix.lower() not in FORMATS:
        raise ValidationError(_("Apps only take JPEG and PNG. Save the picture as one of these."))
    if image.width != image.height:
        raise ValidationError(
            _("The picture is %(width)d by %(height)d pixels. Apps ask for a square: cut it.")
            % size
        )
    if image.width < SMALLEST:
        raise ValidationError(
            _("The picture is %(width)d pixels wide. Apps ask for at least 1400 by 1400.") % size
        )
    if image.width > LARGEST:
        raise ValidationError(
            _("The picture is %(width)d pixels wide. Apps ask for at most 3000 by 3000.") % size
        )
