"""Whether people in common count is the event's to say, for lists, refreshes and plans; rules hold either way."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.jobs.refresh import refresh
from matchmaker.jobs.suggest import suggest
from matchmaker.jobs.work import Work
from matchmaker.recognition.states import ContributionState
from matchmaker.services.plans import plan_versions, solve_plan
from matchmaker.settings import from_environment
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion

AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
"""A moment before every event of these tests."""


def kinds_between(database: Database, event: Any, one: Any, other: Any) -> set[str]:
    """Return the kinds of reasons with which one is suggested to the other."""
    with database.reading() as session:
        rows = session.scalars(
            select(Suggestion).where(
                Suggestion.event_id == event.id,
                Suggestion.person_id == one.id,
                Suggestion.other_id == other.id,
            )
        ).all()
        return {str(reason["kind"]) for row in rows for reason in row.reasons}


@pytest.mark.parametrize("counts", [True, False])
def test_people_in_common_count_in_lists_refreshes_and_plans_only_where_the_event_says_so(
    database: Database, maker: Any, counts: bool
) -> None:
    make = maker(database)
    event = make.event(rounds=1, tables=3, count_acquaintances=counts)
    noise = make.event(rounds=1, tables=3, count_acquaintances=not counts)
    ann, ben, cat = (make.person(name) for name in ("Ann", "Ben", "Cat"))
    thanked = [make.contribution(one, make.dataset(name)) for one, name in ((ann, "Peat"), (ben, "Air"))]
    for here in (event, noise):
        for person in (ann, ben, cat):
            make.registration(here, person)
    for checked in (make.dataset("Bogs"), make.dataset("Fens")):
        for person in (ann, ben):
            make.contribution(person, checked, "checked", state=ContributionState.CLAIMED)
    for work in thanked:
        make.endorsement(event, cat, work)
    suggest(Work(database, from_environment({}), 0, event.id, None, {}))
    told = {"dataset", "acquaintance"} if counts else {"dataset"}
    assert kinds_between(database, event, ann, ben) == told
    assert kinds_between(database, event, cat, ann) == set(), "who thanked somebody is not suggested to them"
    refresh(Work(database, from_environment({}), 0, event.id, None, {"people": [ann.id]}))
    assert kinds_between(database, event, ann, ben) == told
    scores = {}
    for here in (event, noise):
        with database.reading() as session:
            inputs = plan_versions.load(session, here.id, AT)
        scores[here.id] = max(score for _, _, score in solve_plan.solve(inputs).problem.pairs)
    assert (scores[event.id] > scores[noise.id]) == counts


def test_who_know_each_other_are_left_out_though_people_in_common_do_not_count(
    sqlite: Database, make: Any
) -> None:
    event = make.event(count_acquaintances=False)
    ann, ben, cat = (
        make.registration(event, make.person(name), bio=f"{name} of bogs").person
        for name in ("Ann", "Ben", "Cat")
    )
    for checked in (make.dataset("Bogs"), make.dataset("Fens")):
        for person in (ann, ben, cat):
            make.contribution(person, checked, "checked", state=ContributionState.CLAIMED)
    make.answer(event, ann, ben, AnswerKind.KNOW)
    suggest(Work(sqlite, from_environment({}), 0, event.id, None, {}))
    assert kinds_between(sqlite, event, ann, ben) == set()
    assert kinds_between(sqlite, event, ann, cat) == {"dataset"}
