"""The directory as it is asked for on its pages."""

from sqlalchemy import event

from matchmaker.store.people import directory
from matchmaker.store.people.directory import Sought
from matchmaker.store.session import Database


def test_who_is_in_the_directory_is_found_in_its_own_index(sqlite: Database) -> None:
    asked: list[tuple[str, tuple[int, ...]]] = []
    event.listen(sqlite.engine, "before_cursor_execute", lambda *each: asked.append((each[2], each[3])))
    with sqlite.reading() as session:
        directory.count(session, 7, 8, Sought())
        directory.search(session, 7, 8, Sought())
        directory.organisations(session, 7, 8, 50)
        questions = [one for one in asked if one[0].startswith("SELECT")]
        ways = [
            [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", values)]
            for question, values in questions
        ]
    own = "SEARCH registration USING COVERING INDEX ix_registration_directory (event_id=? AND state=?)"
    assert [own in way for way in ways] == [True] * 3
