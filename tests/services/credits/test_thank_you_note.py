"""The certificate: only what one person accepted, with the thanks others may read, by dataset."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.credits.thank_you_note import note
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def test_it_holds_what_was_accepted_and_the_thanks_for_it_oldest_first(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event()
    ada = make.person("Ada", organisation="Met Office", job_title="Hydrologist")
    ben, cy = make.person("Ben"), make.person("Cy")
    rivers, peat = make.dataset("River Levels", "Defra"), make.dataset("Peat Depth")
    credit = make.contribution(ada, rivers, "other", role_text="Drew the maps")
    make.contribution(ada, rivers, "curated", state=ContributionState.HIDDEN)
    make.contribution(ada, peat, state=ContributionState.CLAIMED)
    others = make.contribution(ben, rivers)
    for giver, sentence, columns in (
        (ben, "First words about the maps.", {}),
        (cy, "Second words about the maps.", {}),
        (make.person(), "Sealed words about the maps.", {"sealed": True}),
        (make.person(), "Hidden words about the maps.", {"state": EndorsementState.HIDDEN}),
        (make.person(), "Moderated words of the maps.", {"moderated": True}),
    ):
        make.endorsement(event, giver, credit, sentence=sentence, **columns)
    make.endorsement(event, ada, others, sentence="Words for Ben and not for Ada.")
    with database.reading() as session:
        made = note(session, session.get_one(Person, ada.id), NOW, LONDON)
    assert (made.name, made.place, made.day) == ("Ada", "Hydrologist, Met Office", "1 March 2027")
    (deed,) = made.deeds
    assert (deed.title, deed.publisher, deed.roles) == ("River Levels", "Defra", ("Drew the maps",))
    assert [one.sentence for one in deed.thanks] == [
        "First words about the maps.",
        "Second words about the maps.",
    ]


def test_who_accepted_nothing_has_no_deeds_and_an_empty_place_no_comma(sqlite: Database, make: Any) -> None:
    ada = make.person("Ada", organisation="", job_title="Hydrologist")
    with sqlite.reading() as session:
        made = note(session, session.get_one(Person, ada.id), NOW, LONDON)
    assert (made.place, made.deeds) == ("Hydrologist", ())
