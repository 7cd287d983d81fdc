"""Letters to publishers: about datasets that nobody is named for, and to nobody else."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.documents.mail import Letter
from matchmaker.recognition.states import ContributionState
from matchmaker.services.credits import write_publishers
from matchmaker.store.catalogue import publishers
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def event(database: Database, maker: Any) -> Event:
    """Defra with one of three datasets named for, the Met Office with all, and one of no known publisher."""
    make = maker(database)
    made: Event = make.event("Data Together")
    ada = make.registration(made, make.person("Ada")).person
    make.contribution(ada, make.dataset("River Levels", "Defra"))
    make.contribution(ada, make.dataset("Rainfall", "Met Office"))
    make.contribution(ada, make.dataset("Peat Depth", "Defra"), state=ContributionState.CLAIMED)
    wanted = make.dataset("Bog Maps", "Defra")
    make.add(Use(person_id=ada.id, dataset_id=wanted.id, kind=UseKind.WANTS))
    make.dataset("Of nobody")
    return made


def test_only_publishers_with_a_gap_are_written_to(database: Database, event: Event) -> None:
    with database.reading() as session:
        assert [(one.name, one.named, one.datasets) for one in write_publishers.gaps(session)] == [
            ("Defra", 1, 3)
        ]
        (letter,) = write_publishers.letters(session, session.get_one(Event, event.id), NOW)
    assert (letter.publisher, sorted(one.title for one in letter.missing)) == (
        "Defra",
        ["Bog Maps", "Peat Depth"],
    )
    assert letter.contact == "Kit Organiser (contact@inside.example)"


def test_one_publisher_can_be_chosen_and_one_without_a_gap_gets_no_letter(
    database: Database, event: Event
) -> None:
    with database.reading() as session:
        there = session.get_one(Event, event.id)
        ids = {name: one.id for name in ("Defra", "Met Office") if (one := publishers.named(session, name))}
        assert len(write_publishers.letters(session, there, NOW, ids["Defra"])) == 1
        assert write_publishers.letters(session, there, NOW, ids["Met Office"]) == []
        assert write_publishers.letters(session, there, NOW, 10_000) == []


def test_a_letter_by_mail_is_the_events_and_answers_go_to_its_contact(
    database: Database, event: Event
) -> None:
    with database.writing() as session:
        write_publishers.send(
            session, session.get_one(Event, event.id), Letter("Names", "Dear Defra"), "data@defra.example"
        )
    with database.reading() as session:
        (row,) = session.execute(select(Mail.to, Mail.event_id, Mail.person_id, Mail.reply_to, Mail.kind))
    assert tuple(row) == (
        "data@defra.example", event.id, None, "contact@inside.example", write_publishers.KIND,
    )  # fmt: skip
