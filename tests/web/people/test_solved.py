"""The page to which the letter leads some weeks later: yes, by whom if they like, no, or not now."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.jobs.queue import Queue
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.credits.outcomes import SolvedAnswer, StuckOutcome
from matchmaker.store.event.events import Round
from matchmaker.store.mail import Mail
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database


@pytest.fixture
def after(make: Any) -> Any:
    """Some weeks after an event at which Amara, stuck on Peat Depth, met Ben; Cat was there, too."""
    now = datetime.now(UTC)
    held = date.fromordinal(now.date().toordinal() - 45)
    event = make.event("The event", held_on=held, erase_on=date.fromordinal(held.toordinal() + 92))
    starts = datetime(held.year, held.month, held.day, 10, tzinfo=UTC)
    make.add(Round(event_id=event.id, number=1, starts_at=starts, minutes=20))
    amara, ben, cat = (
        make.registration(event, make.person(f"{one} Reed")).person for one in ("Amara", "Ben", "Cat")
    )
    plan = Plan(
        event_id=event.id,
        version=1,
        state=PlanState.PUBLISHED,
        problem={},
        certificate={},
        published_at=starts,
    )
    make.add(plan)
    seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=1) for one in (amara, ben)]
    make.add(Meeting(plan_id=plan.id, round_number=1, table_number=1, why=[], seats=seats))
    peat, soil = make.dataset("Peat Depth"), make.dataset("Soil Map")
    make.add(Use(person_id=amara.id, dataset_id=peat.id, kind=UseKind.STUCK))
    make.add(Use(person_id=ben.id, dataset_id=soil.id, kind=UseKind.STUCK))
    path = f"/events/{event.public_id}/solved"
    return SimpleNamespace(event=event, amara=amara, ben=ben, cat=cat, peat=peat, soil=soil, path=path)


def test_the_clock_asks_and_the_letter_leads_to_the_page(
    app: Any, browser: Callable[..., Any], after: Any, sqlite: Database
) -> None:
    queue: Queue = app.extensions["matchmaker.queue"]
    for _ in range(2):
        queue.upkeep()
    with sqlite.reading() as session:
        letters = {one.to: one.body for one in session.scalars(select(Mail))}
        assert len(letters) == len(list(session.scalars(select(Mail))))
    assert letters.keys() == {after.amara.email, after.ben.email}
    assert f"http://127.0.0.1:5000{after.path}" in letters[after.amara.email]
    page = browser(after.amara).get(after.path)
    assert "Peat Depth" in page.text
    assert "Soil Map" not in page.text


def test_a_yes_with_a_helper_leads_to_thanking_them_and_tells_nobody(
    browser: Callable[..., Any], after: Any, sqlite: Database
) -> None:
    amara = browser(after.amara)
    assert "Cat Reed" not in amara.get(after.path).text
    said = {"said": "yes", "helper": after.ben.public_id}
    page = amara.follow(f"{after.path}/{after.peat.public_id}", said)
    assert "Peat Depth: it is solved. You are no longer listed as stuck on it" in page.text
    assert "You said that it is solved, with the help of Ben Reed. Thank Ben Reed" in page.text
    amara.get(f"/datasets/{after.peat.public_id}/thank/{after.ben.public_id}")
    assert "Peat Depth" not in browser(after.ben).get(after.path).text
    with sqlite.reading() as session:
        (row,) = session.scalars(select(StuckOutcome))
        assert (row.said, row.helper_id) == (SolvedAnswer.YES, after.ben.id)
        assert list(session.scalars(select(Mail))) == []


def test_a_no_and_a_not_now_are_kept_and_can_be_changed(
    browser: Callable[..., Any], after: Any, sqlite: Database
) -> None:
    amara = browser(after.amara)
    for said, words in (("not-now", "You said: not now."), ("no", "You said that it is not solved.")):
        page = amara.follow(f"{after.path}/{after.peat.public_id}", {"said": said})
        assert words in page.text
    with sqlite.reading() as session:
        assert [one.said for one in session.scalars(select(StuckOutcome))] == [SolvedAnswer.NO]


def test_only_ones_own_datasets_and_known_answers_are_taken(
    browser: Callable[..., Any], after: Any, sqlite: Database
) -> None:
    amara = browser(after.amara)
    amara.post(f"{after.path}/{after.soil.public_id}", {"said": "yes"}, status=404)
    amara.post(f"{after.path}/{after.peat.public_id}", {"said": "maybe"}, status=400)
    assert "You are not stuck on anything" in browser(after.cat).get(after.path).text
    with sqlite.reading() as session:
        assert list(session.scalars(select(StuckOutcome))) == []
