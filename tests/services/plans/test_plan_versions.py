"""Planning an event: from its rows to a kept plan, and to the published one."""

from collections import Counter
from datetime import UTC, date, datetime, time
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.parts import Meet
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.services.plans import plan_sheets, plan_versions, plan_warnings, review_plan, solve_plan
from matchmaker.services.plans.passed_check import has_passed
from matchmaker.services.plans.review_plan import review
from matchmaker.store.event import events
from matchmaker.store.event.events import Event, HallTable
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.plans.sittings import sittings
from matchmaker.store.suggestions.answers import AnswerKind

AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
"""A moment before every event of these tests."""


def plan_of(database: Any, event: Any) -> Plan:
    with database.reading() as session:
        inputs = plan_versions.load(session, event.id, AT)
    solved = solve_plan.solve(inputs)
    with database.writing() as session:
        return plan_versions.save(session, event.id, solved, None)


def problem_of(database: Any, event: Any) -> Problem:
    with database.reading() as session:
        return plan_versions.load(session, event.id, AT).hall.problem(())


def pairs_of(database: Any, event: Any) -> set[tuple[int, int]]:
    with database.reading() as session:
        plan = plans.latest(session, event.id)
        assert plan is not None
        people = [[seat.person_id for seat in meeting.seats] for meeting in plan.meetings]
    return {pair for here in people for pair in combinations(sorted(here), 2)}


def test_a_hall_where_most_profiles_are_empty_still_meets(database: Any, maker: Any) -> None:
    make = maker(database)
    event = make.event(rounds=4, tables=10)
    for number in range(20):
        words = {"bio": "River levels and flood warnings", "needs": "Help with tide gauges"}
        make.registration(event, **(words if number % 5 < 2 else {}))
    make.registration(make.event(rounds=4, tables=10))
    plan = plan_of(database, event)
    with database.reading() as session:
        kept = plans.by_public_id(session, event.id, plan.public_id)
        assert kept is not None
        seen = review(session, events.by_public_id(session, event.public_id), kept)  # type: ignore[arg-type]
        assert seen.faults == ()
        assert (seen.fewest, seen.most, seen.sit_outs) == (4, 4, 0)
        assert len(seen.meetings) == 40


def test_easy_conversations_come_in_earlier_rounds_than_bridges(sqlite: Any, make: Any) -> None:
    event = make.event(rounds=4, tables=6)
    for number in range(12):
        words = ("tide gauges and flood warnings", "peat bogs and carbon", "honey bees and orchards")
        make.registration(
            event, bio=f"{words[number % 3]}, and {words[number // 4]}", needs=words[number % 2]
        )
    plan_of(sqlite, event)
    with sqlite.reading() as session:
        plan = plans.latest(session, event.id)
        assert plan is not None
        total = Counter[int]()
        for meeting in plan.meetings:
            total[meeting.round_number] += round(meeting.score * 1000)
    by_round = [total[number] for number in range(1, 5)]
    assert by_round == sorted(by_round, reverse=True)
    assert by_round[0] > by_round[-1]


def test_every_rule_about_pairs_reaches_the_planner(sqlite: Any, make: Any) -> None:
    event, other = make.event(rounds=2, tables=5), make.event(rounds=2, tables=5)
    a, b, c, d = (make.registration(event, person=make.person(organisation="")).person for _ in range(4))
    make.add(
        Exclusion(event_id=event.id, a_id=a.id, b_id=b.id), Exclusion(event_id=other.id, a_id=a.id, b_id=c.id)
    )
    make.answer(event, c, a, AnswerKind.NOT_FOR_ME)
    make.answer(other, d, b, AnswerKind.NOT_FOR_ME)
    make.answer(other, d, a, AnswerKind.BLOCK)
    for one, about in ((b, c), (c, b), (c, d)):
        make.answer(event, one, about, AnswerKind.MEET)
    problem = problem_of(sqlite, event)
    ids = {one.id: str(one.id) for one in (a, b, c, d)}
    assert set(problem.forbidden) == {(ids[a.id], ids[x.id]) for x in (b, c, d)}
    assert problem.wanted == ((ids[b.id], ids[c.id]),)


