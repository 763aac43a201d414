"""A real nginx with the configuration we give operators."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[1] / "docs" / "nginx.conf"
PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
FRAME = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 256; }}
http {{
    types {{ }}
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {server}
}}
"""


def nginx_path() -> str | None:
    """Return where nginx is, if this machine has it."""
    return shutil.which("nginx", path=os.pathsep.join((os.environ.get("PATH", ""), *PLACES)))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


BARE = """
server {{
    listen 127.0.0.1:{port};
    location / {{ root {media}; sendfile on; }}
}}
"""


def configured(folder: Path, port: int, upstream: str, media: Path) -> str:
    """Return our sample with its three lines changed, as an operator would.

    Without an upstream: an nginx that gives out a folder and nothing else.
    """
    user = "user root;" if os.getuid() == 0 else ""
    if not upstream:
        return FRAME.format(folder=folder, user=user, server=BARE.format(port=port, media=media))
    server = SAMPLE.read_text(encoding="utf-8")
    changes = {
        "127.0.0.1:8080": f"127.0.0.1:{port}",
        "http://127.0.0.1:8000": upstream,
        "/srv/hub/media/": f"{media}/",
    }
    for old, new in changes.items():
        assert old in server
        server = server.replace(old, new)
    return FRAME.format(folder=folder, user=user, server=server)


@contextmanager
def nginx(path: str, folder: Path, upstream: str, media: Path) -> Iterator[tuple[str, int]]:
    """Run nginx before a server, or alone when that is ""; yield its address and process id."""
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(configured(folder, port, upstream, media), encoding="utf-8")
    process = subprocess.Popen([path, "-p", str(folder), "-c", str(config)])
    try:
        for _attempt in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            raise RuntimeError((folder / "error.log").read_text(encoding="utf-8"))
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()
