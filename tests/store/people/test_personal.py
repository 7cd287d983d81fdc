"""No column of a personal table can be forgotten when two entries become one, or when an event is erased."""

from datetime import UTC, datetime

import pytest

from matchmaker.store.base import Base
from matchmaker.store.people.people import Person
from matchmaker.store.people.personal import Joined, blank, join_columns, personal
from matchmaker.store.people.registrations import Registration

KEYS = {"id", "public_id", "person_id", "event_id"}


@pytest.mark.parametrize("table", [Person, Registration])
def test_every_column_says_how_two_become_one_and_whether_it_outlives_the_event(table: type[Base]) -> None:
    silent = {
        column.key
        for column in table.__table__.columns
        if not {"joined", "outlives"} <= set(column.info) and column.key not in KEYS
    }
    assert silent == set(), "give each of these `info=personal(…)` in its table"


def test_what_outlives_an_event_is_what_public_labels_need_and_what_somebody_refused() -> None:
    assert blank(Person) == {"pronouns": "", "job_title": "", "phone": "", "link": ""}


def test_two_people_become_one_by_the_rule_of_each_column() -> None:
    early, late = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
    keep = Person(
        id=1, name="Ada", organisation="", job_title="Analyst", pronouns="", show_name=True, open_to_thanks=False,
        is_owner=False, created_at=early, public_id="a",
    )  # fmt: skip
    gone = Person(
        id=2, name="A. L.", organisation="Defra", job_title="Clerk", pronouns="she/her", show_name=False,
        open_to_thanks=True, is_owner=True, created_at=late, public_id="b",
    )  # fmt: skip
    join_columns(keep, gone)
    assert (keep.id, keep.public_id, keep.name, keep.created_at) == (1, "a", "Ada", early)
    assert (keep.organisation, keep.job_title, keep.pronouns) == ("Defra", "Analyst", "she/her")
    assert (keep.show_name, keep.open_to_thanks, keep.is_owner) == (False, False, True)


def test_the_stricter_limit_and_the_wider_need_hold() -> None:
    early, late = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
    keep = Registration(
        most_meetings=None, meetings_in_a_row=4, step_free=False, invited_at=late, on_screen=True
    )
    gone = Registration(
        most_meetings=3, meetings_in_a_row=2, step_free=True, invited_at=early, on_screen=False
    )
    join_columns(keep, gone)
    assert (keep.most_meetings, keep.meetings_in_a_row, keep.step_free) == (3, 2, True)
    assert (keep.invited_at, keep.on_screen) == (early, False)


def test_needs_and_diets_of_both_entries_are_kept_each_once() -> None:
    for mine, theirs, joined in (
        ("No nuts", "Vegan", "No nuts\nVegan"),
        ("", "Vegan", "Vegan"),
        ("Loop", "Loop", "Loop"),
    ):
        keep, gone = (
            Registration(diet=mine, access_needs=mine),
            Registration(diet=theirs, access_needs=theirs),
        )
        join_columns(keep, gone)
        assert (keep.diet, keep.access_needs) == (joined, joined)


def test_a_column_stays_of_the_one_who_stays_unless_told_otherwise() -> None:
    assert personal(Joined.OWN) == {"joined": Joined.OWN, "outlives": False}
