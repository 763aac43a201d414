import os
import socket
import subprocess
import sys
import time

from django.core.management.base import CommandError

import pytest

from home.management.commands import run
from home.management.commands.run import refuse_taken_port, static_is_stale


def test_a_taken_port_is_refused_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"PORT={port + 1} make run"):
            refuse_taken_port(port)
    refuse_taken_port(port)


def python(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code])


def test_the_address_is_told_when_it_answers():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    listen = f"import socket, time; time.sleep(1); s = socket.create_server(('127.0.0.1', {port}))"
    web = python(f"{listen}; time.sleep(60)")
    run.wait_until_open(web, port)
    assert run.is_open(port)
    web.kill()
    web.wait()
    run.wait_until_open(web, port)  # has ended: returns
    assert not run.is_open(port)


def test_a_worker_that_dies_is_followed_by_another_until_the_site_stops(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "RESTART_SECONDS", 0)
    workers = []
    mark = tmp_path / "the second has begun"

    def start_worker():
        lasting = f"import time; open({str(mark)!r}, 'w').close(); time.sleep(60)"
        workers.append(python(lasting if workers else "import os; os.kill(os.getpid(), 9)"))
        return workers[-1]

    wait = f"while not os.path.exists({str(mark)!r}): time.sleep(0.05)"
    web = python(f"import os, sys, time\n{wait}\nsys.exit(3)")
    assert run.keep_together(web, start_worker) == 3
    assert len(workers) == 2
    assert [worker.poll() is not None for worker in workers] == [True, True]


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