def of_one_group(problem: Problem, meet: Meet) -> set[tuple[str, str]]:
    """The pairs of one team or organisation who meet that often."""
    pairs = combinations(sorted((one.id for one in problem.people), key=int), 2)
    return {pair for pair in pairs if problem.kin_meet(*pair) is meet}


def test_a_team_never_meets_and_an_organisation_only_if_the_event_allows_it(sqlite: Any, make: Any) -> None:
    for rule, expected in (("never", 3), ("allowed", 1)):
        event = make.event(rounds=1, tables=5, same_organisation=rule)
        for team in ("Maps", " maps ", "Soil"):
            make.registration(event, person=make.person(organisation="Natural England"), team=team)
        make.registration(event, person=make.person(organisation="Met Office"))
        assert len(of_one_group(problem_of(sqlite, event), Meet.NEVER)) == expected


def test_an_organisation_rather_meets_others_and_the_plan_says_for_whom_that_gave_way(
    sqlite: Any, make: Any
) -> None:
    event = make.event(rounds=2, tables=5, same_organisation="rarely")
    ada, bob = (
        make.registration(event, person=make.person(name, organisation="Met")) for name in ("Ada", "Bob")
    )
    cleo = make.registration(event, person=make.person("Cleo", organisation="EA"), team="Tides")
    dan = make.registration(event, person=make.person("Dan", organisation="EA"), team="Tides")
    plan = plan_of(sqlite, event)
    problem = problem_of(sqlite, event)
    assert of_one_group(problem, Meet.RATHER_NOT) == {(str(ada.person_id), str(bob.person_id))}
    assert of_one_group(problem, Meet.NEVER) == {(str(cleo.person_id), str(dan.person_id))}
    assert told_of(sqlite, event, plan) == []
    with sqlite.writing() as session:
        for one in (cleo, dan):
            session.get_one(Registration, one.id).presence = Presence.ABSENT
    assert told_of(sqlite, event, plan_of(sqlite, event)) == ["Ada and Bob are of one organisation and meet."]


def test_everybody_rather_meets_so_many_from_the_other_side_and_who_does_not_is_named(
    database: Any, maker: Any
) -> None:
    make = maker(database)
    event = make.event(rounds=2, tables=5, mixing_least=2)
    for name in ("Ada", "Bob", "Cleo"):
        make.registration(event, person=make.person(name), pool="outside", bio="River levels")
    for name in ("Dan", "Eve", "Finn"):
        make.registration(event, person=make.person(name), pool="inside", bio="River levels and tides")
    make.registration(make.event(rounds=2, tables=5), pool="outside")
    problem = problem_of(database, event)
    assert problem.mixing is not None
    assert problem.mixing.least == 2
    assert [one.pool for one in problem.people] == ["outside"] * 3 + ["inside"] * 3
    assert told_of(database, event, plan_of(database, event)) == []
    with database.writing() as session:
        for row in session.scalars(select(Registration).where(Registration.pool == "inside")).all()[:2]:
            row.leaves = event.rounds[0].ends_at.time()
    # One inside is left in the second round, so one of three outside meets two: the planner chooses which.
    told = told_of(database, event, plan_of(database, event))
    assert len(told) == 2
    assert set(told) < {
        f"{name} meets 1 of 2 people from the other side, inside or outside."
        for name in ("Ada", "Bob", "Cleo")
    }


def told_of(database: Any, event: Any, plan: Plan) -> list[str]:
    with database.reading() as session:
        kept = plans.by_public_id(session, event.id, plan.public_id)
        assert kept is not None
        seen = review(session, session.get_one(Event, event.id), kept)
        assert seen.faults == ()
        return seen.gave_way


def add_plan(make: Any, event: Event, state: PlanState, *pairs: tuple[Any, Any]) -> None:
    draft = state is PlanState.DRAFT
    plan = Plan(event_id=event.id, version=2 if draft else 1, state=state, problem={}, certificate={})
    plan.published_at = None if draft else AT
    make.add(plan)
    for table, pair in enumerate(pairs, start=1):
        meeting = Meeting(plan_id=plan.id, round_number=1, table_number=table)
        make.add(meeting)
        for one in pair:
            make.add(Seat(meeting_id=meeting.id, plan_id=plan.id, round_number=1, person_id=one.id))


