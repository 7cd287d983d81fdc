"""Importing people: what the preview says is what the import does, once, and never over somebody's own words."""

from collections import Counter
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaker.intake import apart
from matchmaker.services.attendee_lists import import_people, keep_readings, uploads
from matchmaker.services.attendee_lists.judge_rows import RowOutcome
from matchmaker.services.people import merge_people
from matchmaker.store import schema
from matchmaker.store.attendee_lists import imports
from matchmaker.store.attendee_lists.imports import ImportKind
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import UseKind
from matchmaker.store.event import event_roles
from matchmaker.store.event.events import Event
from matchmaker.store.people import exclusions, people, registrations
from matchmaker.store.people.people import Address
from matchmaker.store.people.registrations import Pool, Registration, RegistrationState
from tests.services.two_at_once import two_at_once

HEAD = (
    "Name,Email,Organisation,Job title,Team,About them,Topics,Datasets used,Datasets made,Datasets stuck on,"
    "Needs help with,Must not be paired with,Inside or outside"
)


class List:
    """An attendee list uploaded to an event."""

    def __init__(self, database: Any, event: Event, *rows: str, head: str = HEAD) -> None:
        self.database, self.event = database, event
        data = "\n".join([head, *rows, ""]).encode()
        with database.writing() as session:
            organiser = event_roles.organisers(session, event.id)[0]
            row = uploads.keep(session, event.id, ImportKind.ATTENDEES, "list.csv", data, organiser.id)
            said = uploads.mapping(session, row)
            keep_readings.keep(session, row, apart.read(keep_readings.order(row, said), data))
            self.id = row.public_id

    def preview(self) -> import_people.ListPreview:
        with self.database.reading() as session:
            row = imports.by_public_id(session, self.event.id, self.id)
            assert row is not None
            return import_people.preview(session, session.get_one(Event, self.event.id), row)

    def outcomes(self) -> dict[str, str]:
        return {verdict.row.name: verdict.outcome.value for verdict in self.preview().verdicts}

    def carry_out(self) -> dict[str, Any]:
        with self.database.writing() as session:
            row = imports.by_public_id(session, self.event.id, self.id)
            assert row is not None
            event = session.get_one(Event, self.event.id)
            return import_people.carry_out(session, event, row, uploads.listed(session, row))

    def registration(self, name: str) -> Any:
        with self.database.reading() as session:
            rows = registrations.at_event(session, self.event.id)
        return next(row for row in rows if row.person.name == name)


def everything(database: Any) -> dict[str, list[Any]]:
    """Return all rows but those of the import itself, which knows that it was confirmed."""
    with database.engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key))
            ]
            for table in schema.metadata.sorted_tables
            if table.name not in {"import", "file"}
        }


@pytest.fixture
def event(make: Any) -> Event:
    event: Event = make.event()
    make.organiser(event)
    make.registration(make.event(), make.person("Somebody else", "else@outside.example"))
    return event


def test_a_new_person_gets_everything_the_list_says(sqlite: Any, make: Any, event: Event) -> None:
    soil = make.dataset("Soil survey")
    rivers = make.dataset("River flows")
    uploaded = List(
        sqlite,
        event,
        'Ada,ADA@inside.example,Environment Agency,Analyst,Maps,I draw rivers,"Rivers; Soil",River flows,'
        "Soil survey,Soil survey,Help with tides,,",
    )
    assert uploaded.outcomes() == {"Ada": "new"}
    done = uploaded.carry_out()
    assert (done["new"], done["inside"], done["outside"]) == (1, 1, 0)
    row = uploaded.registration("Ada")
    assert (row.person.organisation, row.person.job_title, row.person.email) == (
        "Environment Agency",
        "Analyst",
        "ada@inside.example",
    )
    assert (row.team, row.bio, row.needs, row.pool) == (
        "Maps",
        "I draw rivers",
        "Help with tides",
        Pool.INSIDE,
    )
    assert row.state is RegistrationState.INVITED
    assert [topic.name for topic in row.topics] == ["Rivers", "Soil"]
    with sqlite.reading() as session:
        made = contributions.of_people(session, [row.person_id])
        uses = contributions.uses_of_people(session, [row.person_id])
    assert [(one.dataset_id, one.role, one.state.value) for one in made] == [
        (soil.id, "maintained", "claimed")
    ]
    assert {one.dataset_id: one.kind for one in uses} == {rivers.id: UseKind.USES, soil.id: UseKind.STUCK}


