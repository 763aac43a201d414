"""Memory of site and worker while an editor adds hundreds of files, one after another.

    python -m benchmarks.uploads [--files 500] [--every 50] [--json]

Starts the whole site in a temporary folder as `manage.py run` does, with the demo content,
gunicorn and worker. Signs in as the editor and posts small PDFs (of every 20: 15 reports, 2
scans, 2 broken, 1 repeat) to the form of the CMS; at every so many files it waits until the
worker has read them, and notes resident memory and open files of each process, beside those
of a server that stores the same bytes and nothing else. Then 500 references, 50 at a time,
go through the form for references in the same way.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

from benchmarks.small_pdfs import small_pdfs

PROJECT = Path(__file__).resolve().parents[1]
PASSWORD = "een-lang-wachtwoord-voor-de-meting"
PATIENCE = 600.0
"""Seconds to wait for the site to start or the worker to finish a part."""

REFERENCES, AT_ONCE = 500, 50


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(done: Callable[[], bool], what: str) -> None:
    """Wait for something."""
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            raise SystemExit(f"{what} took more than {PATIENCE:.0f} s.")
        time.sleep(0.2)


class Started:
    """A server of the project in a process group of its own."""

    def __init__(self, folder: Path, *command: str, settings: str) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://localhost:{self.port}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "HUB_DATA_DIR": str(folder),
            "HUB_EDITOR_PASSWORD": PASSWORD,
            "LOG_LEVEL": "ERROR",
            "PORT": str(self.port),
            "BASE_URL": self.url,
            "TMPDIR": str(folder / "tmp"),
        }
        for name in ("tmp", "static"):
            (folder / name).mkdir()
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def answers(self) -> bool:
        """Say whether it is up; ends the run when it never will be."""
        if self.process.poll() is not None:
            raise SystemExit("The site did not start.")
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def processes(self) -> dict[str, int]:
        """Return the process id of each web process, and of the worker where there is one."""
        found: dict[str, int] = {}
        webs = 0
        for pid in descendants(self.process.pid):
            words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
            if "worker" in words:
                found["worker"] = pid
            elif "gunicorn" in words and children(pid):
                found["web, master"] = pid
            elif "gunicorn" in words:
                webs += 1
                found[f"web {webs}"] = pid
        return found

    def stop(self) -> None:
        """End it and all it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=30)


def children(pid: int) -> list[int]:
    """Return the processes started by one."""
    listed = [task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(word) for words in listed for word in words.split()]


def descendants(pid: int) -> list[int]:
    """Return a process and all below it."""
    below = [one for child in children(pid) for one in descendants(child)]
    return [pid, *below]


def state_of(pid: int) -> dict[str, float]:
    """Return resident memory in MB and the number of open files of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    resident = int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]
    return {"mb": round(resident / 1024, 1), "open": len(os.listdir(f"/proc/{pid}/fd"))}


class Editor:
    """An editor's browser, signed in."""

    def __init__(self, url: str) -> None:
        self.url, self.session = url, requests.Session()
        self.session.get(f"{url}/admin/login/", timeout=60)
        answer = self.post(
            "/admin/login/", data={"username": "redactie", "password": PASSWORD, "next": "/admin/"}
        )
        if "sessionid" not in self.session.cookies or not answer.ok:
            raise SystemExit("Signing in failed.")

    def post(self, path: str, **options: Any) -> requests.Response:
        """Post a form."""
        data = {**options.pop("data", {}), "csrfmiddlewaretoken": self.session.cookies["csrftoken"]}
        return self.session.post(f"{self.url}{path}", data=data, timeout=120, **options)

    def upload(self, name: str, content: bytes) -> str:
        """Add one PDF as the page does; returns what became of it."""
        answer = self.post(
            "/admin/kenniskamer/add/",
            files={"pdfs": (name, content, "application/pdf")},
            headers={"Accept": "application/json"},
        )
        return str(answer.json()["files"][0]["status"])

    def import_references(self, references: str) -> None:
        """Paste references, choose all, and begin."""
        page = self.post("/admin/kenniskamer/references/", data={"pasted": references})
        path = page.url.removeprefix(self.url)
        self.post(path, data={"all": "1"})
        self.post(path, data={"import": "1"})


class Database:
    """The site's database, looked at from outside."""

    def __init__(self, folder: Path) -> None:
        self.address = f"file:{folder / 'db.sqlite3'}?mode=ro"

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        connection = sqlite3.connect(self.address, uri=True, timeout=60)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def at_rest(self) -> bool:
        """Say whether the worker has nothing left to do."""
        busy = self.rows(
            "SELECT (SELECT count(*) FROM kenniskamer_sourcefile WHERE state IN ('waiting','reading'))"
            " + (SELECT count(*) FROM kenniskamer_referenceimport WHERE state IN ('reading','importing'))"
            " + (SELECT count(*) FROM django_tasks_database_dbtaskresult"
            "    WHERE status IN ('READY','RUNNING'))"
        )
        return busy == [(0,)]


