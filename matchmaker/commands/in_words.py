"""What a command says when something goes wrong that it did not foresee: what it was, and what to do.

Python would write the words of the error, which may quote what somebody wrote: PostgreSQL names the address that is
there already. Those are left out, here as in the log.
"""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from matchmaker.commands.log import DiscreetFormatter
from matchmaker.settings import SettingsError

NO_DATABASE = (
    "The database cannot be used: it does not answer, has no room, or is none. `matchmaker doctor` says more."
)
UNFORESEEN = (
    "Something went wrong on our side. The lines above say where, and hold nothing that people wrote."
)


@contextmanager
def in_words() -> Iterator[None]:
    """End the block with one sentence, whatever goes wrong in it."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        if error.errno == errno.EPIPE or error.strerror is None:
            raise
        where = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(f"{where}{error.strerror}.") from error
    except Exception as error:
        if _is_no_database(error):
            raise click.ClickException(NO_DATABASE) from error
        trace = DiscreetFormatter().formatException((type(error), error, error.__traceback__))
        click.echo(trace, err=True)
        raise click.ClickException(UNFORESEEN) from error


def _is_no_database(error: Exception) -> bool:
    """Ask the store, but only where it is loaded already: reading a file or planning needs no database."""
    store = sys.modules.get("matchmaker.store.session")
    return store is not None and bool(store.cannot_be_used(error))
