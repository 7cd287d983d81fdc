"""Answering a form a second time where another transaction was first.

A form's transaction takes SQLite's one write lock as late as its first write, and PostgreSQL may stop one of two
transactions that wait for each other. Either way nothing was kept, and the whole request is answered again from the
start, from a copy of what was sent, so that no part of the first try is left over: no flash, no cookie, no row.
So is a form that met a row which somebody else made, or took away, after it had looked: two who press at the same
moment, of whom the second then reads what the first has done.
"""

import shutil
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import request
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import get_input_stream

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

READING = frozenset({"GET", "HEAD", "OPTIONS"})
TRIES = 3
IN_MEMORY = 512 * 1024
"""Bytes of a request that are held in memory; a larger one is copied to a file without a name."""

_TRY, _AGAIN = "matchmaker.try", "matchmaker.again"


class SecondTry:
    """WSGI middleware that answers a request again if its handler said so."""

    def __init__(self, app: Application, most_bytes: int) -> None:
        """Wrap `app`; bodies of more than `most_bytes` are refused by it, and not copied."""
        self.app, self.most_bytes = app, most_bytes

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer the request, up to three times."""
        if environ["REQUEST_METHOD"] in READING:
            return self.app(environ, start_response)
        copy = self._copy(environ)
        if copy is None:
            return self.app({**environ, _TRY: TRIES - 1}, start_response)
        with copy:
            return self._answer(environ, copy, start_response)

    def _answer(
        self, environ: Environ, copy: IO[bytes], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        size = str(copy.tell())
        for number in range(TRIES):
            copy.seek(0)
            tried = {**environ, "wsgi.input": copy, "CONTENT_LENGTH": size, _TRY: number}
            started: list[Any] = []
            answer = self.app(tried, lambda *words, into=started: into.append(words))
            if not tried.get(_AGAIN):
                break
            getattr(answer, "close", lambda: None)()
        start_response(*started[-1])
        return answer

    def _copy(self, environ: Environ) -> IO[bytes] | None:
        copy: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed with the answer
        try:
            shutil.copyfileobj(get_input_stream(environ, max_content_length=self.most_bytes), copy)
        except HTTPException:
            copy.close()
            return None
        return copy


def is_first() -> bool:
    """Whether this is the first try of the request."""
    return int(request.environ.get(_TRY, 0)) == 0


def ask_again() -> bool:
    """Have the request answered again from the start; False if it was tried often enough."""
    if request.method in READING or int(request.environ.get(_TRY, TRIES)) >= TRIES - 1:
        return False
    request.environ[_AGAIN] = True
    return True
