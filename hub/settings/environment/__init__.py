"""Every environment variable the hub reads, in one table.

`docs/settings.md` shows the same table; a test compares the two, so a variable
that is not documented cannot be read.
"""

from __future__ import annotations

import os
from typing import Any

from hub.settings.environment import files, mail, site

__all__ = ["VARIABLES", "EnvironmentValueError", "value"]

VARIABLES = {variable.name: variable for kind in (site, files, mail) for variable in kind.VARIABLES}


class EnvironmentValueError(ValueError):
    """An environment variable holds something its setting cannot use."""


def value(name: str) -> Any:
    """Return the value of a declared variable.

    Raises EnvironmentValueError with one clear sentence when it cannot be read.
    """
    variable = VARIABLES[name]
    text = os.environ.get(name, variable.default)
    try:
        return variable.read(text)
    except (KeyError, ValueError) as error:
        raise EnvironmentValueError(
            f"The environment variable {name} is {text!r}, which cannot be used: {variable.meaning}"
        ) from error
