"""The hub's settings with nothing but `hello.py` behind the middleware."""

from hub.settings.development import *  # noqa: F403

ROOT_URLCONF = "benchmarks.hello"