def test_the_same_file_twice_changes_nothing(database: Any, maker: Any) -> None:
    make = maker(database)
    event = make.event()
    make.organiser(event)
    make.dataset("River flows")
    rows = (
        "Ada,ada@inside.example,Environment Agency,,,,Rivers,River flows,River flows,,,ben@x.example,",
        "Ben,ben@x.example,Met Office,,,,Rivers,,,,,,inside",
        "Cy,,Met Office,,,,,,,,,Ada,",
    )
    List(database, event, *rows).carry_out()
    before = everything(database)
    again = List(database, event, *rows)
    assert set(again.outcomes().values()) == {"unchanged"}
    again.carry_out()
    again.carry_out()
    assert everything(database) == before
    with database.reading() as session:
        assert len(exclusions.pairs(session, event.id)) == 2


def test_of_two_lists_that_are_imported_at_once_the_second_finds_whom_the_first_has_brought(
    database: Any, maker: Any
) -> None:
    make = maker(database)
    event = make.event()
    make.organiser(event)
    # The second names Ben without the address that would tell them apart in the database itself.
    lists = iter(
        [
            List(database, event, "Ben,,Met Office,,,,Rivers,,,,,,", "Cy,cy@x.example,Defra,,,,,,,,,,"),
            List(database, event, "Ben,,Met Office,,,,Soil,,,,,,", "Cy,cy@x.example,Defra,,,,Soil,,,,,,"),
        ]
    )

    def carry_out(session: Any) -> dict[str, Any]:
        uploaded = next(lists)
        row = imports.by_public_id(session, event.id, uploaded.id)
        assert row is not None
        here = session.get_one(Event, event.id)
        return import_people.carry_out(session, here, row, uploads.listed(session, row))

    first, second = two_at_once(database, carry_out)
    assert (first["new"], second["new"]) == (2, 0)
    with database.reading() as session:
        found = {
            one.person.name: {topic.name for topic in one.topics}
            for one in registrations.at_event(session, event.id)
        }
    assert found == {"Ben": {"Rivers", "Soil"}, "Cy": {"Soil"}}


def test_what_somebody_wrote_themselves_stays_and_only_gaps_are_filled(
    sqlite: Any, make: Any, event: Event
) -> None:
    person = make.person("Ada", "ada@inside.example", organisation="Natural England")
    make.registration(event, person, bio="My own words", profile_saved_at=datetime(2027, 1, 1, tzinfo=UTC))
    uploaded = List(sqlite, event, "Ada,ada@inside.example,Defra,Analyst,,Other words,Rivers,,,,Tides,,")
    verdict = uploaded.preview().verdicts[0]
    assert [change.label for change in verdict.changes] == ["job title", "what they need", "topic Rivers"]
    assert "Stays as it is, since they wrote it themselves: organisation, about them." in verdict.notes
    uploaded.carry_out()
    row = uploaded.registration("Ada")
    assert (row.bio, row.needs, row.person.organisation, row.person.job_title) == (
        "My own words",
        "Tides",
        "Natural England",
        "Analyst",
    )


def test_before_somebody_saves_their_profile_a_newer_list_corrects_it_and_empties_nothing(
    sqlite: Any, event: Event
) -> None:
    List(sqlite, event, "Ada,ada@inside.example,Defra,Analyst,,Old words,,,,,Tides,,").carry_out()
    later = List(sqlite, event, "Ada,ada@inside.example,Environment Agency,,,New words,,,,,,,")
    assert later.outcomes() == {"Ada": "changed"}
    later.carry_out()
    row = later.registration("Ada")
    assert (row.bio, row.needs, row.person.organisation) == ("New words", "Tides", "Environment Agency")


def test_people_of_other_events_join_and_keep_what_those_rely_on(
    sqlite: Any, make: Any, event: Event
) -> None:
    known = make.person("Ada", "ada@inside.example", organisation="Natural England")
    make.registration(make.event(), known)
    uploaded = List(sqlite, event, "Ada,ada@inside.example,Defra,,,Words,,,,,,,")
    assert uploaded.outcomes() == {"Ada": "joins"}
    uploaded.carry_out()
    assert uploaded.registration("Ada").person.organisation == "Natural England"
    assert uploaded.registration("Ada").person_id == known.id


