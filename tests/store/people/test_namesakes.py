"""Namesakes at one event are told apart by organisation or job title; anybody else is named as they write it."""

from typing import Any

from matchmaker.store.people import comers, namesakes
from matchmaker.store.people.namesakes import AsTold
from matchmaker.store.people.registrations import RegistrationState
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
        assert namesakes.names_at(session, event.id, [bo, cy]) == {bo.id: "Bo Fry (Moor)", cy.id: "Cy Wood"}
