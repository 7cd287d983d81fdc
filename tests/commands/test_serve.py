"""What a process that answers pages does with what they leave behind."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from flask import Flask

from matchmaker.commands.serve import ANSWERS_BETWEEN, settle


class Row:
    """Something that points at itself, as rows and fields of a page point at each other."""

    def __init__(self) -> None:
        """Close the ring."""
        self.itself = self


@pytest.fixture
def left() -> list["weakref.ref[Row]"]:
    """Return what the page has left behind."""
    return []


@pytest.fixture
def app(left: list["weakref.ref[Row]"]) -> Iterator[Flask]:
    """Serve one page, and let the process be afterwards as it was before."""
    one_page = Flask("one page")

    @one_page.get("/")
    def page() -> str:
        left.append(weakref.ref(Row()))
        return "A page"

    usual = gc.get_threshold()
    settle(one_page)
    yield one_page
    gc.unfreeze()
    gc.set_threshold(*usual)


def test_what_a_page_leaves_is_looked_for_once_it_is_sent(app: Flask, left: list["weakref.ref[Row]"]) -> None:
    answer = app.test_client().get("/")
    assert left[0]() is not None

    answer.close()

    assert left[0]() is None


def test_what_outlived_an_answer_is_found_some_hundred_answers_later(app: Flask) -> None:
    client = app.test_client()
    outlived = weakref.ref(row := Row())
    gc.collect()
    del row

    client.get("/").close()
    assert outlived() is not None
    for _ in range(ANSWERS_BETWEEN):
        client.get("/").close()

    assert outlived() is None