def test_the_same_address_under_another_name_keeps_the_name_and_says_so(
    sqlite: Any, make: Any, event: Event
) -> None:
    make.registration(event, make.person("Ada", "shared@inside.example"))
    uploaded = List(sqlite, event, "Bea,shared@inside.example,,,,,,,,,,,")
    verdict = uploaded.preview().verdicts[0]
    assert any("This address is Ada’s. The name stays." in note for note in verdict.notes)
    uploaded.carry_out()
    with sqlite.reading() as session:
        assert people.by_email(session, "shared@inside.example").name == "Ada"  # type: ignore[union-attr]


def test_whoever_left_is_not_brought_back(sqlite: Any, make: Any, event: Event) -> None:
    make.registration(event, make.person("Ada", "ada@inside.example"), state=RegistrationState.CANCELLED)
    uploaded = List(sqlite, event, "Ada,ada@inside.example,Defra,,,,,,,,,,")
    assert uploaded.outcomes() == {"Ada": "stays-out"}
    uploaded.carry_out()
    assert uploaded.registration("Ada").state is RegistrationState.CANCELLED


def test_two_addresses_of_one_person_are_one_person(sqlite: Any, make: Any, event: Event) -> None:
    person = make.person("Ada", "ada@inside.example")
    make.add(Address(person_id=person.id, email="ada@home.example", position=1))
    uploaded = List(sqlite, event, "Ada,ada@inside.example,,,,,,,,,,,", "Ada B,ada@home.example,,,,,,,,,,,")
    assert [verdict.outcome for verdict in uploaded.preview().verdicts] == [
        RowOutcome.JOINS,
        RowOutcome.TWICE,
    ]
    done = uploaded.carry_out()
    assert (done["joins"], done["again"], done["refused"]) == (1, 1, 0)


@pytest.mark.parametrize("change", ["merged", "merged the other way", "renamed", "moved", "given an address"])
def test_whoever_a_list_has_without_an_address_is_found_again(
    sqlite: Any, make: Any, event: Event, change: str
) -> None:
    rows = ("P. Shah,,EA", "Priya Shah,priya@far.example,Environment Agency", "Cy Noise,,EA")
    List(sqlite, event, *rows).carry_out()
    with sqlite.writing() as session:
        there = {one.person.name: one.person for one in registrations.at_event(session, event.id)}
        listed, other = there["P. Shah"], there["Priya Shah"]
        if change == "merged":
            merge_people.join(session, other, listed)
        elif change == "merged the other way":
            merge_people.join(session, listed, other)
        elif change == "renamed":
            listed.name = "Pria Shah"
        elif change == "moved":
            listed.organisation = "Natural England"
        else:
            listed.addresses = [Address(email="p@far.example")]
    before = everything(sqlite)
    again = List(sqlite, event, *rows)
    assert Counter(again.outcomes().values()) == (
        {"unchanged": 2, "twice": 1} if "merged" in change else {"unchanged": 3}
    )
    again.carry_out()
    assert everything(sqlite) == before


def test_an_entry_that_no_list_brought_is_found_by_its_name_after_a_merge(
    sqlite: Any, make: Any, event: Event
) -> None:
    added = make.registration(event, make.person("P. Shah", organisation="EA"))
    other = make.registration(event, make.person("Priya Shah", "priya@far.example"))
    with sqlite.writing() as session:
        session.get_one(Registration, added.id).person.addresses = []
    with sqlite.writing() as session:
        keep, gone = (session.get_one(Registration, one.id).person for one in (other, added))
        merge_people.join(session, keep, gone)
    (verdict,) = List(sqlite, event, "P. Shah,,EA").preview().verdicts
    assert (verdict.outcome, verdict.notes) == (
        RowOutcome.UNCHANGED,
        ("An earlier list named Priya Shah so. The name stays.",),
    )


def test_keeping_apart_needs_an_address_or_a_name_of_one_person(sqlite: Any, make: Any, event: Event) -> None:
    make.registration(event, make.person("Guest", "guest@outside.example"))
    rows = (
        "Ada,ada@inside.example,,,,,,,,,,ben@inside.example; Guest; Zed; Cy; Ada,",
        "Ben,ben@inside.example,,,,,,,,,,,",
        "Cy,cy1@inside.example,,,,,,,,,,,",
        "Cy,cy2@inside.example,,,,,,,,,,else@outside.example,",
    )
    uploaded = List(sqlite, event, *rows)
    ada, *_rest, last = uploaded.preview().verdicts
    assert [name for _someone, name in ada.apart] == ["Ben", "Guest"]
    assert "“Zed” is not on this list or at the event, so nobody is kept apart." in ada.notes
    assert any("2 people are called “Cy”" in note for note in ada.notes)
    assert any("else@outside.example" in note for note in last.notes)
    assert uploaded.carry_out()["apart"] == 2


