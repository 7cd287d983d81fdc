"""Questions about people that every label asks."""

from typing import Any

from sqlalchemy import text

from matchmaker.store.people import people
from matchmaker.store.session import Database


def test_whoever_hides_their_name_is_found_without_going_through_everybody(
    make: Any, sqlite: Database
) -> None:
    make.person("Ada")
    hidden = make.person("Ben", organisation="Sea Office", show_name=False)
    asked = "EXPLAIN QUERY PLAN SELECT name, organisation FROM person WHERE person.show_name = 0"
    with sqlite.reading() as session:
        assert people.unnamed(session) == [(hidden.name, "Sea Office")]
        (how,) = session.execute(text(asked)).all()
    assert "ix_person_unnamed" in how.detail
