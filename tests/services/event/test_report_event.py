"""The report: a meeting took place if everybody in it was there and it had not fallen away; small groups are one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.documents.plans.report import OTHERS, EventReport, OrganisationMatrix
from matchmaker.services.event import follow_event, report_event
from matchmaker.services.event.overview import oversee
from matchmaker.services.plans import tell_partners
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import Answer, AnswerKind

AT = datetime(2027, 3, 11, 17, tzinfo=UTC)


@pytest.fixture
def day(make: Any, sqlite: Database, new_day: Any) -> Any:
    """Ten people in four rounds: five of the Rivers Agency, three of the Peat Office, two of none."""
    day = new_day(make, sqlite, people=10)
    offices = ["The  Rivers-agency", *["Rivers Agency"] * 4, *["Peat Office"] * 3, "", ""]
    with sqlite.writing() as session:
        for place, one in enumerate(day.people):
            session.get_one(Person, one.person_id).organisation = offices[place]
    return day


def report(database: Database, event: Event, at: datetime = AT) -> EventReport:
    with database.reading() as session:
        return report_event.report(session, session.get_one(Event, event.id), at)


def test_before_the_day_it_says_when_that_is_instead_of_noughts(sqlite: Database, make: Any) -> None:
    event = make.event()
    row = make.registration(event)
    before = datetime(2027, 3, 10, 23, 30, tzinfo=UTC)
    found = report(sqlite, event, before)
    assert found.ahead.startswith("Nothing has taken place yet: the day is on 11 March 2027.")
    assert [words for words, _ in found.figures] == [
        "People who are coming", "Pairs who both wanted to meet", "Meetings planned", "Thanks that were accepted",
        "Datasets that were thanked for", "Datasets of this event with somebody named on the label so far",
    ]  # fmt: skip
    assert report(sqlite, event).ahead == ""
    with sqlite.writing() as session:
        session.get_one(Registration, row.id).presence = Presence.HERE
    assert report(sqlite, event, before).ahead == "", "whoever is checked in is there"


def test_an_event_without_a_plan_is_all_noughts_but_its_people(sqlite: Database, make: Any) -> None:
    event = make.event()
    make.registration(event)
    make.registration(event, state=RegistrationState.DECLINED)
    make.registration(event, state=RegistrationState.INVITED)
    make.registration(event, state=RegistrationState.INVITED, presence=Presence.ABSENT)
    make.registration(make.event(), presence=Presence.HERE)
    found = report(sqlite, event)
    assert dict(found.figures) | {"People who were coming": 0} == dict.fromkeys(dict(found.figures), 0)
    assert dict(found.figures)["People who were coming"] == 1
    assert found.matrix == OrganisationMatrix((), ())


def test_only_meetings_of_people_who_were_all_checked_in_took_place(sqlite: Database, day: Any) -> None:
    plan = day.publish(day.plan())
    absent = day.people[0]
    for one in day.people:
        day.change(one, presence=Presence.ABSENT if one is absent else Presence.HERE)
    figures = dict(report(sqlite, day.event).figures)
    planned = day.seats(plan)
    held = [people for _, _, people in planned if absent.person_id not in people]
    assert figures["Meetings planned"] == len(planned)
    assert figures["Meetings that took place"] == len(held) < len(planned)
    early = dict(report(sqlite, day.event, datetime(2027, 3, 11, 0, 5, tzinfo=UTC)).figures)
    assert "Meetings that took place" not in early, "no round is over"
    assert figures["People with at least one of these meetings"] == 9
    assert figures["People who were checked in"] == 9
    assert figures["Pairs of organisations that met"] == 1


def test_the_matrix_adds_up_and_puts_small_organisations_together(sqlite: Database, day: Any) -> None:
    day.publish(day.plan())
    for one in day.people:
        day.change(one, presence=Presence.HERE)
    on = report(sqlite, day.event, min(one.starts_at for one in day.event.rounds))
    assert on.ahead.startswith("No meeting has taken place yet")
    assert {"Meetings that took place", "People who were checked in"} & {*dict(on.figures)} == {
        "People who were checked in"
    }
    first = report(sqlite, day.event, min(one.ends_at for one in day.event.rounds))
    found = report(sqlite, day.event)
    held = "Meetings that took place"
    assert 0 < dict(first.figures)[held] < dict(found.figures)[held], "only rounds that are over count"
    assert found.matrix.names == ("Rivers Agency", OTHERS)
    (same, across), (back, others) = found.matrix.cells
    assert across == back
    assert same == 0, "the planner seats no two of one organisation together"
    assert across + others == dict(found.figures)["Meetings that took place"]


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ({"Peat": 6, "Rivers": 5}, ("Peat", "Rivers")),
        ({"Peat": 6, "Rivers": 5, "Moor": 4, "": 1}, ("Peat", "Rivers", OTHERS)),
        ({"Peat": 6, "Rivers": 5, "Moor": 2, "": 2}, ("Peat", OTHERS)),
        ({"Peat": 6, "": 1}, (OTHERS,)),
        ({"Peat": 4, "Moor": 3}, (OTHERS,)),
        ({"Moor": 4}, (OTHERS,)),
        ({}, ()),
    ],
)
def test_no_row_of_the_matrix_is_of_fewer_than_five_people_unless_all_are(
    people: dict[str, int], names: tuple[str, ...]
) -> None:
    office = dict(enumerate(name for name, count in people.items() for _ in range(count)))
    met = [(one, other) for one in office for other in office if one < other]
    assert report_event.matrix(met, office).names == names


def held(database: Database, event: Event) -> int:
    found = report(database, event)
    with database.reading() as session:
        how = follow_event.progress(session, session.get_one(Event, event.id), AT)
    assert how.held == found.matrix, "the page of how it went and the report follow one rule"
    return dict(found.figures)["Meetings that took place"]


def test_a_meeting_that_fell_away_did_not_take_place_though_both_were_checked_in(
    sqlite: Database, day: Any
) -> None:
    planned = day.seats(day.publish(day.plan()))
    for one in day.people:
        day.change(one, presence=Presence.HERE)
    assert held(sqlite, day.event) == len(planned)
    late, partner = day.people[0], day.people[1]
    first = min(one.starts_at for one in day.event.rounds)
    day.change(late, presence=Presence.ABSENT)
    with sqlite.writing() as session:
        tell_partners.tell(session, day.event.id, lambda _: "", first - timedelta(minutes=1))
    day.change(late, presence=Presence.HERE, presence_at=first + timedelta(minutes=5))
    with sqlite.writing() as session:
        tell_partners.tell(session, day.event.id, lambda _: "", first + timedelta(minutes=6))
    assert held(sqlite, day.event) == len(planned) - 1, "they came after the first round had begun"
    day.change(partner, away_rounds=frozenset({4}))
    assert held(sqlite, day.event) == len(planned) - 2, "and the other was noted as gone before the last"
    a, b = sorted(next(people for number, _, people in planned if number == 2))
    with sqlite.writing() as session:
        session.add(
            Answer(event_id=day.event.id, person_id=a, about_id=b, kind=AnswerKind.BLOCK, at=AT),
        )
    assert held(sqlite, day.event) == len(planned) - 2, "what is said afterwards undoes no meeting"


def test_whoever_left_after_they_were_checked_in_was_here_in_the_report_and_on_the_overview(
    sqlite: Database, day: Any
) -> None:
    for one in day.people[:3]:
        day.change(one, presence=Presence.HERE)
    day.change(day.people[0], state=RegistrationState.CANCELLED)
    day.change(day.people[-1], state=RegistrationState.INVITED)
    figures = dict(report(sqlite, day.event).figures)
    assert (figures["People who were checked in"], figures["People who were coming"]) == (3, 9)
    with sqlite.reading() as session:
        event = session.get_one(Event, day.event.id)
        after, on_the_day = (oversee(session, event, at) for at in (AT, event.rounds[-1].starts_at))
    assert (after.here, after.coming) == (3, 9)
    assert (on_the_day.here, on_the_day.coming) == (2, 9), "they are not here any more"
