"""Judging a list, row by row: nothing is taken away, nobody's own words are written over, nobody is brought back."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest

from matchmaker.intake.rows import AttendeeRow
from matchmaker.recognition.states import ContributionState
from matchmaker.services.attendee_lists.judge_rows import RowOutcome, Verdict, judge
from matchmaker.services.attendee_lists.recall_people import know
from matchmaker.store.attendee_lists.waiting_titles import NamedAs
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Pool, RegistrationState
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)
EMAIL = "ada@inside.example"
Judge = Callable[..., list[Verdict]]


@pytest.fixture
def event(make: Any) -> Event:
    made: Event = make.event()
    make.registration(make.event())
    return made


@pytest.fixture
def judged(sqlite: Database, event: Event) -> Judge:
    """Give the judge of rows at the event."""

    def run(*rows: AttendeeRow) -> list[Verdict]:
        with sqlite.reading() as session:
            return judge(rows, know(session, session.get_one(Event, event.id), rows))

    return run


def ada(make: Any, organisation: str = "Defra", **columns: Any) -> Person:
    made: Person = make.person("Ada", EMAIL, organisation=organisation, **columns)
    return made


def values(verdict: Verdict) -> dict[str, object]:
    return {one.name or one.label: one.value for one in verdict.changes}


def test_who_is_nobody_yet_is_new_and_who_is_known_joins(judged: Judge, make: Any) -> None:
    new = AttendeeRow(2, "New", "new@home.example", "Ofgem", topics=("Floods", "floods"))
    ada(make)
    (first, second) = judged(new, AttendeeRow(3, "Ada", EMAIL))
    assert (first.outcome, first.pool, first.someone) == (RowOutcome.NEW, Pool.OUTSIDE, ("line", 2))
    assert values(first) == {"organisation": "Ofgem", "topic Floods": "Floods"}
    assert (second.outcome, second.pool, second.person and second.person.name) == (
        RowOutcome.JOINS,
        Pool.INSIDE,
        "Ada",
    )


def test_an_empty_cell_takes_nothing_away_and_the_same_changes_nothing(
    judged: Judge, make: Any, event: Event
) -> None:
    make.registration(event, ada(make), bio="Rain.", step_free=True, arrives=time(9))
    (empty, same) = (judged(row)[0] for row in (
        AttendeeRow(2, "Ada", EMAIL),
        AttendeeRow(2, "Ada", EMAIL, "Defra", bio="Rain.", step_free=True, arrives=time(9)),
    ))  # fmt: skip
    assert [(one.outcome, one.changes, one.notes) for one in (empty, same)] == [
        (RowOutcome.UNCHANGED, (), ())
    ] * 2


@pytest.mark.parametrize("saved", [None, NOW])
def test_what_somebody_wrote_themselves_stays_and_what_is_empty_is_filled(
    judged: Judge, make: Any, event: Event, saved: datetime | None
) -> None:
    make.registration(event, ada(make), bio="Mine.", profile_saved_at=saved)
    (verdict,) = judged(AttendeeRow(2, "Ada", EMAIL, "Met Office", bio="Theirs.", offers="Gauges"))
    assert verdict.outcome is RowOutcome.CHANGED
    if saved:
        assert values(verdict) == {"offers": "Gauges"}
        assert verdict.notes == ("Stays as it is, since they wrote it themselves: organisation, about them.",)
    else:
        assert values(verdict) == {"organisation": "Met Office", "bio": "Theirs.", "offers": "Gauges"}


def test_a_spelling_that_was_made_one_with_another_does_not_come_back_with_the_list(
    judged: Judge, make: Any, event: Event
) -> None:
    make.registration(event, ada(make, organisation="Environment Agency"))
    (again,) = judged(AttendeeRow(2, "Ada", EMAIL, "EA"))
    assert values(again) == {}
    assert again.notes == ("“EA” stays Environment Agency, as organisations are written here.",)
    make.registration(event, make.person("Ben", organisation="EA"))
    (used,) = judged(AttendeeRow(2, "Ada", EMAIL, "EA"))
    assert values(used) == {"organisation": "EA"}
    make.registration(event, make.person("Cy", organisation="environment agency"))
    (small,) = judged(AttendeeRow(2, "Ada", EMAIL, "environment agency"))
    assert values(small) == {}
    (moved,) = judged(AttendeeRow(2, "Ada", EMAIL, "Met Office"))
    assert values(moved) == {"organisation": "Met Office"}


def test_what_other_events_rely_on_stays(judged: Judge, make: Any, event: Event) -> None:
    person = ada(make)
    make.registration(event, person)
    make.registration(make.event(), person)
    (verdict,) = judged(AttendeeRow(2, "Ada", EMAIL, "Met Office", "Hydrologist", bio="Rain."))
    assert values(verdict) == {"job_title": "Hydrologist", "bio": "Rain."}
    assert verdict.notes == ("Stays as it is, since other events rely on it: organisation.",)


@pytest.mark.parametrize("state", [RegistrationState.DECLINED, RegistrationState.CANCELLED])
def test_a_list_does_not_bring_back_who_said_no(judged: Judge, make: Any, event: Event, state: Any) -> None:
    make.registration(event, ada(make), state=state)
    (verdict,) = judged(AttendeeRow(2, "Ada", EMAIL, "Met Office", bio="Rain.", not_with=("Ada",)))
    assert (verdict.outcome, verdict.changes, verdict.apart) == (RowOutcome.STAYS_OUT, (), ())
    assert verdict.notes == ("They said no or left this event, so the list does not bring them back.",)


def test_a_second_row_of_one_person_adds_to_the_first(judged: Judge, make: Any, event: Event) -> None:
    make.registration(event, ada(make))
    first, second = judged(
        AttendeeRow(2, "Ada", EMAIL, team="Rain", bio="One"),
        AttendeeRow(5, "Ada", EMAIL, team="Snow", bio="Two"),
    )
    assert (first.outcome, second.outcome, second.changes) == (RowOutcome.CHANGED, RowOutcome.TWICE, ())
    assert values(first) == {"team": "Rain", "bio": "One\nTwo"}
    assert second.notes == ("This is Ada, as on line 2. Where they differ, line 2 counts: team.",)


def test_another_name_at_an_address_and_a_namesake_are_pointed_out(
    judged: Judge, make: Any, event: Event
) -> None:
    make.registration(event, ada(make))
    other, namesake, plain = judged(
        AttendeeRow(2, "Alan", EMAIL), AttendeeRow(3, "Ada", "a2@inside.example"), AttendeeRow(4, "New")
    )
    assert [note.split(".")[0] for note in other.notes] == ["This address is Ada’s"]
    assert namesake.notes == (
        "Somebody of the same name is here already. If it is the same person, merge the two.",
    )
    assert plain.notes == ()


def test_the_pool_is_the_lists_word_then_the_organisers_then_the_domains(
    judged: Judge, make: Any, event: Event
) -> None:
    make.registration(event, ada(make), pool=Pool.OUTSIDE, pool_reason="A contractor")
    make.registration(event, make.person("Ben", "ben@inside.example"), pool=Pool.OUTSIDE)
    by_hand, by_domain, by_list = judged(
        AttendeeRow(2, "Ada", EMAIL),
        AttendeeRow(3, "Ben", "ben@inside.example"),
        AttendeeRow(4, "New", "new@inside.example", inside=False),
    )
    assert [one.pool for one in (by_hand, by_domain, by_list)] == [Pool.OUTSIDE, Pool.INSIDE, Pool.OUTSIDE]
    assert values(by_domain) == {"pool": Pool.INSIDE}
    assert values(by_list) == {"pool_reason": "The list says so"}


def test_hours_that_contradict_those_known_stay(judged: Judge, make: Any, event: Event) -> None:
    make.registration(event, ada(make), arrives=time(11))
    (bad,), (good,) = (
        judged(AttendeeRow(2, "Ada", EMAIL, leaves=leaves)) for leaves in (time(11), time(12))
    )  # fmt: skip
    assert (bad.changes, bad.notes) == (
        (),
        (
            "The hours contradict those known so far, so they stay as they are. Change them on the person’s page.",
        ),
    )
    assert values(good) == {"leaves": time(12)}


def test_datasets_are_found_by_title_once_and_the_strongest_word_counts(
    judged: Judge, make: Any, event: Event
) -> None:
    person = ada(make)
    make.registration(event, person)
    rivers, peat = make.dataset("River Levels"), make.dataset("Peat Depth")
    for _ in range(2):
        make.dataset("Twice", f"Publisher {_}")
    make.contribution(person, peat, state=ContributionState.CLAIMED)
    make.add(Use(person_id=person.id, dataset_id=peat.id, kind=UseKind.USES))
    (verdict,) = judged(
        AttendeeRow(
            2,
            "Ada",
            EMAIL,
            datasets=("river levels", "Peat Depth", "Nowhere", "Twice"),
            datasets_made=("Peat Depth", "River Levels"),
            datasets_wanted=("River Levels", "Nowhere"),
            datasets_stuck=("River Levels",),
        )  # fmt: skip
    )
    assert values(verdict) == {
        "looks after River Levels": rivers.id,
        "is stuck on River Levels": (rivers.id, UseKind.STUCK),
        "Nowhere": ("nowhere", NamedAs.WANTS),
    }
    assert verdict.unknown == ("Nowhere", "Twice")
    assert verdict.notes == ("2 datasets are called “Twice”, so none was chosen.",)


def test_who_is_kept_apart_must_be_one_person_here_who_is_not_kept_apart_yet(
    judged: Judge, make: Any, event: Event
) -> None:
    person, ben, cy = ada(make), make.person("Ben"), make.person("Cy")
    for one in (person, ben, cy, make.person("Dee"), make.person("Dee")):
        make.registration(event, one)
    a, b = sorted((person.id, cy.id))
    make.add(Exclusion(event_id=event.id, a_id=a, b_id=b))
    (verdict,) = judged(AttendeeRow(2, "Ada", EMAIL, not_with=("ben", "Cy", "Dee", "Ada", "Nobody", "Fay")))
    assert verdict.apart == ((("person", ben.id), "Ben"),)
    assert verdict.notes == (
        "2 people are called “Dee”, so nobody is kept apart. Write an email address.",
        "“Nobody” is not on this list or at the event, so nobody is kept apart.",
        "“Fay” is not on this list or at the event, so nobody is kept apart.",
    )


@pytest.mark.parametrize(
    "said",
    [
        ("Siobhan O'Neill",),
        ("Dr Siobhán O’Neill MBE",),  # noqa: RUF001
        ("O’Neill, Siobhan (CSO)",),  # noqa: RUF001
        ("O’Neill", "Siobhan"),  # noqa: RUF001
        ("SIOBHÁN ONEILL",),
    ],
)
def test_who_is_kept_apart_is_known_however_the_name_is_written(
    said: tuple[str, ...], judged: Judge, make: Any, event: Event
) -> None:
    siobhan = make.person("Siobhan O’Neill")  # noqa: RUF001
    for one in (siobhan, make.person("Ann Pugh-Jones"), make.person("Sion O'Neil")):
        make.registration(event, one)

    one, other = judged(
        AttendeeRow(2, "Ada", EMAIL, not_with=said),
        AttendeeRow(3, "Ben", "ben@x.example", not_with=("Pugh Jones", "Ann", *said[:1], "Cy and Zed")),
    )

    assert (one.apart, one.unmet, one.notes) == (((("person", siobhan.id), "Siobhan O’Neill"),), (), ())  # noqa: RUF001
    assert "Ann Pugh-Jones" in [name for _, name in other.apart]
    assert other.unmet[-1] == "“Cy and Zed” is not on this list or at the event, so nobody is kept apart."


def test_of_two_whose_names_differ_by_an_accent_the_one_written_so_is_meant(
    judged: Judge, make: Any, event: Event
) -> None:
    zoe, accented = make.person("Zoe Lee"), make.person("Zoë Lee")
    for one in (zoe, accented):
        make.registration(event, one)

    (verdict,) = judged(AttendeeRow(2, "Ada", EMAIL, not_with=("zoë lee",)))

    assert verdict.apart == ((("person", accented.id), "Zoë Lee"),)
