"""What stands in the way of releasing a draft: told in its form and on its desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from toolkit import signs
from toolkit.content import parts_of
from toolkit.freezing import FreezingError, freeze


def what_is_missing(draft: Any) -> list[str]:
    """Return what stands in the way of releasing a draft, a sentence each."""
    try:
        frozen = freeze(draft)
    except FreezingError as error:
        return [str(error)]
    if not parts_of(frozen.content):
        return [_("There is no part in it yet.")]
    missing = []
    if not frozen.content["notes"]:
        missing.append(_("Write what is new, in plain words."))
    return [*missing, *signs.sentences(frozen.content)]