def test_who_met_at_an_earlier_event_rather_meets_others(database: Any, maker: Any) -> None:
    make = maker(database)
    before = make.event(rounds=1, tables=5, held_on=date(2027, 2, 1))
    people = [make.person(name) for name in ("Ada", "Bob", "Cleo", "Dan", "Eve", "Finn")]
    ada, bob, cleo, dan, eve, finn = people
    rows = {one.id: make.registration(before, person=one) for one in people}
    event = make.event(rounds=1, tables=5, held_on=date(2027, 3, 11))
    after = make.event(rounds=1, tables=5, held_on=date(2027, 4, 1))
    add_plan(make, before, PlanState.PUBLISHED, (bob, ada), (cleo, dan), (eve, finn))
    add_plan(make, before, PlanState.DRAFT, (ada, eve))
    add_plan(make, after, PlanState.PUBLISHED, (ada, cleo))
    for one in (ada, bob, cleo, dan, eve):
        make.registration(event, person=one)
    with database.writing() as session:
        session.get_one(Registration, rows[dan.id].id).presence = Presence.ABSENT
    assert problem_of(database, event).met_before == ((str(ada.id), str(bob.id)),)


def test_teams_of_one_name_are_one_team_only_within_an_organisation(sqlite: Any, make: Any) -> None:
    event = make.event(rounds=1, tables=5, same_organisation="allowed")
    cefas, nowhere, cefas_too, woods = (
        make.registration(event, person=make.person(organisation=organisation), team="Data").person
        for organisation in ("Cefas", "", "CEFAS", "Forest Research")
    )
    assert of_one_group(problem_of(sqlite, event), Meet.NEVER) == {
        (str(cefas.id), str(nowhere.id)),
        (str(cefas.id), str(cefas_too.id)),
        (str(nowhere.id), str(cefas_too.id)),
        (str(nowhere.id), str(woods.id)),
    }


def test_two_of_one_organisation_who_both_asked_to_meet_may_but_two_of_one_team_may_not(
    sqlite: Any, make: Any
) -> None:
    event = make.event(rounds=1, tables=5, same_organisation="never")
    a, b, c = (
        make.registration(event, person=make.person(organisation="Cefas"), team=team).person
        for team in ("Fish", "Fish", "Sea")
    )
    for one, other in ((a, b), (a, c)):
        make.answer(event, one, other)
        make.answer(event, other, one)
    problem = problem_of(sqlite, event)
    assert problem.wanted == ((str(a.id), str(c.id)),)
    assert of_one_group(problem, Meet.NEVER) == {(str(a.id), str(b.id)), (str(b.id), str(c.id))}


def test_somebody_is_there_for_the_rounds_between_arriving_and_leaving(sqlite: Any, make: Any) -> None:
    event = make.event(rounds=4, tables=5)  # 10:00, 10:30, 11:00 and 11:30, twenty minutes each
    exact = make.registration(event, arrives=time(10, 30), leaves=time(11, 20))
    late = make.registration(event, arrives=time(10, 31))
    never = make.registration(event, leaves=time(10, 19))
    whole = make.registration(event)
    make.registration(event, presence=Presence.ABSENT)
    make.registration(event, state=RegistrationState.CANCELLED)
    with sqlite.reading() as session:
        there = plan_versions.load(session, event.id, AT).hall.there
    expected = {exact: {2, 3}, late: {3, 4}, never: set(), whole: {1, 2, 3, 4}}
    assert there == {row.person_id: frozenset(rounds) for row, rounds in expected.items()}


def test_hours_are_those_of_the_event_also_when_clocks_differ_from_utc(sqlite: Any, make: Any) -> None:
    event = make.event(rounds=2, tables=5, zone="Europe/Paris")  # 10:00 UTC is 11:00 there
    make.registration(event, arrives=time(11, 15))
    with sqlite.reading() as session:
        assert list(plan_versions.load(session, event.id, AT).hall.there.values()) == [frozenset({2})]


