"""What is written to the log: where something went wrong, never what somebody wrote.

The words of an error may quote what it stumbled over, and that is personal data: PostgreSQL names the address that
is there already, Python the text that is no number. The log keeps the kind of error and every line of code it went
through; with those, and the reference that the reader was shown, it can be found.
"""

import logging
import re
import sys
import traceback
from types import TracebackType

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MOST_FRAMES = 40
_NO_HANDSHAKE = re.compile(r"Invalid request from ip=\S+: \[SSL")
"""What gunicorn says of a connection that never became one by https."""
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Write errors without their words, and requests without their addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; gunicorn would quote the address of the request, which may hold a code."""
        if record.name.startswith("gunicorn") and str(record.msg).startswith("Invalid request"):
            record.msg, record.args = "A request was not as requests are, and was refused", ()
        if record.name.startswith("gunicorn") and record.exc_info and record.args:
            record.msg, record.args = "A request failed", ()
        # Another formatter may have left its own text of the error on the record.
        record.exc_text = None
        written = super().format(record)
        record.exc_text = None
        return written

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - logging's name
        """Return the kinds of error and the lines of code of this one and of what caused it."""
        error, parts = ei[1], []
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__, limit=-MOST_FRAMES)
            lines = [f'  File "{one.filename}", line {one.lineno}, in {one.name}' for one in frames]
            parts.append("\n".join([*lines, f"{type(error).__module__}.{type(error).__qualname__}"]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nwhile handling this:\n".join(parts)


def write_log() -> None:
    """Write the log of this process to standard error, discreetly; of other people's code only what is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("matchmaker").setLevel(logging.INFO)
    be_discreet()


def be_discreet() -> None:
    """Let every log that this process writes by now, gunicorn's own too, be written discreetly."""
    for name in (None, "gunicorn.error", "gunicorn.access"):
        for handler in logging.getLogger(name).handlers:
            handler.setFormatter(DiscreetFormatter(FORMAT))
            handler.addFilter(is_news)


def is_news(record: logging.LogRecord) -> bool:
    """Whether a line is worth reading: not that a browser did not take our certificate, as each does not at first.

    In a hall that would be hundreds of lines, between which the codes to sign in are looked for.
    """
    return not (record.name.startswith("gunicorn") and _NO_HANDSHAKE.match(str(record.msg)))
