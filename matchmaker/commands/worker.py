"""`matchmaker worker`: do the work behind the pages, in processes of its own; and the same in threads."""

from typing import Any

import click
from huey.consumer import Consumer

from matchmaker.commands.installation import open_installation
from matchmaker.jobs.queue import Queue


class LetterSender(Consumer):  # type: ignore[misc]
    """The one who sends letters, beside those who do jobs; signals are theirs."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals alone."""


class Workers(Consumer):  # type: ignore[misc]
    """So many workers for jobs and one for letters, started, watched and stopped together."""

    def __init__(self, queue: Queue, **options: Any) -> None:
        """Prepare; nothing is started yet."""
        queue.workers = options["workers"]
        super().__init__(queue.huey, **options)
        self.letters = LetterSender(queue.post, **{**options, "workers": 1, "periodic": False})

    def start(self) -> None:
        """Start all."""
        self.letters.start()
        super().start()

    def stop(self, graceful: bool = False) -> None:
        """Stop all, after what they are doing if `graceful`."""
        self.stop_flag.set()
        self.letters.stop(graceful)
        super().stop(graceful)

    def check_worker_health(self) -> bool:
        """Start those again that ended by themselves."""
        well = self.letters.check_worker_health()
        return bool(super().check_worker_health() and well)


class EmbeddedWorkers(Workers):
    """Workers in a process whose signals belong to somebody else."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals alone."""


def start_embedded(queue: Queue) -> EmbeddedWorkers:
    """Start a thread for jobs, one for letters and the clock here, and return at once. Call it after the fork."""
    consumer = EmbeddedWorkers(queue, workers=1, worker_type="thread", max_delay=0.5)
    consumer.start()
    return consumer


@click.command()
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="How many processes for jobs."
)
def worker(workers: int) -> None:
    """Do the work behind the pages: plans, suggestions, prints and mail.

    Of several processes one is always free for work that is not long, and one more sends letters. Needed where
    MATCHMAKER_QUEUE_URL names Redis or PostgreSQL; run as many as you like, on any machine. Stop it with the TERM
    signal: what it is doing is finished first, and what is not finished is done by another.
    """
    installation = open_installation()
    consumer = Workers(
        installation.queue, workers=workers, worker_type="process", max_delay=1.0, graceful_signal="TERM"
    )
    # A connection that two processes share answers one with what the other asked.
    installation.database.dispose()
    consumer.run()
