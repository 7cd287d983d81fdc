"""Where a command listens for pages: checked before anything is made, and in words."""

import errno
import socket

import click

HIGHEST_PORT = 65_535


def find_free(bind: str, command: str) -> None:
    """Refuse an address at which nothing can listen, or something else does. `command` is what to type instead.

    Raises ClickException. The file of a socket is left to the server.
    """
    if bind.startswith("unix:"):
        return
    host, _, port = bind.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) <= HIGHEST_PORT:
        raise click.ClickException(
            f"{bind} is not an address to listen on. Write a host and a port up to {HIGHEST_PORT:,}, "
            f"such as `{command} --bind 127.0.0.1:5001`; 0.0.0.0 as the host is every network of this computer."
        )
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, int(port)))
        except OSError as error:
            taken = "another program does" if error.errno == errno.EADDRINUSE else error.strerror
            raise click.ClickException(
                f"Nothing can listen on {bind}: {taken}. Try `{command} --bind 127.0.0.1:5001`."
            ) from error
