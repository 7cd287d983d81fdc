"""What a request writes is kept if its answer says that it went well, and else not."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.store.people.people import Person
from matchmaker.store.session import Database
from matchmaker.web import transaction


@pytest.fixture
def writing(app: Flask) -> Any:
    """Give the application a page that writes a person and then answers as it is told, and return a client."""
    app.config["WTF_CSRF_ENABLED"] = False

    def write(status: int, keep: int) -> tuple[str, int]:
        opened = transaction.session()
        opened.add(Person(name=f"Written before {status}"))
        opened.flush()
        if keep:
            transaction.keep_even_if_refused()
        return "words", status

    app.add_url_rule("/write/<int:status>/<int:keep>", view_func=write, methods=["POST"])
    return app.test_client()


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Person.name)))


@pytest.mark.parametrize("status", [200, 201, 204, 302, 303])
def test_what_a_request_wrote_is_kept_when_its_answer_is_good(
    writing: Any, sqlite: Database, status: int
) -> None:
    answered = writing.post(f"/write/{status}/0").status_code
    assert answered == (303 if status == 302 else status), "a form leads on to a page, never back to itself"
    assert names(sqlite) == [f"Written before {status}"]


@pytest.mark.parametrize("status", [400, 403, 404, 409, 410, 413, 422, 429, 499, 500, 503])
def test_what_a_request_wrote_goes_when_its_answer_is_an_error(
    writing: Any, sqlite: Database, status: int
) -> None:
    assert writing.post(f"/write/{status}/0").status_code == status
    assert names(sqlite) == []


def test_an_attempt_counts_even_if_it_is_refused(writing: Any, sqlite: Database) -> None:
    writing.post("/write/429/1")
    assert names(sqlite) == ["Written before 429"]
