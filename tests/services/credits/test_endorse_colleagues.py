"""Two requests at once: the database holds the rule, and the person reads a sentence."""

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text

from matchmaker.recognition.rules import Claim
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.credits import accept_credits, endorse_colleagues, state_contributions
from matchmaker.services.credits.endorse_colleagues import Wish
from matchmaker.services.refused import Refused
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.mail import Mail
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)
WISH = Wish("curated", "Your gauges told us about the flood first.", "user")
LINK = "https://matchmaker.example/thanks"


class Hall:
    """Ada and Ben at an event, with a dataset."""

    def __init__(self, make: Any, **event: Any) -> None:
        self.event = make.event(**event)
        self.ada, self.ben, self.cy = (make.registration(self.event).person for _ in range(3))
        self.dataset = make.dataset("River levels")

    def endorse(self, database: Database, wish: Wish = WISH, giver: Any = None) -> None:
        with database.writing() as session:
            endorse_colleagues.endorse(session, giver or self.ada, self.ben, self.dataset, wish, LINK, NOW)


def count(database: Database, kind: Any) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def wait_for_a_lock(database: Database, thread: threading.Thread) -> None:
    """Return once some transaction of this database waits for another, or the thread has ended."""
    query = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while thread.is_alive():
        with database.engine.connect() as connection:
            if connection.scalar(query):
                return


def test_the_same_thanks_from_two_windows_is_refused_in_words(postgres: Database, maker: Any) -> None:
    make = maker(postgres)
    hall = Hall(make)
    credit = make.contribution(hall.ben, hall.dataset, "curated")
    refused: list[str] = []

    def second() -> None:
        try:
            hall.endorse(postgres)
        except Refused as refusal:
            refused.extend(problem.message for problem in refusal.problems)

    # The first request has written its row but not committed when the second one looks, and finds none.
    first = postgres.writer()
    first.add(
        Endorsement(
            event_id=hall.event.id,
            giver_id=hall.ada.id,
            contribution_id=credit.id,
            receiver_id=hall.ben.id,
            dataset_id=hall.dataset.id,
            role="curated",
            sentence=WISH.sentence,
            relation="user",
        )
    )
    first.flush()
    thread = threading.Thread(target=second)
    thread.start()
    wait_for_a_lock(postgres, thread)
    first.commit()
    first.close()
    thread.join()
    assert refused == [endorse_colleagues.SENT_TWICE]
    assert (count(postgres, Endorsement), count(postgres, Mail)) == (1, 0)


@pytest.mark.parametrize("allowance", [1, 2])
def test_requests_at_once_do_not_exceed_the_allowance(database: Database, maker: Any, allowance: int) -> None:
    hall = Hall(maker(database), thanks_each=allowance)
    refused: list[str] = []

    def give(role: str) -> None:
        try:
            hall.endorse(database, Wish(role, WISH.sentence, WISH.relation))
        except Refused as refusal:
            refused.append(str(refusal))

    threads = [threading.Thread(target=give, args=(role,)) for role in ("curated", "checked", "built")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database, Endorsement) == allowance
    assert len(refused) == 3 - allowance


def test_two_colleagues_who_name_somebody_at_once_mean_one_credit(postgres: Database, maker: Any) -> None:
    hall = Hall(maker(postgres))
    said = Claim("curated")

    def second() -> None:
        with postgres.writing() as session:
            state_contributions.name_colleague(session, hall.cy, hall.ben, hall.dataset, said, LINK, NOW)

    first = postgres.writer()
    state_contributions.name_colleague(first, hall.ada, hall.ben, hall.dataset, said, LINK, NOW)
    first.flush()
    thread = threading.Thread(target=second)
    thread.start()
    wait_for_a_lock(postgres, thread)
    first.commit()
    first.close()
    thread.join()
    assert (count(postgres, Contribution), count(postgres, Mail)) == (1, 1)


def test_a_yes_to_thanks_puts_on_the_label_what_was_only_claimed(database: Database, maker: Any) -> None:
    make = maker(database)
    hall = Hall(make)
    claim = make.contribution(hall.ben, hall.dataset, "curated", state=ContributionState.CLAIMED)
    noise = make.contribution(hall.cy, hall.dataset, "curated", state=ContributionState.CLAIMED)
    hall.endorse(database)
    with database.writing() as session:
        given = session.scalars(select(Endorsement)).one()
        assert len(accept_credits.waiting_for(session, hall.ben)) == 1
        assert len(accept_credits.waiting_for(session, hall.cy)) == 0
        assert accept_credits.decide(session, given, EndorsementState.ACCEPTED, NOW)
    with database.reading() as session:
        assert session.get_one(Contribution, claim.id).state is ContributionState.ACCEPTED
        assert session.get_one(Contribution, noise.id).state is ContributionState.CLAIMED


def test_the_longest_title_fits_a_letter(database: Database, maker: Any) -> None:
    make = maker(database)
    hall = Hall(make)
    hall.dataset = make.dataset("Survey of " + "very " * 190 + "long rivers")
    hall.endorse(database)
    with database.reading() as session:
        mail = session.scalars(select(Mail)).one()
    assert (len(mail.subject), mail.about_id) == (300, hall.ada.id)
    assert "long rivers" in mail.body


def test_each_event_has_an_allowance_of_its_own(database: Database, maker: Any) -> None:
    make = maker(database)
    hall = Hall(make, thanks_each=1)
    before = make.event(thanks_each=1, held_on=date(2026, 3, 11))
    for person in (hall.ada, hall.ben):
        make.registration(before, person)
    make.endorsement(before, hall.ada, make.contribution(hall.ben, make.dataset("Tides"), "checked"))
    make.endorsement(before, hall.cy, make.contribution(hall.ben, make.dataset("Wells"), "checked"))
    hall.endorse(database)
    assert count(database, Endorsement) == 3
    with pytest.raises(Refused, match="given all your 1 thanks"):
        hall.endorse(database, Wish("checked", "You checked every gauge twice for us.", "user"))
