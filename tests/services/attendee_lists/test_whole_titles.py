"""A title with commas in it, which a cell of a list has parted, is one again where a dataset has it."""

from typing import Any

import pytest

from matchmaker.intake.rows import AttendeeRow
from matchmaker.services.attendee_lists.judge_rows import judge
from matchmaker.services.attendee_lists.recall_people import know
from matchmaker.services.attendee_lists.whole_titles import whole_titles, with_whole_titles
from matchmaker.store.event.events import Event
from matchmaker.store.session import Database

KNOWN = {
    "fish, celtic sea, 1990": 1,
    "rain": 1,
    "snow": 1,
    "rain, snow": 1,
    "peat, depth": 1,
    "fish, celtic sea": 1,
}


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("Fish", "Celtic Sea", "1990"), ("Fish, Celtic Sea, 1990",)),
        (("Rain", "Fish", "Celtic sea", "1990", "Peat"), ("Rain", "Fish, Celtic sea, 1990", "Peat")),
        (("Fish", "Celtic Sea", "1991"), ("Fish, Celtic Sea", "1991")),
        (("Rain", "Snow"), ("Rain", "Snow")),
        (("Nobody", "knows", "these"), ("Nobody", "knows", "these")),
        ((), ()),
    ],
)
def test_the_longest_title_that_a_dataset_has_is_whole_again(
    parts: tuple[str, ...], whole: tuple[str, ...]
) -> None:
    row = AttendeeRow(2, "Ada", datasets=parts, datasets_stuck=("Peat", "depth"))
    read = with_whole_titles(row, KNOWN)
    assert (read.datasets, read.datasets_stuck, read.datasets_made) == (whole, ("Peat, depth",), ())


def test_only_parts_that_are_no_titles_are_looked_for_as_one() -> None:
    rows = [
        AttendeeRow(2, "Ada", datasets=("Rain", "Snow")),
        AttendeeRow(3, "Ben", datasets=("a", "Rain", "b")),
    ]
    assert whole_titles(rows, KNOWN) == {"a, Rain", "a, Rain, b", "Rain, b"}


def test_a_title_with_commas_is_linked_and_nothing_waits_for_its_parts(sqlite: Database, make: Any) -> None:
    event = make.event()
    fish = make.dataset("Fish, Celtic Sea, 1990")
    with sqlite.reading() as session:
        rows = [AttendeeRow(2, "Ada", datasets_wanted=("Fish", "Celtic Sea", "1990", "Ice"))]
        (verdict,) = judge(rows, know(session, session.get_one(Event, event.id), rows))
    assert verdict.unknown == ("Ice",)
    assert [one.label for one in verdict.changes] == ["wants Fish, Celtic Sea, 1990", "waits for Ice"]
    assert fish.id in verdict.changes[0].value
