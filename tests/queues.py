"""What a test has put on a queue, which outlives it: Redis and files know nothing of tests."""

from matchmaker.jobs.queue import Queue


def forget(queue: Queue) -> None:
    """Forget what is queued, and close the storage."""
    for one in (queue.huey, queue.post):
        one.flush()
    queue.close()
