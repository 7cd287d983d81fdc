"""`matchmaker worker`: do the work behind the pages, in processes of its own; and the same in one thread."""

import click
from huey.consumer import Consumer

from matchmaker.commands.installation import open_installation
from matchmaker.jobs.queue import Queue


class EmbeddedConsumer(Consumer):  # type: ignore[misc]
    """A worker in a process whose signals belong to somebody else."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals alone."""


def start_embedded(queue: Queue) -> EmbeddedConsumer:
    """Start one worker thread and the clock in this process, and return at once. Call it after the fork."""
    consumer = EmbeddedConsumer(queue.huey, workers=1, worker_type="thread", max_delay=0.5)
    consumer.start()
    return consumer


@click.command()
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="How many processes."
)
def worker(workers: int) -> None:
    """Do the work behind the pages: plans, suggestions, prints and mail.

    Needed where MATCHMAKER_QUEUE_URL names Redis or PostgreSQL; run as many as you like, on any machine. Stop it
    with the TERM signal: what it is doing is finished first, and what is not finished is done by another.
    """
    installation = open_installation()
    consumer = installation.queue.huey.create_consumer(
        workers=workers, worker_type="process", max_delay=1.0, graceful_signal="TERM"
    )
    # A connection that two processes share answers one with what the other asked.
    installation.database.dispose()
    consumer.run()
