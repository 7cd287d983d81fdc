"""The worker of the embedded queue: a process beside the web server, so that a long calculation slows no page.

The server keeps its standard input open. When that ends, however the server ended, the worker stops as well.
"""

import os
import signal
import subprocess
import sys
import threading
from types import FrameType

from matchmaker.commands.installation import open_installation
from matchmaker.commands.worker import start_embedded

PAUSE = 2.0
"""Seconds until a worker that ended by itself is started again."""


class WorkerBeside:
    """One worker process, started again if it ends before the server does."""

    def __init__(self) -> None:
        """Prepare; nothing is started yet."""
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep_alive, name="worker beside", daemon=True)

    def start(self) -> None:
        """Start the worker and return at once."""
        self._watch.start()

    def stop(self) -> None:
        """Let the worker finish what it is doing, and wait for that."""
        self._stopping.set()
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
        self._watch.join()

    def _keep_alive(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "matchmaker.commands.beside"], stdin=subprocess.PIPE
            )
            self._process.wait()
            self._stopping.wait(PAUSE)


def main() -> None:
    """Work until standard input ends."""
    over = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        over.set()

    # Ctrl+C reaches both; the server tells when it is time.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, end)
    consumer = start_embedded(open_installation().queue)

    def wait_for_the_server() -> None:
        # Not by sys.stdin, which Python cannot close while this waits: told to end, it would fall over.
        while os.read(sys.stdin.fileno(), 1024):
            pass
        over.set()

    threading.Thread(target=wait_for_the_server, daemon=True).start()
    over.wait()
    consumer.stop(graceful=True)


if __name__ == "__main__":
    main()
