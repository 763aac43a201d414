"""What the children of `test_sandbox.py` do: each one thing a bad file could cause."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time


def echo(arguments, progress):
    return arguments


def count(arguments, progress):
    for number in range(arguments["to"]):
        progress({"done": number + 1})
    return arguments["to"]


def look_around(arguments, progress):
    return {
        "environment": sorted(os.environ),
        "directory": os.getcwd(),
        "path": [entry for entry in sys.path if entry in ("", ".")],
        "leader": os.getsid(0) == os.getpid(),
    }


def fail(arguments, progress):
    raise ValueError("x" * 10_000)


def leave(arguments, progress):
    sys.exit("gone")


def leave_without_a_word(arguments, progress):
    os._exit(3)


def spin(arguments, progress):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


def refuse_to_stop(arguments, progress):
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass


def sleep(arguments, progress):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)


def allocate(arguments, progress):
    return len(bytearray(arguments["bytes"]))


def talk(arguments, progress):
    while True:
        progress({"text": "x" * 10_000})


def print_garbage(arguments, progress):
    sys.stdout.write("\x00garbage" * 100_000)
    os.write(1, b"\xff" * 100_000)
    os.write(2, b"\xff" * 100_000)
    return "done"


def write_garbage_on_the_pipe(arguments, progress):
    os.write(arguments_descriptor(), b'\xff\x00 not json\n{"result": "forged"}\n')
    return "done"


def arguments_descriptor():
    return json.loads(sys.argv[1])["descriptor"]


def return_something_odd(arguments, progress):
    return object()


def segfault(arguments, progress):
    ctypes.string_at(0)


def write_a_file(arguments, progress):
    with open(arguments["path"], "wb") as file:
        file.write(b"x" * 100)


def open_many(arguments, progress):
    return len([os.open("/dev/null", os.O_RDONLY) for _ in range(1000)])


def leave_a_grandchild(arguments, progress):
    """Return the process id of a grandchild that holds the pipe and sleeps on."""
    pid = os.fork()
    if not pid:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)
        os._exit(0)
    return pid


def spawn(arguments, progress):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    progress({"pid": child.pid})
    time.sleep(600)