def test_titles_that_no_dataset_or_two_have_are_listed_and_make_nothing(
    sqlite: Any, make: Any, event: Event
) -> None:
    make.dataset("Rivers", "One agency")
    make.dataset("rivers", "Another agency")
    uploaded = List(sqlite, event, "Ada,ada@inside.example,,,,,,Rivers; Moon maps,Moon maps,,,,")
    done = uploaded.carry_out()
    assert done["unknown"] == {"Moon maps": 1, "Rivers": 1}
    row = uploaded.registration("Ada")
    with sqlite.reading() as session:
        assert contributions.uses_of_people(session, [row.person_id]) == []
        assert contributions.of_people(session, [row.person_id]) == []


def test_judging_asks_the_database_equally_often_for_one_row_and_for_many(
    sqlite: Any, event: Event, queries: Any
) -> None:
    one = List(sqlite, event, "Ada,ada@inside.example,,,,,Rivers,Moon,,,,,")
    many = List(sqlite, event, *(f"P{n},p{n}@inside.example,,,,,Rivers,Moon,,,,Ada," for n in range(30)))
    with queries() as first:
        one.preview()
    with queries() as second:
        many.preview()
    assert len(first) == len(second)


EXAMPLE = count(1)
"""Examples share a database, so each makes people of its own."""
NAMES = st.sampled_from(["Ada", "Ben", "Cy", "Dee"])
ROWS = st.lists(
    st.tuples(
        NAMES,
        st.sampled_from(["", "a@inside.example", "b@inside.example", "c@far.example", "known@far.example"]),
        st.sampled_from(["", "Defra", "Met Office"]),
        st.sampled_from(["", "Words", "Other words"]),
        st.sampled_from(["", "Rivers", "Rivers; Soil"]),
        st.sampled_from(["", "River flows", "Moon"]),
        st.sampled_from(["", "Ada", "b@inside.example", "Known"]),
    ),
    min_size=1,
    max_size=6,
)


@given(rows=ROWS, saved=st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_preview_says_is_what_the_import_does(
    rows: list[tuple[str, ...]], saved: bool, sqlite: Any, maker: Any
) -> None:
    make = maker(sqlite)
    make.count = 1000 * next(EXAMPLE)
    event = make.event()
    make.organiser(event)
    with sqlite.reading() as session:
        known = people.by_email(session, "known@far.example")
    if known is None:
        known = make.person("Known", "known@far.example")
        make.dataset("River flows")
    at = datetime(2027, 1, 1, tzinfo=UTC) if saved else None
    make.registration(event, known, bio="Old words", profile_saved_at=at)
    lines = (
        f"{name},{email},{organisation},,,{bio},{topics},{titles},,,,{apart},"
        for name, email, organisation, bio, topics, titles, apart in rows
    )
    uploaded = List(sqlite, event, *lines)
    promised = uploaded.preview()
    with sqlite.reading() as session:
        had = {row.person_id: row for row in registrations.at_event(session, event.id)}
    done = uploaded.carry_out()
    outcomes = Counter(verdict.outcome.value for verdict in promised.verdicts)
    assert {outcome.value: done[outcome.value] for outcome in RowOutcome} == {
        outcome.value: outcomes[outcome.value] for outcome in RowOutcome
    }
    with sqlite.reading() as session:
        have = {row.person_id: row for row in registrations.at_event(session, event.id)}
    assert len(have) == len(had) + outcomes["new"] + outcomes["joins"]
    for verdict in promised.verdicts:
        if verdict.registration is not None and verdict.outcome is RowOutcome.UNCHANGED:
            kept = have[verdict.registration.person_id]
            assert (kept.bio, kept.team) == (verdict.registration.bio, verdict.registration.team)
    after = uploaded.preview()
    nothing = {RowOutcome.UNCHANGED, RowOutcome.STAYS_OUT, RowOutcome.TWICE}
    assert {verdict.outcome for verdict in after.verdicts} <= nothing
