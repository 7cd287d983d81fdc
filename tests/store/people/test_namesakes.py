"""Namesakes at one event are told apart by organisation or job title; anybody else is named as they write it."""

from typing import Any

from matchmaker.store.people import comers, namesakes
from matchmaker.store.people.namesakes import AsTold
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.plans.plans import Meeting, Plan, Seat
from matchmaker.store.session import Database


def test_two_of_one_name_are_told_apart_at_the_event_to_which_both_come(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    ana = make.person("Ana Ray", organisation="Peat", job_title="Chemist")
    same = make.person("ANA RÁY", organisation="Peat", job_title="Diver")
    else_where = make.person("Ana Ray", organisation="Moor", job_title="Diver")
    nothing_said = make.person("Bo Fry", organisation="", job_title="")
    bo = make.person("Bo Fry", organisation="Moor")
    cy, gone = make.person("Cy Wood"), make.person("Cy Wood")
    for one in (ana, same, else_where, nothing_said, bo, cy):
        make.registration(event, one)
    make.registration(event, gone, state=RegistrationState.CANCELLED)
    for one in (ana, cy, gone):
        make.registration(other, one)
    with database.reading() as session:
        assert namesakes.told(session, event.id) == {
            ana.id: AsTold("Ana Ray (Chemist)", "Ana Ray (Chemist)"),
            same.id: AsTold("ANA RÁY (Peat, Diver)", "ANA RÁY (Peat, Diver)"),
            else_where.id: AsTold("Ana Ray (Moor)", "Ana Ray"),
            bo.id: AsTold("Bo Fry (Moor)", "Bo Fry"),
        }
        everybody = [one.id for one in (ana, same, else_where, nothing_said, bo, cy, gone)]
        assert namesakes.told(session, event.id, everybody) == namesakes.told(session, event.id)
        assert {*namesakes.told(session, event.id, [same.id, cy.id])} == {ana.id, same.id, else_where.id}
        assert namesakes.told(session, event.id, []) == {}
        assert {*namesakes.told(session, other.id)} == {cy.id, gone.id}
        known = comers.named(session, [bo.id, cy.id, gone.id], event.id)
        people = [known[one.id] for one in (bo, cy, gone)]
        assert [(one.name, one.beside, one.own_name) for one in people] == [
            ("Bo Fry (Moor)", "Bo Fry", "Bo Fry"),
            ("Cy Wood", "Cy Wood", "Cy Wood"),
            ("Cy Wood", "Cy Wood", "Cy Wood"),
        ]
        assert namesakes.names_at(session, event.id, {bo.id: bo.name, cy.id: cy.name}) == {
            bo.id: "Bo Fry (Moor)",
            cy.id: "Cy Wood",
        }


def test_attendees_see_apart_only_those_who_sit_in_the_plan_whoever_else_is_asked_or_says_no(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event()
    ana = make.person("Ana Ray", organisation="Peat")
    asked = make.person("Ana Ray", organisation="Moor")
    seated = make.person("Bo Fry", organisation="Peat")
    gone = make.person("Bo Fry", organisation="Moor")
    for one in (ana, asked, seated):
        make.registration(event, one)
    make.registration(event, gone, state=RegistrationState.DECLINED)
    plan, other = (seat(make, event, rounds) for rounds in ([(ana, seated), (ana, gone)], [(ana, asked)]))
    with database.reading() as session:
        assert namesakes.told_in_plan(session, plan, [ana, seated]) == {
            ana.id: AsTold("Ana Ray", "Ana Ray"),
            seated.id: AsTold("Bo Fry (Peat)", "Bo Fry"),
        }
        assert namesakes.told_in_plan(session, other, [ana]) == {ana.id: AsTold("Ana Ray (Peat)", "Ana Ray")}
        assert namesakes.told_in_plan(session, plan, []) == {}


def test_those_whom_no_word_tells_apart_have_numbers_which_stay_theirs_whoever_leaves(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    make.registration(other, make.person("Ben Cole", organisation="Peat"))
    gone, one, two, three = (make.person("Ben Cole", organisation="Peat") for _ in range(4))
    three.name = "BEN CÓLE"
    make.add(three)
    moor = make.person("Ben Cole", organisation="Moor")
    for person in (three, one, moor):
        make.registration(event, person)
    make.registration(event, gone, state=RegistrationState.DECLINED)
    make.registration(event, two)
    seated = seat(make, event, [(one, three), (two, gone)])
    numbered = {
        three.id: AsTold("BEN CÓLE (1)", "BEN CÓLE (1)"),
        one.id: AsTold("Ben Cole (2)", "Ben Cole (2)"),
        two.id: AsTold("Ben Cole (5)", "Ben Cole (5)"),
    }
    with database.reading() as session:
        known = namesakes.told(session, event.id)
        assert known == {**numbered, moor.id: AsTold("Ben Cole (Moor)", "Ben Cole")}
        assert namesakes.told(session, event.id, [two.id]) == known, "the same on a page about one of them"
        in_plan = namesakes.told_in_plan(session, seated, [one, two])
        assert in_plan == {who: numbered[who] for who in (one.id, two.id)}, "the same as on paper"
        assert namesakes.told(session, other.id) == {}
    with database.writing() as session:
        session.get_one(Person, one.id).job_title = "Analyst"
    with database.reading() as session:
        known = namesakes.told(session, event.id)
        assert known[one.id].alone == "Ben Cole (Analyst)"
        assert [known[who] for who in (three.id, two.id)] == [numbered[who] for who in (three.id, two.id)]
        assert [[who for who, *_ in some] for some in namesakes.alike_at(session, event.id)] == [
            [two.id, three.id]
        ]
    with database.writing() as session:
        session.get_one(Person, two.id).job_title = "Diver"
    with database.reading() as session:
        assert three.id not in namesakes.told(session, event.id), "nobody is left to be taken for them"
        assert namesakes.alike_at(session, event.id) == []


def seat(make: Any, event: Any, rounds: list[tuple[Person, ...]]) -> Plan:
    plan = Plan(event_id=event.id, version=make.count, problem={}, certificate={})
    make.add(plan)
    for number, people in enumerate(rounds, start=1):
        seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=number) for one in people]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=1, seats=seats))
        make.count += 1
    return plan


def test_words_that_differ_in_case_alone_are_one_word_of_one_person() -> None:
    people = [(1, "Ana Ray", "Peat", "PEAT"), (2, "Ana Ray", "Moor", "Diver")]
    assert namesakes.apart(people) == {1: "Peat", 2: "Moor"}
