"""CPU per request of each kind of page, beside a hello-world view with the same middleware.

    python -m benchmarks.load [--requests 200] [--rounds 3] [--json]

Needs the demo content in the data folder (`make demo`). Page and reference are asked in
turns within each round, on servers of one worker each, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PAGES = {
    "home": "/nl/",
    "library": "/nl/kenniskamer/",
    "research": "",  # the first study in the library
    "search": "/nl/zoeken/?q=draagvlak+voor+opvang",
    "search api": "/api/v1/search?q=draagvlak+voor+opvang",
    "faq": "/nl/vragen-en-antwoorden/",
}
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """One gunicorn worker with four threads on a free port."""

    def __init__(self, settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "hub.wsgi",
                "--workers",
                "1",
                "--threads",
                "4",
                "--worker-class",
                "gthread",
                "--bind",
                f"127.0.0.1:{self.port}",
                "--log-level",
                "error",
            ],
            cwd=PROJECT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
        )
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        for _attempt in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise SystemExit("The server did not start.")

    def cpu(self) -> float:
        """CPU seconds used by the workers so far."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        total = 0
        for pid in [str(self.process.pid), *children.split()]:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def ask(self, path: str, times: int) -> tuple[float, float]:
        """Ask for a page so many times. Returns CPU ms per request and median wall ms."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        walls = []
        before = self.cpu()
        for _number in range(times):
            start = time.perf_counter()
            connection.request(
                "GET", path, headers={"Accept-Encoding": "gzip", "Host": "localhost"}
            )
            response = connection.getresponse()
            response.read()
            walls.append((time.perf_counter() - start) * 1000)
            if response.status != 200:
                raise SystemExit(f"{path} answered {response.status}; load the demo first.")
        connection.close()
        return (self.cpu() - before) * 1000 / times, statistics.median(walls)

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


def first_study(server: Server) -> str:
    """Return the address of a study that search finds."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request(
        "GET", "/api/v1/search?q=draagvlak&kind=research&lang=nl", headers={"Host": "localhost"}
    )
    results = json.loads(connection.getresponse().read())["results"]
    return str(results[0]["url"])


def measure(requests: int, rounds: int) -> list[dict[str, float | str]]:
    """Measure all pages; medians over the rounds."""
    hub, reference = Server("hub.settings.development"), Server("benchmarks.hello_settings")
    try:
        pages = {**PAGES, "research": first_study(hub)}
        figures: dict[str, list[tuple[float, float, float]]] = {name: [] for name in pages}
        for path in pages.values():
            hub.ask(path, 10)
        reference.ask("/hello/", 50)
        for _round in range(rounds):
            for name, path in pages.items():
                hello, _wall = reference.ask("/hello/", requests)
                cpu, wall = hub.ask(path, requests)
                figures[name].append((cpu, wall, hello))
    finally:
        hub.stop()
        reference.stop()
    return [
        {
            "page": name,
            "cpu_ms": round(statistics.median(row[0] for row in rows), 2),
            "wall_ms": round(statistics.median(row[1] for row in rows), 2),
            "hello_cpu_ms": round(statistics.median(row[2] for row in rows), 2),
        }
        for name, rows in figures.items()
    ]


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measure(options.requests, options.rounds)
    if options.json:
        print(json.dumps(rows))
        return
    print("| page | CPU ms | median ms | hello CPU ms | ratio |\n| --- | --- | --- | --- | --- |")
    for row in rows:
        ratio = float(row["cpu_ms"]) / float(row["hello_cpu_ms"])
        print(
            f"| {row['page']} | {row['cpu_ms']} | {row['wall_ms']} | {row['hello_cpu_ms']} | {ratio:.1f} |"
        )


if __name__ == "__main__":
    main()
