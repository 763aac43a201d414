"""The settings of `make run`: production's servers, on this machine only."""

from hub.settings.base import *  # noqa: F403
from hub.settings.base import DATA_DIR, SECRET_KEY
from hub.settings.keys import stored_key

SECRET_KEY = SECRET_KEY or stored_key(DATA_DIR / "secret.key")
