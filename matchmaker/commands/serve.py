"""`matchmaker serve`: answer pages, with gunicorn; on the embedded queue also do the work behind them."""

import gc
import os
from itertools import count
from pathlib import Path
from typing import Any

import click
from flask import Flask, Response
from gunicorn.app.base import BaseApplication

from matchmaker.commands.beside import WorkerBeside
from matchmaker.commands.installation import Installation, open_installation
from matchmaker.commands.listen import find_free
from matchmaker.commands.log import be_discreet
from matchmaker.settings import DEFAULT_PUBLIC_URL, PROXIES, from_environment
from matchmaker.web.app import create_app

GARBAGE_AT_ONCE = 10_000
"""So many new things are made before Python looks for rings among them; it asks for 700 by itself."""
ANSWERS_BETWEEN = 500
"""After so many answers all that was made since the start is searched, which takes tens of milliseconds."""


def application() -> Flask:
    """Return the application for a WSGI server of one's own: `gunicorn 'matchmaker.commands.serve:application()'`."""
    installation = open_installation()
    app = create_app(installation.settings, installation.database, installation.queue)
    settle(app)
    return app


def settle(app: Flask) -> None:
    """Leave what is loaded for good out of every later search for garbage, and search after an answer is sent.

    Otherwise a page that reads thousands of rows has the whole of the application walked through while it is made.
    Every page leaves some hundred rows and fields behind that point at each other; without a search in between,
    each eighth reader or so waited for all of them to be found, which took longer than an empty page.
    """
    gc.collect()
    gc.freeze()
    # A page that makes a great many things at once searches those alone: each answer counts towards the last number.
    gc.set_threshold(GARBAGE_AT_ONCE, 10, 2 * ANSWERS_BETWEEN)
    answers = count(1)

    def tidy() -> None:
        gc.collect(2 if next(answers) % ANSWERS_BETWEEN == 0 else 1)

    @app.after_request
    def tidy_once_sent(response: Response) -> Response:
        response.call_on_close(tidy)
        return response


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, set up by us."""

    def __init__(
        self,
        bind: str,
        workers: int,
        threads: int,
        demo_personas: list[dict[str, str]],
        certificate: tuple[Path, Path] | None = None,
    ) -> None:
        """Listen on `bind` with `workers` processes of `threads` threads each; by https if there is a certificate."""
        self.choices: dict[str, Any] = {
            "bind": bind,
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "accesslog": None,
            "loglevel": "warning",
            "timeout": 120,
            # A search for many names goes into the address; gunicorn's own answer to a longer one is no page of ours.
            "limit_request_line": 8190,
        }
        if certificate is not None:
            self.choices |= {"certfile": str(certificate[0]), "keyfile": str(certificate[1])}
        self.demo_personas = demo_personas
        super().__init__()

    def load_config(self) -> None:
        """Hand our choices to gunicorn."""
        for name, value in self.choices.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application in a worker, after the fork, so that no connection is shared."""
        installation = open_installation()
        be_discreet()
        return self._application(installation)

    def _application(self, installation: Installation) -> Flask:
        app = create_app(installation.settings, installation.database, installation.queue)
        app.config["DEMO_PERSONAS"] = self.demo_personas
        settle(app)
        return app

    def run(self) -> None:
        """Answer pages until stopped, with a worker beside them if the settings ask for one."""
        if not from_environment().embedded_worker:
            super().run()
            return
        beside = WorkerBeside()
        beside.start()
        try:
            super().run()
        finally:
            beside.stop()


@click.command()
@click.option("--bind", default="127.0.0.1:5000", show_default=True, help="Where to listen, host:port.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes."
)
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True, help="Threads in each.")
def serve(bind: str, workers: int, threads: int) -> None:
    """Answer pages until stopped.

    With the embedded queue (the default) a process beside it does the work behind the pages; with Redis or
    PostgreSQL as the queue, run `matchmaker worker`.
    """
    find_free(bind, "matchmaker serve")
    installation = open_installation(bring_up_to_date=True)
    installation.database.dispose()
    public_url = links_lead_to(installation.settings.public_url, bind)
    # The processes that answer pages and send letters read their settings from here.
    os.environ["MATCHMAKER_PUBLIC_URL"] = public_url
    if installation.settings.proxy_forgotten:
        click.echo(PROXIES, err=True)
    click.echo(
        f"matchmaker answers at {public_url} (listening on {bind}). "
        "Type that address into a browser. Stop it with Ctrl+C."
    )
    if _elsewhere(public_url, bind):
        click.echo(
            f"Links lead to {public_url}, and you listen on {bind}: "
            f"write MATCHMAKER_PUBLIC_URL=http://{bind} into matchmaker.env."
        )
    Server(bind, workers, threads, []).run()


def links_lead_to(public_url: str, bind: str) -> str:
    """Return the address that links begin with: where nobody has chosen one, that which this computer listens on."""
    here = bind.rpartition(":")[0] in ("127.0.0.1", "localhost")
    return f"http://{bind}" if here and public_url == DEFAULT_PUBLIC_URL else public_url


def _elsewhere(public_url: str, bind: str) -> bool:
    """Whether an address of this computer alone is not the one that is listened on."""
    return public_url.startswith("http://127.0.0.1") and public_url != f"http://{bind}"


def serve_demo(bind: str, personas: list[dict[str, str]]) -> None:
    """Serve the demo event; its settings are in the environment."""
    from_environment()
    Server(bind, 1, 8, personas).run()
