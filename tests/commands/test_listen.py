"""An address at which nothing can listen is refused in words, before anything is made."""

import socket

import click
import pytest

from matchmaker.commands.listen import find_free


@pytest.mark.parametrize(
    "bind", ["127.0.0.1:99999", ":5399", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "[::1]:x", "5000"]
)
def test_what_is_no_address_is_refused_with_what_to_type(bind: str) -> None:
    with pytest.raises(click.ClickException) as refused:
        find_free(bind, "matchmaker serve")
    assert refused.value.message.startswith(f"{bind} is not an address to listen on.")
    assert "such as `matchmaker serve --bind 127.0.0.1:5001`" in refused.value.message


def test_an_address_that_another_program_has_is_refused_and_a_free_one_is_not() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        bind = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(click.ClickException, match=f"Nothing can listen on {bind}: another program does"):
            find_free(bind, "matchmaker demo")
    find_free(bind, "matchmaker demo")
    find_free("unix:/run/matchmaker.sock", "matchmaker serve")


def test_an_address_of_no_network_of_this_computer_is_refused_with_the_reason() -> None:
    with pytest.raises(click.ClickException) as refused:
        find_free("192.0.2.1:5001", "matchmaker serve")
    assert refused.value.message.startswith(
        "Nothing can listen on 192.0.2.1:5001: Cannot assign requested address."
    )