def test_tables_keep_the_numbers_of_the_hall(sqlite: Any, make: Any) -> None:
    event = make.event(rounds=2)
    make.add(*(HallTable(event_id=event.id, number=n, step_free=n == 7) for n in (3, 7)))
    people = [make.registration(event, step_free=True), make.registration(event, fixed_table=3)]
    people += make.registrations(event, 2)
    plan = plan_of(sqlite, event)
    with sqlite.reading() as session:
        kept = plans.by_public_id(session, event.id, plan.public_id)
        assert kept is not None
        assert {meeting.table_number for meeting in kept.meetings} == {3, 7}
        seen = review(session, events.by_public_id(session, event.public_id), kept)  # type: ignore[arg-type]
        assert seen.faults == ()
        assert {place.table for place in seen.day(people[0].person_id)} <= {7, None}
        assert {place.table for place in seen.day(people[1].person_id)} <= {3, None}


@pytest.mark.parametrize(
    ("rounds", "tables", "people", "words"),
    [
        (0, 3, 4, "no rounds"),
        (3, 0, 4, "no tables"),
        (3, 3, 0, "Nobody is coming"),
        (3, 3, 1, "needs two people"),
    ],
)
def test_what_an_event_lacks_is_said(
    sqlite: Any, make: Any, rounds: int, tables: int, people: int, words: str
) -> None:
    event = make.event(rounds=rounds, tables=tables)
    for _ in range(people):
        make.registration(event)
    with sqlite.reading() as session:
        inputs = plan_versions.load(session, event.id, AT)
    with pytest.raises(solve_plan.NothingToPlan, match=words):
        solve_plan.solve(inputs)


def test_three_meet_only_if_they_agreed(sqlite: Any, make: Any) -> None:
    event = make.event(rounds=1, tables=5)
    for _ in range(3):
        make.registration(event, trio_ok=True)
    plan_of(sqlite, event)
    assert len(pairs_of(sqlite, event)) == 3


def test_publishing_supersedes_and_two_organisers_cannot_both_win(database: Any, maker: Any) -> None:
    make = maker(database)
    event = make.event(rounds=2, tables=5)
    for _ in range(4):
        make.registration(event)
    first, second, third = (plan_of(database, event) for _ in range(3))
    at = datetime(2027, 3, 1, 9, tzinfo=UTC)

    def publish(plan: Plan, instead_of: str) -> Plan | None:
        with database.writing() as session:
            kept = plans.by_public_id(session, event.id, plan.public_id)
            assert kept is not None
            return plan_versions.publish(session, kept, instead_of, "1", at)

    assert publish(first, "") is None
    with pytest.raises(plan_versions.PublishedMeanwhile):
        publish(second, "")
    before = publish(second, first.public_id)
    assert before is not None
    assert before.public_id == first.public_id
    with pytest.raises(plan_versions.PublishedMeanwhile):
        publish(third, first.public_id)
    for shown in (first, second):
        with pytest.raises(plan_versions.PublishedAlready):
            publish(second, shown.public_id)
    with database.reading() as session:
        states = Counter(plan.state for plan in plans.versions(session, event.id))
    assert states == {PlanState.DRAFT: 1, PlanState.PUBLISHED: 1, PlanState.SUPERSEDED: 1}


def test_a_plan_that_lost_somebody_to_erasure_still_passes_its_check(sqlite: Any, make: Any) -> None:
    event = make.event(rounds=3, tables=5)
    people = make.registrations(event, 6)
    plan = plan_of(sqlite, event)
    lost = sum(people[0].person_id in pair for pair in pairs_of(sqlite, event))
    with sqlite.writing() as session:
        session.delete(session.get_one(type(people[0].person), people[0].person_id))
    with sqlite.reading() as session:
        kept = plans.by_public_id(session, event.id, plan.public_id)
        assert kept is not None
        seen = review(session, events.by_public_id(session, event.public_id), kept)  # type: ignore[arg-type]
        assert seen.faults == ()
        assert people[0].person_id not in seen.people
        assert sum(place.off for one in people[1:] for place in seen.day(one.person_id)) == lost > 0


