"""The organiser's word that labels may be read by anybody, and the address of the screen."""

from typing import Any

from matchmaker.services.credits import public_labels
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.session import Database


def test_the_word_is_about_one_event_and_can_be_taken_back(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    for public in (True, False):
        with database.writing() as session:
            public_labels.choose_public_labels(session, session.get_one(Event, event.id), public)
        with database.reading() as session:
            kept = [session.get_one(Event, one.id).labels_public for one in (event, other)]
            assert kept == [public, False]


def test_a_new_address_of_the_screen_ends_the_old_and_it_can_be_closed(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, other = make.event(wall_key="before"), make.event(wall_key="theirs")

    def found(key: str | None) -> int | None:
        with database.reading() as session:
            there = events.by_wall_key(session, key or "")
            return there.id if there else None

    with database.writing() as session:
        public_labels.open_screen(session, session.get_one(Event, event.id))
    with database.reading() as session:
        key = session.get_one(Event, event.id).wall_key
    assert (found("before"), found(key), found("theirs")) == (None, event.id, other.id)
    with database.writing() as session:
        public_labels.close_screen(session, session.get_one(Event, event.id))
    assert (found(key), found(""), found("theirs")) == (None, None, other.id)
