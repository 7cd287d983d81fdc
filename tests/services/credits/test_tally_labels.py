"""Numbers of labels are brought forward by the datasets that have changed, and are as if counted from nothing."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from matchmaker.recognition.states import ContributionState, EndorsementState, UnclaimedState
from matchmaker.services.credits import kept_labels
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import label_tallies, labelled_datasets
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database, Session
from tests.services.credits.test_kept_labels import NOW, Shelf, counted, read


@pytest.fixture
def shelf(make: Any, sqlite: Database) -> Shelf:
    made = Shelf(make, sqlite)
    make.endorsement(
        made.event,
        made.ada,
        make.contribution(made.ben, made.north, "checked"),
        state=EndorsementState.ACCEPTED,
    )
    assert made.count()
    return made


one = st.integers(0, 9)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("named"), one, one, st.sampled_from(["curated", "checked", "collected"])),
        st.tuples(st.just("state"), one, st.sampled_from([*ContributionState])),
        st.tuples(st.just("hidden"), one, st.booleans()),
        st.tuples(st.just("thanks"), one, st.sampled_from([EndorsementState.ACCEPTED, EndorsementState.WITHDRAWN])),
        st.tuples(st.just("comes"), one, st.sampled_from([*RegistrationState]), st.booleans()),
        st.tuples(st.just("agreed"), one, st.booleans()),
        st.tuples(st.just("office"), one, st.sampled_from(["Water", "Soil", ""])),
        st.tuples(st.just("unclaimed"), st.sampled_from([UnclaimedState.SHOWN, UnclaimedState.WAITING])),
        st.tuples(st.just("series"), one, st.booleans()),
        st.tuples(st.just("merged"), one, one),
        st.tuples(st.just("title"), one, st.sampled_from(["A", "Rivers", "Z"])),
        st.tuples(st.just("publisher"), one, one),
        st.tuples(st.just("use"), one, one),
        st.tuples(st.just("gone"), one),
        st.tuples(st.just("begun")),
        st.tuples(st.just("kept")),
    ),
    max_size=6,
)  # fmt: skip


@given(acts)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_one_after_another_the_numbers_are_those_from_nothing(
    shelf: Shelf, done: list[tuple[Any, ...]]
) -> None:
    with shelf.database.writing() as session:
        for name, *how in done:
            _do(session, name, how)
            session.flush()
            assert read(session, shelf) == counted(session, shelf), name
        session.rollback()


def _do(session: Session, name: str, how: list[Any]) -> None:
    session.expire_all()
    if name in ("begun", "kept"):
        turn = label_tallies.begin(session)
        if name == "kept":
            asked = label_tallies.lacking(session, kept_labels.MOST_EVENTS)
            assert label_tallies.keep(session, turn, asked, *kept_labels.count(session, asked))
    elif name == "named":
        person, dataset = _nth(session, Person, how[0]), _nth(session, Dataset, how[1])
        state = ContributionState.ACCEPTED
        there = select(Contribution).where(
            Contribution.person_id == person.id,
            Contribution.dataset_id == dataset.id,
            Contribution.role == how[2],
        )
        if session.scalars(there).first() is None:
            session.add(Contribution(person_id=person.id, dataset_id=dataset.id, role=how[2], state=state))
    elif name == "use":
        person, dataset = _nth(session, Person, how[0]), _nth(session, Dataset, how[1])
        used = select(Use).where(Use.person_id == person.id, Use.dataset_id == dataset.id)
        if session.scalars(used).first() is None:
            session.add(Use(person_id=person.id, dataset_id=dataset.id, kind=UseKind.WANTS))
    else:
        _change(session, name, how)


def _change(session: Session, name: str, how: list[Any]) -> None:
    if name == "unclaimed":
        session.execute(update(UnclaimedCredit).values(state=how[0]))
        return
    tables = {"state": Contribution, "hidden": Contribution, "gone": Contribution, "thanks": Endorsement,
              "comes": Registration, "agreed": Person, "office": Person}  # fmt: skip
    row = _nth(session, tables.get(name, Dataset), how[0])
    if name == "gone":
        session.delete(row)
        return
    for key, value in _values(session, name, row, how[1:]).items():
        setattr(row, key, value)


def _values(session: Session, name: str, row: Any, how: list[Any]) -> dict[str, Any]:
    new = how[0]
    if name == "comes":
        return {"state": new, "on_screen": how[1]}
    if name == "title":
        return {"title": new, "title_key": new.casefold()}
    if name == "publisher":
        return {"publisher_id": _nth(session, Dataset, new).publisher_id}
    if name == "merged":
        other = _nth(session, Dataset, new)
        return {"merged_into_id": None if row is other else other.id}
    if name == "series":
        series = session.scalars(select(Dataset).where(Dataset.is_series)).one()
        return {} if row is series else {"series_id": series.id if new else None}
    if name == "agreed":
        return {"public_since": NOW if new else None}
    return {{"hidden": "moderated", "office": "organisation", "thanks": "state"}.get(name, name): new}


def _nth(session: Session, table: Any, number: int) -> Any:
    rows = list(session.scalars(select(table).order_by(table.id)))
    return rows[number % len(rows)]


@given(st.lists(st.integers(1, 60), unique=True), st.lists(st.integers(1, 60), unique=True))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_new_ones_are_put_where_the_database_has_them(
    catalogue: Database, there: list[int], new: list[int]
) -> None:
    with catalogue.reading() as session:
        every = labelled_datasets.ids(session, Dataset.id > 0, by_publisher=True)
        before = [one for one in every if one in there and one not in new]
        placed = labelled_datasets.placed(session, before, new)
        assert placed == [one for one in every if one in {*before, *new}]


@pytest.fixture
def catalogue(make: Any, sqlite: Database) -> Database:
    publishers = (("Öko",), ("Zoo",), ("ärzte",), ())
    for number in range(60):
        make.dataset(f"{'éZaÄ'[number % 4]} {number * 7 % 13}", *publishers[number % 3 + number % 2])
    return sqlite
