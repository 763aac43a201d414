"""Does a link in a mail change anything when a scanner fetches it, and can one be guessed?

    python benchmarks/delivery_links.py [--recipients 50] [--tokens 1000]

A scratch site with the demo content sends an edition to N people and writes every letter
it knows, in both languages, to a folder. Every address in every one of those mails is
fetched with GET and HEAD from the running site (gunicorn), and the whole database is
compared with what it was. Then every address with a token in it gets so many random
tokens and so many that differ a little from a true one, by GET and by POST in turn; and
last the true one, which must open it, or the rest would prove nothing.

The exit code is 1 when a row changed, a guess was accepted, or a mail was missing.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import http.client
import io
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.load import Server
from benchmarks.sending import letters, site, table, tokens

COUNTS = (
    "core_downloadcount", "core_formcount", "core_listener", "core_daysalt", "search_askedquestion",
)  # fmt: skip
"""Tables that count what was fetched or asked, and say so."""

DERIVED = ("core_hubrendition",)
"""Sizes of pictures, made when somebody first sees them."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--recipients", type=int, default=50)
    parser.add_argument("--tokens", type=int, default=1000, help="of each kind, per address")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def set_up(folder: Path, recipients: int) -> set[str]:
    """Make a site that has sent all it can; return the letters that are missing."""
    settings = site.environment(folder, "", "") | {
        "EMAIL_URL": "",
        "ALLOWED_HOSTS": site.DOMAIN,
        "LOG_LEVEL": "CRITICAL",
    }
    site.set_up(settings)
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("demo", stdout=io.StringIO())
    site.make_people(recipients)
    edition = letters.approve_edition()
    subprocess.run(
        [sys.executable, "manage.py", "deliver", "--until-done"], cwd=site.PROJECT, check=True
    )
    for language in letters.LANGUAGES:
        letters.write_letters(language)
    letters.write_alerts()
    letters.hold(edition)
    return letters.templates() - letters.send_letters()


def everything() -> dict[str, str]:
    """Return a digest of the rows of every table, except those that count and say so."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            if name not in COUNTS + DERIVED:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
                rows = sorted(map(repr, cursor.fetchall()))
                found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


class Visitor:
    """Somebody who fetches addresses, without cookies and without following anything."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, target: str, body: str = "") -> int:
        """Return the status of an answer."""
        headers = {"Host": site.DOMAIN, **(FORM if body else {})}
        self.connection.request(method, target, body or None, headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status


@contextlib.contextmanager
def running() -> Iterator[Visitor]:
    """Run the site."""
    server = Server("hub.settings.development")
    try:
        yield Visitor(server.port)
    finally:
        server.process.terminate()
        server.process.wait(20)


def fetch_all(visitor: Visitor, folder: Path) -> list[str]:
    """Fetch every address of ours in every mail; print what came of it, return what is wrong."""
    found = letters.mails(folder / "mail")
    urls = sorted(set().union(*map(letters.links, found)))
    ours = [url for url in urls if urlsplit(url).hostname == site.DOMAIN]
    before, statuses, dead = everything(), Counter[int](), []
    for url in ours:
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        for method in ("GET", "HEAD"):
            status = visitor.ask(method, target)
            statuses[status] += 1
            if status >= 500:  # a link that was used already may say so
                dead.append(f"{method} {target}: {status}")
    after = everything()
    changed = [name for name, digest in after.items() if before.get(name) != digest]
    print(table.head(("mails", "addresses", "of ours", "answers", "tables compared", "changed")))
    answers = ", ".join(f"{number} × {status}" for status, number in sorted(statuses.items()))
    cells = (len(found), len(urls), len(ours), answers, len(after), ", ".join(changed) or 0)
    print(table.row(cells), flush=True)
    return [*(f"changed: {name}" for name in changed), *dead]


def guess_all(visitor: Visitor, options: argparse.Namespace) -> list[str]:
    """Try guessed tokens on every address that takes one, then the true one."""
    from django.urls import reverse
    from django.utils import translation

    true = tokens.true_tokens()
    wrong = [f"no token is known for {name}" for name in tokens.names() ^ set(true)]
    picked = random.Random(options.seed)
    before = everything()
    columns = ("address", "random", "changed a little", "accepted", "answers", "the true one")
    print("\n" + table.head(columns))
    lines = []
    for name, token in sorted(true.items()):
        with translation.override("nl"):
            path = reverse(name, args=["TOKEN"])
        answers: Counter[int] = Counter()
        for number, guess in enumerate(tokens.guesses(token, options.tokens, picked)):
            method, body = (("GET", ""), ("POST", "a=b"))[number // 8 % 2]
            answers[visitor.ask(method, path.replace("TOKEN", guess), body)] += 1
        lines.append((name, path.replace("TOKEN", token), answers))
        wrong += [f"accepted: {name}"] if any(status < 400 for status in answers) else []
    wrong += [f"changed: {name}" for name, rows in everything().items() if before[name] != rows]
    for name, path, answers in lines:
        opened = visitor.ask("GET", path)
        opened = visitor.ask("POST", path, "a=b") if opened == 405 else opened
        wrong += [f"the true token opens nothing: {name}"] if opened >= 400 else []
        said = ", ".join(f"{number} × {status}" for status, number in sorted(answers.items()))
        accepted = sum(number for status, number in answers.items() if status < 400)
        print(table.row((name, options.tokens, options.tokens, accepted, said, opened)))
    return wrong


def main() -> int:
    """Fetch and guess; the exit code says whether all was refused and nothing changed."""
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="hub-links-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        missing = set_up(folder, options.recipients)
        with running() as visitor:
            wrong = [f"not written: {name}" for name in sorted(missing)]
            wrong += fetch_all(visitor, folder)
            wrong += guess_all(visitor, options)
    for line in wrong:
        print(line, file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
