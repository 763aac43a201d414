"""A process that has everything loaded and splits off senders: one for each line it reads.

Each line is a number of connections; the answer is a process id. A child is what `manage.py
deliver` is after its first second of loading Python modules, so senders can be killed and
replaced many times during one send.
"""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    """Serve until the input ends. Children are not waited for: the system buries them."""
    import django

    django.setup()
    from django.urls import reverse

    from newsletter.management.commands import deliver

    reverse("unsubscribe", args=["x"])  # loads the addresses of the whole site
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                deliver.Command().run_from_argv(
                    ["manage.py", "deliver", "--connections", line.strip()]
                )
            finally:
                os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()
