"""Another Python beside this one: a process that runs a module of ours and answers requests, one line of JSON each.

Both sides are here. This one starts the process (:class:`AnotherPython`), asks, and learns how it ended. The other
listens (:class:`Requests`), and puts back what a learner's file may have changed before the next request
(:class:`Surroundings`). What is asked, and how long an answer may take, is for those to say who use it: numba's CUDA
compiler (``frontend``) and functions compiled for the processor (``processor``).
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from json import dumps, loads
from typing import IO, Any

# The side that asks


class AnotherPython:
    """A process that runs ``module``, with our search path and our environment, but for what ``environment`` says."""

    def __init__(self, module: str, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(search_path()),
                "PYTHONWARNINGS": "ignore",
                "PYTHONHASHSEED": "0",  # numba's messages follow the order of its sets
                "NUMBA_COLOR_SCHEME": "no_color",
                **environment,
            },
            start_new_session=True,  # Ctrl-C reaches us alone
        )
        assert self._process.stdin and self._process.stdout
        self._requests: IO[bytes] = self._process.stdin
        self.answers: IO[bytes] = self._process.stdout

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def send(self, request: Mapping[str, Any]) -> None:
        """Ask; an OSError where nobody listens any more."""
        self._requests.write(dumps(request).encode() + b"\n")
        self._requests.flush()

    def kill(self) -> None:
        """End the process at once, and do not wait for its end."""
        self._process.kill()

    def clean_up(self) -> None:
        """End the process, wait for its end, and let go of what leads to it. ``answers`` stays open."""
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._requests.close()

    def how_it_ended(self) -> str:
        """The end of the process, which is waited for, in words."""
        status = self._process.wait()
        if status >= 0:
            return f"its process ended with exit status {status}"
        with contextlib.suppress(ValueError):
            return f"its process was ended by {signal.Signals(-status).name}"
        return f"its process was ended by signal {-status}"


def search_path() -> list[str]:
    """Where Python looks for modules here, wherever the other process stands."""
    return [os.path.abspath(entry) for entry in sys.path]


# The side that answers


class Requests:
    """What the process is asked. When the other end goes away the process ends, whatever it is doing.

    Requests and answers travel over private copies of standard input and output, whose originals lead nowhere from
    here on: what a learner's file prints or reads is no part of the talk.
    """

    def __init__(self) -> None:
        self._requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
        self._answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        self._incoming: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def next(self) -> dict[str, Any]:
        """The next request, which is waited for."""
        request: dict[str, Any] = loads(self._incoming.get())
        return request

    def answer(self, answer: Mapping[str, Any]) -> None:
        self._answers.write(dumps(answer) + "\n")
        self._answers.flush()

    def _listen(self) -> None:
        for line in self._requests:
            self._incoming.put(line)
        os._exit(0)


class Surroundings:
    """The environment and the folder that the process has now, to be put back after a learner's file was run."""

    def __init__(self) -> None:
        self._environment, self._folder = dict(os.environ), os.getcwd()

    def restore(self, path: Sequence[str]) -> None:
        """Put them back, and look for modules in ``path``."""
        os.environ.clear()
        os.environ.update(self._environment)
        os.chdir(self._folder)
        sys.path[:] = path
