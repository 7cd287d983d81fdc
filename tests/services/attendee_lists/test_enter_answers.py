"""A paper form typed in: kept like a list of one row, for the person chosen and nobody else."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from matchmaker.documents.people.paper_form import QUESTIONS
from matchmaker.services.attendee_lists import enter_answers
from matchmaker.services.attendee_lists.enter_answers import Entered
from matchmaker.services.people.coming import short_notice
from matchmaker.services.refused import Refused
from matchmaker.store.attendee_lists import waiting_titles
from matchmaker.store.base import now
from matchmaker.store.credits import contributions
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database


def typed(database: Database, one: Registration, **said: str) -> Entered:
    with database.writing() as session:
        event = session.get_one(Event, one.event_id)
        return enter_answers.enter(session, event, session.get_one(Registration, one.id), said)


@pytest.fixture
def event(make: Any) -> Event:
    event: Event = make.event()
    return event


@pytest.mark.parametrize("email", ["ada@inside.example", ""])
def test_everything_on_the_form_is_kept_for_the_person_chosen(
    sqlite: Database, make: Any, event: Event, email: str
) -> None:
    ada = make.registration(event, make.person("Ada", email))
    bystander = make.registration(event, make.person("Ada", "other@inside.example"))
    make.dataset("River levels")
    done = typed(
        sqlite, ada, bio="Maps peat.", topics="Peat; Soil", datasets="river levels; Moon maps", offers="Maps",
        needs="Access", arrives="10.30", step_free="yes",
    )  # fmt: skip
    assert done.notes == ()
    with sqlite.reading() as session:
        row = session.get_one(Registration, ada.id)
        assert (row.bio, row.offers, row.needs) == ("Maps peat.", "Maps", "Access")
        assert (row.arrives, row.step_free, row.quiet) == (time(10, 30), True, False)
        assert [one.name for one in row.topics] == ["Peat", "Soil"]
        uses = contributions.uses_of_people(session, [row.person_id])
        assert [one.dataset.title for one in uses] == ["River levels"]
        waiting = waiting_titles.of_registrations(session, [ada.id, bystander.id])
        assert [(one.registration_id, one.title) for one in waiting] == [(ada.id, "Moon maps")]
        other = session.get_one(Registration, bystander.id)
        assert (other.bio, other.topics, other.step_free) == ("", [], False)


def test_what_is_left_empty_stays(sqlite: Database, make: Any, event: Event) -> None:
    ada = make.registration(event, bio="Maps peat.", quiet=True)
    assert typed(sqlite, ada) == Entered((), ())
    typed(sqlite, ada, needs="Access")
    with sqlite.reading() as session:
        row = session.get_one(Registration, ada.id)
        assert (row.bio, row.quiet, row.needs) == ("Maps peat.", True, "Access")


def test_what_somebody_saved_themselves_stays_and_that_is_said(
    sqlite: Database, make: Any, event: Event
) -> None:
    ada = make.registration(event, bio="My own words.", profile_saved_at=now())
    done = typed(sqlite, ada, bio="Maps peat.")
    assert done.kept == ()
    assert done.notes[0].startswith("Stays as it is, since they wrote it themselves")
    with sqlite.reading() as session:
        assert session.get_one(Registration, ada.id).bio == "My own words."


def test_a_time_that_is_none_is_told_and_the_rest_is_kept(sqlite: Database, make: Any, event: Event) -> None:
    ada = make.registration(event)
    done = typed(sqlite, ada, arrives="soonish", offers="Maps")
    assert len(done.notes) == 1
    assert "soonish" in done.notes[0]
    with sqlite.reading() as session:
        row = session.get_one(Registration, ada.id)
        assert (row.arrives, row.offers) == (None, "Maps")


def test_two_of_one_name_without_addresses_are_not_taken_for_each_other(
    sqlite: Database, make: Any, event: Event
) -> None:
    first, _second = (
        make.registration(event, make.person("Ada", "", organisation="Defra")) for _ in range(2)
    )
    with pytest.raises(Refused, match="Merge the two first"):
        typed(sqlite, first, bio="Maps peat.")


def test_the_form_to_print_asks_what_is_typed_in_and_says_who_holds_it(event: Event) -> None:
    made = enter_answers.to_print(event, datetime(2027, 1, 1, tzinfo=UTC))
    assert tuple(QUESTIONS) == enter_answers.FIELDS
    assert [one["words"] for one in made.values["questions"]] == [one.words for one in QUESTIONS.values()]
    assert made.values["notice"] == short_notice(event)
    assert made.values["event"] == event.name
