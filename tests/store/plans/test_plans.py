"""Plans as they are asked for on most pages."""

from sqlalchemy import event

from matchmaker.store.plans import plans
from matchmaker.store.session import Database


def test_the_published_plan_is_found_by_its_index_and_the_question_holds_its_state(sqlite: Database) -> None:
    asked: list[tuple[str, tuple[int, ...]]] = []
    event.listen(sqlite.engine, "before_cursor_execute", lambda *each: asked.append((each[2], each[3])))
    with sqlite.reading() as session:
        plans.published(session, 7)
        plans.published_id(session, 7)
        questions = [one for one in asked if one[0].startswith("SELECT")]
        ways = [
            row[3]
            for question, values in questions
            for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", values)
        ]
    assert [values for _, values in questions] == [(7,), (7,)]
    # Newer versions of SQLite say that the index has all that is asked for.
    assert [one.replace("COVERING ", "") for one in ways] == [
        "SEARCH plan USING INDEX uq_plan_published (event_id=?)"
    ] * 2