def references(first: int) -> str:
    """Return references in RIS, each with a title and an author of its own."""
    return "".join(
        f"TY  - JOUR\nAU  - Auteur{number}, A.\nPY  - {1990 + number % 36}\n"
        f"TI  - Studie {number} over draagvlak in gemeente {number}\n"
        f"AB  - {'Wat bewoners van opvang vinden. ' * 10}\nER  - \n\n"
        for number in range(first, first + AT_ONCE)
    )


def note(hub: Started, reference: Started, done: int, what: str) -> dict[str, Any]:
    """Return one row: memory and open files of every process, and what lies in the temporary folder."""
    states = {name: state_of(pid) for name, pid in hub.processes().items()}
    states["reference"] = state_of(reference.processes()["web 1"])
    left = sum(1 for path in (hub.folder / "tmp").rglob("*") if path.is_file())
    return {"what": what, "done": done, "processes": states, "temporary": left}


def measure(hub: Started, reference: Started, files: int, every: int) -> dict[str, Any]:
    """Post everything, and note the state at each mark."""
    editor, database = Editor(hub.url), Database(hub.folder)
    until(database.at_rest, "The demo content")
    rows = [note(hub, reference, 0, "files")]
    endings: Counter[str] = Counter()
    spent = {"hub": 0.0, "reference": 0.0, "reading": 0.0}
    for number, (name, content) in enumerate(small_pdfs(files), start=1):
        spent["hub"] -= (begin := time.perf_counter())
        endings[editor.upload(name, content)] += 1
        spent["hub"] += (middle := time.perf_counter())
        stored = requests.post(
            f"{reference.url}/store/", files={"file": (name, content)}, timeout=60
        )
        stored.raise_for_status()
        spent["reference"] += time.perf_counter() - middle
        spent["reading"] -= begin if number % every == 1 else 0
        if number % every == 0 or number == files:
            until(database.at_rest, "Reading")
            spent["reading"] += time.perf_counter()
            rows.append(show(note(hub, reference, number, "files")))
    for first in range(0, REFERENCES, AT_ONCE):
        editor.import_references(references(first))
        until(database.at_rest, "Importing")
        rows.append(show(note(hub, reference, first + AT_ONCE, "references")))
    states = database.rows("SELECT state, count(*) FROM kenniskamer_sourcefile GROUP BY 1")
    made = database.rows("SELECT count(*) FROM kenniskamer_referencerow WHERE page_id IS NOT NULL")
    return {
        "rows": rows,
        "answers": dict(endings),
        "states": dict(states),
        "references": made[0][0],
        "uploads_per_second": round(files / spent["hub"], 1),
        "stored_per_second": round(files / spent["reference"], 1),
        "read_per_second": round(files / spent["reading"], 2),
    }


def show(row: dict[str, Any]) -> dict[str, Any]:
    """Print progress where it does not mix with the result."""
    figures = {name: state["mb"] for name, state in row["processes"].items()}
    print(row["done"], row["what"], figures, file=sys.stderr, flush=True)
    return row


def table(result: dict[str, Any]) -> str:
    """Return the rows as a Markdown table, memory in MB (open files)."""
    names = list(result["rows"][0]["processes"])
    lines = [
        f"| after | {' | '.join(names)} | temporary files |",
        "| --- " * (len(names) + 2) + "|",
    ]
    for row in result["rows"]:
        states = [row["processes"].get(name, {"mb": "-", "open": "-"}) for name in names]
        cells = " | ".join(f"{state['mb']} ({state['open']})" for state in states)
        lines.append(f"| {row['done']} {row['what']} | {cells} | {row['temporary']} |")
    rest = {key: value for key, value in result.items() if key != "rows"}
    return "\n".join([*lines, "", *(f"{key}: {value}" for key, value in rest.items())])


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--every", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folders = [Path(tempfile.mkdtemp(prefix="hub-uploads-")) for _each in range(2)]
    servers: list[Started] = []
    try:
        servers.append(Started(folders[0], "manage.py", "run", settings="hub.settings.development"))
        serve = ("-m", "gunicorn", "hub.wsgi", "--config", "hub/gunicorn.py", "--workers", "1")
        servers.append(Started(folders[1], *serve, settings="benchmarks.hello_settings"))
        for server in servers:
            until(server.answers, "Starting")
        result = measure(*servers, options.files, options.every)
    finally:
        for server in servers:
            server.stop()
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(result) if options.json else table(result))


if __name__ == "__main__":
    main()
