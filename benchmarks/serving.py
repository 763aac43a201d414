"""Giving out a recording over the wire: the hub, nginx, and a plain gunicorn, in one run.

    python -m benchmarks.serving [--megabytes 100] [--listeners 50]

One file, one client first, then many at once, each reading all of it. CPU and memory are
those of the server's processes, nginx and gunicorn together where both take part; memory
is how much their private pages grew at most in a second round of all clients. The best of
three for one client. Without nginx its rows are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.nginx import free_port, nginx, nginx_path

PROJECT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
TURNS = 3
MANAGE = [sys.executable, "manage.py"]
MAKE = """
from pathlib import Path
from django.core.files import File
from wagtail.models import Page
from podcasts.models import AudioFile, EpisodePage, PodcastPage
path = Path({path!r})
home = Page.objects.get(depth=2)
series = home.add_child(instance=PodcastPage(title="Reeks", slug="reeks", author="Wij"))
series.save_revision().publish()
audio = AudioFile(title="Geluid", name="geluid.mp3", sha256={sha256!r}, file_size=path.stat().st_size,
                  duration=3_600_000, bit_rate=192_000, channels=2)
with path.open("rb") as file:
    audio.file.save("geluid.mp3", File(file), save=False)
audio.save()
episode = series.add_child(instance=EpisodePage(title="Een", slug="een", audio=audio, live=False))
episode.save_revision().publish()
print("ADDRESS", audio.url)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What one way of giving out did; speeds in MB/s, memory in MB."""

    name: str
    one: float
    one_cpu: float
    many: float
    many_cpu: float
    grew: float


class Watched:
    """Processes with all their children: their CPU seconds, and their private memory."""

    def __init__(self, *roots: int) -> None:
        self._roots = roots

    def pids(self) -> Iterator[int]:
        """Yield the processes that are there now."""
        found = list(self._roots)
        while found:
            pid = found.pop()
            yield pid
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
            found += map(int, children.split())

    def cpu(self) -> float:
        """CPU seconds so far."""
        total = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def memory(self) -> float:
        """Private memory now, in MB: pages that processes share count in none of them."""
        total = 0
        for pid in self.pids():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Private_"):
                    total += int(line.split()[1])
        return total / 1000


def fetch(port: int, path: str) -> int:
    """Read a file to its end; return the bytes that came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", path, headers={"Host": "localhost", "User-Agent": "benchmark"})
    response = connection.getresponse()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}.")
    room, size = bytearray(1 << 20), 0
    while read := response.readinto(room):
        size += read
    connection.close()
    return size


def together(port: int, path: str, listeners: int) -> None:
    """Let all listeners read the file at the same time."""
    clients = [threading.Thread(target=fetch, args=(port, path)) for _ in range(listeners)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()


def measure(name: str, port: int, path: str, watched: Watched, listeners: int) -> Row:
    """Read the file once, three times, and then by all listeners at once."""
    size = fetch(port, path)
    ones = []
    for _turn in range(TURNS):
        cpu, started = watched.cpu(), time.perf_counter()
        fetch(port, path)
        ones.append((time.perf_counter() - started, watched.cpu() - cpu))
    together(port, path, listeners)  # every thread has its connection and its modules now
    before, most = watched.memory(), [0.0]
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(watched, most, done))
    watcher.start()
    cpu, started = watched.cpu(), time.perf_counter()
    together(port, path, listeners)
    seconds, spent = time.perf_counter() - started, watched.cpu() - cpu
    done.set()
    watcher.join()
    one, one_cpu = min(ones)
    megabytes = size / 1e6
    all_of_it = megabytes * listeners
    return Row(name, megabytes / one, one_cpu, all_of_it / seconds, spent, max(most[0] - before, 0))


def _watch(watched: Watched, most: list[float], done: threading.Event) -> None:
    while not done.wait(0.1):
        most[0] = max(most[0], watched.memory())


@contextmanager
def gunicorn(settings: str, port: int, **environment: str) -> Iterator[int]:
    """Run the site as `make run` does, two workers of four threads; yield its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "hub.wsgi", "--config", "hub/gunicorn.py"],
        cwd=PROJECT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "PORT": str(port),
            **environment,
        },
    )
    try:
        for _attempt in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def prepare(folder: Path, megabytes: int) -> str:
    """Make a site with one episode; return the address of its recording."""
    os.environ |= {"HUB_DATA_DIR": str(folder / "var"), "BENCH_FILE": str(folder / "geluid.mp3")}
    os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.development"
    digest, path = hashlib.sha256(), folder / "geluid.mp3"
    with path.open("wb") as file:
        for _piece in range(megabytes):
            piece = os.urandom(1_000_000)
            file.write(piece)
            digest.update(piece)
    subprocess.run([*MANAGE, "migrate", "--verbosity", "0"], cwd=PROJECT, check=True)
    code = MAKE.format(path=str(path), sha256=digest.hexdigest())
    made = subprocess.run(
        [*MANAGE, "shell", "--no-imports", "-c", code],
        cwd=PROJECT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return made.stdout.rpartition("ADDRESS ")[2].strip()


def rows(folder: Path, address: str, listeners: int) -> Iterator[Row]:
    """Measure every way this machine has, one after the other."""
    plain, ours, behind = free_port(), free_port(), free_port()
    with gunicorn("benchmarks.hello_settings", plain) as process:
        yield measure("gunicorn, plain file response", plain, "/file/", Watched(process), listeners)
    with gunicorn("hub.settings.development", ours) as process:
        yield measure("the hub", ours, address, Watched(process), listeners)
    path = nginx_path()
    if not path:
        return
    media = folder / "var" / "media"
    with ExitStack() as stack:
        process = stack.enter_context(
            gunicorn("hub.settings.development", behind, FILES_BY="nginx", TRUSTED_PROXY="yes")
        )
        upstream = f"http://127.0.0.1:{behind}"
        front, server = stack.enter_context(nginx(path, folder, upstream, media))
        port = int(front.rpartition(":")[2])
        yield measure(
            "the hub, handed over to nginx", port, address, Watched(process, server), listeners
        )
    place = folder / "bare"
    place.mkdir()
    with nginx(path, place, "", media) as (front, server):
        port = int(front.rpartition(":")[2])
        stored = next((media / "podcasts").glob("*/*")).relative_to(media)
        yield measure("nginx alone", port, f"/{stored}", Watched(server), listeners)


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--listeners", type=int, default=50)
    options = parser.parse_args()
    many = f"{options.listeners} at once"
    print(f"| way | one: MB/s | CPU s | {many}: MB/s | CPU s | memory grew by |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        address = prepare(folder, options.megabytes)
        for row in rows(folder, address, options.listeners):
            print(
                f"| {row.name} | {row.one:,.0f} | {row.one_cpu:.2f} | {row.many:,.0f} | "
                f"{row.many_cpu:.1f} | {row.grew:.0f} MB |",
                flush=True,
            )


if __name__ == "__main__":
    main()
