"""From rows to a label: what may be seen, and so may leave, and what must not."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from matchmaker.recognition.states import ContributionState, UnclaimedState
from matchmaker.services.credits import build_labels
from matchmaker.store.credits import endorsements, label_names
from matchmaker.store.credits.label_names import NameCounts
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def unclaimed(make: Any, event: Any, dataset: Any, name: str, state: UnclaimedState, **columns: Any) -> Any:
    key = f"{name} {state} {columns}"
    row = UnclaimedCredit(
        event_id=event.id, dataset_id=dataset.id, role="collected", name=name, name_key=name.casefold(),
        organisation="Water Office", code_hash=f"c{hash(key)}", state=state,
        agreed_at=NOW if state is UnclaimedState.SHOWN else None, **columns,
    )  # fmt: skip
    make.add(row)
    return row


def entries(database: Database, dataset: Any) -> list[tuple[str, int | None, bool]]:
    with database.reading() as session:
        label = build_labels.of_dataset(session, dataset.id).label
    return [(one.shown, one.person_id, one.is_team) for line in label.lines for one in line.entries]


def test_an_unclaimed_credit_is_on_the_label_once_an_organiser_recorded_a_yes(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, dataset, other = make.event(), make.dataset(), make.dataset()
    for state in UnclaimedState:
        live = state in (UnclaimedState.WAITING, UnclaimedState.SHOWN)
        unclaimed(make, event, dataset, f"Person {state}" if live else "", state)
    unclaimed(make, event, dataset, "Field Team North", UnclaimedState.SHOWN, is_team=True)
    unclaimed(make, event, dataset, "Hidden by an organiser", UnclaimedState.SHOWN, moderated=True)
    unclaimed(make, event, other, "Noise", UnclaimedState.SHOWN)
    assert entries(database, dataset) == [("Field Team North", None, True), ("Person shown", None, False)]


@pytest.mark.parametrize(
    "columns",
    [
        {"name": "", "state": UnclaimedState.WAITING},
        {"name": "Still here", "state": UnclaimedState.REMOVED},
        {"name": "No word", "state": UnclaimedState.SHOWN, "agreed_at": None},
        {"name": "Team", "state": UnclaimedState.WAITING, "is_team": True, "email": "a@b.example"},
        {"name": "Twice", "state": UnclaimedState.WAITING, "reminded_at": NOW},
    ],
)
def test_the_database_refuses_a_name_that_should_be_gone_and_a_yes_without_a_word(
    database: Database, maker: Any, columns: dict[str, Any]
) -> None:
    make = maker(database)
    event, dataset = make.event(), make.dataset()
    row = UnclaimedCredit(event_id=event.id, dataset_id=dataset.id, role="built", code_hash="c", **columns)
    with pytest.raises(IntegrityError):
        make.add(row)


def test_a_yes_in_a_sealed_round_shows_nothing_before_it_is_opened(database: Database, maker: Any) -> None:
    make = maker(database)
    event, dataset = make.event(sealed=True), make.dataset()
    giver, named, claimer, noise = (make.person() for _ in range(4))
    asked = make.contribution(named, dataset, "built", declared_by_id=giver.id, sealed_by_id=event.id)
    make.contribution(claimer, dataset, "checked", sealed_by_id=event.id)
    make.endorsement(event, giver, asked, sealed=True)
    make.contribution(noise, make.dataset(), "built", state=ContributionState.AWAITING)
    with database.reading() as session:
        credits = build_labels.of_dataset(session, dataset.id)
        assert (credits.label.lines, credits.label.thanks) == ((), ())
        assert [line.role.id for line in credits.claims] == ["checked"]
        assert label_names.in_all(session).named == 0
        assert label_names.of(session, [dataset.id]) == {dataset.id: NameCounts(on_label=0, claiming=1)}
        assert endorsements.count_accepted(session, event.id) == 0


def test_what_an_organiser_hides_is_on_no_label_and_in_no_count(database: Database, maker: Any) -> None:
    make = maker(database)
    event, dataset, other = make.event(), make.dataset(), make.dataset()
    giver, one, two = (make.person() for _ in range(3))
    hidden = make.contribution(one, dataset, "built", moderated=True)
    kept = make.contribution(two, dataset, "checked")
    make.endorsement(event, giver, hidden)
    make.endorsement(event, giver, kept, moderated=True, sentence="Words that somebody found wrong.")
    make.contribution(one, other, "built", moderated=True)
    with database.reading() as session:
        label = build_labels.of_dataset(session, dataset.id).label
        assert [line.role.id for line in label.lines] == ["checked"]
        assert (label.thanks, label.voices.colleagues) == ((), 0)
        assert label_names.in_all(session).named == 1
        assert label_names.of(session, [dataset.id, other.id]) == {dataset.id: NameCounts(on_label=1)}
        assert endorsements.count_accepted(session, event.id) == 1
