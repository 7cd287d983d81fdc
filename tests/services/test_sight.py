"""Whom a person may see: themselves, and whoever shares an event with them, with no block either way."""

from typing import Any

import pytest

from matchmaker.services.sight import colleagues, has_colleagues, in_sight, may_see
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind

AWAY = [state for state in RegistrationState if state not in COMING]


@pytest.fixture
def make(database: Database, maker: Any) -> Any:
    """Make rows in the test's database, with noise: people at another event who answer about each other."""
    make = maker(database)
    other = make.event("Elsewhere")
    one, two = (make.registration(other).person for _ in range(2))
    make.answer(other, one, two, AnswerKind.BLOCK)
    return make


def sees(database: Database, viewer: Person, person: Person) -> bool:
    """Say whether they see each other, and that it holds both ways."""
    with database.reading() as session:
        there, back = may_see(session, viewer, person), may_see(session, person, viewer)
    assert there is back
    return there


def test_everybody_sees_themselves(database: Database, make: Any) -> None:
    hermit = make.person()
    assert sees(database, hermit, hermit)


def test_strangers_do_not_see_each_other(database: Database, make: Any) -> None:
    assert not sees(database, make.person(), make.person())


@pytest.mark.parametrize("mine", COMING)
@pytest.mark.parametrize("theirs", COMING)
def test_people_coming_to_one_event_see_each_other(
    database: Database, make: Any, mine: RegistrationState, theirs: RegistrationState
) -> None:
    event = make.event()
    me, them = (make.registration(event, state=state).person for state in (mine, theirs))
    assert sees(database, me, them)


@pytest.mark.parametrize("state", AWAY)
def test_somebody_who_is_not_coming_is_not_there(
    database: Database, make: Any, state: RegistrationState
) -> None:
    event = make.event()
    me, them = make.registration(event).person, make.registration(event, state=state).person
    assert not sees(database, me, them)


def test_organisers_see_who_comes_and_each_other(database: Database, make: Any) -> None:
    event = make.event()
    first, second, guest = make.organiser(event), make.organiser(event), make.registration(event).person
    assert sees(database, first, second)
    assert sees(database, first, guest)


def test_people_at_different_events_do_not_see_each_other(database: Database, make: Any) -> None:
    me, them = make.registration(make.event()).person, make.registration(make.event()).person
    assert not sees(database, me, them)


@pytest.mark.parametrize("kind", AnswerKind)
@pytest.mark.parametrize("i_said_it", [True, False])
def test_only_a_block_hides_and_it_hides_both_at_every_event(
    database: Database, make: Any, kind: AnswerKind, i_said_it: bool
) -> None:
    here, there = make.event(), make.event()
    me, them = make.person(), make.person()
    for event in (here, there):
        make.registration(event, me)
        make.registration(event, them)
    make.answer(there, *((me, them) if i_said_it else (them, me)), kind)
    assert sees(database, me, them) is (kind is not AnswerKind.BLOCK)


def test_of_many_only_those_in_sight_are_returned(database: Database, make: Any) -> None:
    event = make.event()
    me, near, blocked = (make.registration(event).person for _ in range(3))
    far = make.person()
    make.answer(event, blocked, me, AnswerKind.BLOCK)
    with database.reading() as session:
        assert in_sight(session, me, [me.id, near.id, blocked.id, far.id]) == {me.id, near.id}
        assert in_sight(session, me, [near.id]) == {near.id}
        assert in_sight(session, me, []) == set()


def test_colleagues_are_found_by_three_letters_of_who_comes_too_and_shows_their_name(
    database: Database, make: Any
) -> None:
    event = make.event()
    me, zoe, _, blocked = (
        make.registration(event, make.person(f"{name} Lindt")).person
        for name in ("Me", "Zoe", "Adam", "Blocked")
    )
    make.registration(event, make.person("Shy Lindt", show_name=False))
    make.registration(event, make.person("Cancelled Lindt"), state=RegistrationState.CANCELLED)
    make.organiser(event, make.person("Organiser Lindt"))
    make.registration(make.event(), make.person("Elsewhere Lindt"))
    make.answer(event, me, blocked, AnswerKind.BLOCK)
    with database.reading() as session:
        found = {
            query: [person.name for person in colleagues(session, me, query)]
            for query in ("", "l", "li", "lin", "l i", "zoe lindt", "office")
        }
        assert found == {
            **dict.fromkeys(("", "l", "li", "l i", "office"), []),
            "lin": ["Adam Lindt", "Zoe Lindt"],
            "zoe lindt": ["Zoe Lindt"],
        }
        assert [one.name for one in colleagues(session, me, named=[zoe.public_id])] == ["Zoe Lindt"]
        assert has_colleagues(session, me)
        assert not has_colleagues(session, make.person())


def test_a_search_for_colleagues_finds_no_more_than_twenty(database: Database, make: Any) -> None:
    event = make.event()
    me, *_ = (make.registration(event, make.person(f"Person {n} Lindt")).person for n in range(30))
    with database.reading() as session:
        assert len(colleagues(session, me, "lindt")) == 20
