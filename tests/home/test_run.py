import os
import socket
import subprocess
import sys
import time

from django.core.management.base import CommandError

import pytest

from home.management.commands.run import keep_together, refuse_taken_port, static_is_stale


def test_a_taken_port_is_refused_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"PORT={port + 1} make run"):
            refuse_taken_port(port)
    refuse_taken_port(port)


def test_when_one_process_ends_the_other_is_ended_and_its_code_is_kept():
    lasting = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    failing = subprocess.Popen([sys.executable, "-c", "import sys; sys.exit(3)"])
    assert keep_together([lasting, failing]) == 3
    assert lasting.poll() is not None


def test_static_files_are_collected_again_only_when_one_changed(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a{}")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    assert static_is_stale()
    settings.STATIC_ROOT.mkdir()
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    manifest.write_text("{}")
    later = time.time() + 60
    os.utime(manifest, (later, later))
    assert not static_is_stale()