def test_a_plan_that_was_tampered_with_is_found_out(sqlite: Any, make: Any) -> None:
    event = make.event(rounds=2, tables=5)
    for _ in range(4):
        make.registration(event)
    plan = plan_of(sqlite, event)
    with sqlite.writing() as session:
        kept = plans.by_public_id(session, event.id, plan.public_id)
        assert kept is not None
        kept.meetings[0].table_number = 99
    with sqlite.reading() as session:
        kept = plans.by_public_id(session, event.id, plan.public_id)
        assert kept is not None
        seen = review(session, events.by_public_id(session, event.public_id), kept)  # type: ignore[arg-type]
        assert seen.faults


def _table(plan: Plan) -> None:
    plan.meetings[0].table_number = 99


def _score(plan: Plan) -> None:
    plan.meetings[0].score += 0.5


def _person(plan: Plan) -> None:
    del plan.meetings[0].seats[0]


def _removed(plan: Plan) -> None:
    del plan.meetings[0]


def _problem(plan: Plan) -> None:
    together = [str(seat.person_id) for seat in plan.meetings[0].seats]
    plan.problem = {**plan.problem, "forbidden": [together]}


def _certificate(plan: Plan) -> None:
    plan.certificate = {**plan.certificate, "total": 99.0}


def _rounds(plan: Plan) -> None:
    plan.rounds = [number + 1 for number in plan.rounds]


def _tables(plan: Plan) -> None:
    plan.tables = [number + 1 for number in plan.tables]


@pytest.mark.parametrize(
    "change", [_table, _score, _person, _removed, _problem, _certificate, _rounds, _tables]
)
def test_whatever_changes_in_a_kept_plan_it_is_checked_again(change: Any, sqlite: Any, make: Any) -> None:
    event = make.event(rounds=2, tables=5)
    for _ in range(4):
        make.registration(event)
    plan = plan_of(sqlite, event)
    with sqlite.writing() as session:
        kept = plans.by_public_id(session, event.id, plan.public_id)
        assert kept is not None
        assert has_passed(kept, sittings(session, kept.id), ())
        change(kept)
    with sqlite.reading() as session:
        kept = plans.by_public_id(session, event.id, plan.public_id)
        assert kept is not None
        assert not has_passed(kept, sittings(session, kept.id), ())
        seen = review(session, events.by_public_id(session, event.public_id), kept)  # type: ignore[arg-type]
        assert seen.faults


def test_a_plan_that_has_passed_is_not_checked_again_to_be_shown(
    sqlite: Any, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make.event(rounds=2, tables=5)
    gone, *_ = make.registrations(event, 4)
    plan = plan_of(sqlite, event)
    checked = []

    def count(*asked: Any) -> Any:
        checked.append(plan.public_id)
        return check(*asked)

    monkeypatch.setattr(review_plan, "check", count)

    def look() -> tuple[int, tuple[str, ...]]:
        with sqlite.reading() as session:
            kept = plans.by_public_id(session, event.id, plan.public_id)
            assert kept is not None
            faults = review(session, session.get_one(Event, event.id), kept).faults
        return len(checked), faults

    assert look() == (0, ())
    with sqlite.writing() as session:
        session.delete(session.get_one(Person, gone.person_id))
    assert look() == (1, ())


def test_reviewing_asks_the_database_equally_often_for_few_people_and_for_many(
    sqlite: Any, make: Any, queries: Any
) -> None:
    sent = []
    for people in (2, 12):
        event = make.event(rounds=2, tables=6)
        for _ in range(people):
            make.registration(event)
        plan = plan_of(sqlite, event)
        with sqlite.reading() as session, queries() as asked:
            found = session.get_one(Event, event.id)
            kept = plans.by_public_id(session, event.id, plan.public_id)
            assert kept is not None
            seen = review(session, found, kept)
            plan_warnings.plan_warnings(seen)
            for key in plan_sheets.KEYS:
                plan_sheets.sheet(
                    key, seen, plan_sheets.replaced(session, seen, key), datetime(2027, 3, 1, tzinfo=UTC)
                )
        sent.append(len(asked))
    assert sent[0] == sent[1]
