"""A title with commas in it, which a cell of a list has parted, is one again where a dataset has it."""

from typing import Any

import pytest

from matchmaker.intake.attendees import read_attendees
from matchmaker.intake.rows import AttendeeRow
from matchmaker.services.attendee_lists.judge_rows import judge
from matchmaker.services.attendee_lists.recall_people import know
from matchmaker.services.attendee_lists.whole_titles import in_parts, parts_of, with_whole_titles
from matchmaker.store.event.events import Event
from matchmaker.store.session import Database

KNOWN = {
    "fish, celtic sea, 1990": 1,
    "rain": 1,
    "snow": 1,
    "rain, snow": 1,
    "peat, depth": 1,
    "fish, celtic sea": 1,
    "fish, celtic sea, 1992": 1,
    "coast, celtic sea, 1992": 1,
    "births; deaths": 1,
    "fish, rain": 1,
}
PARTED = {title: parts for title in KNOWN if len(parts := parts_of(title)) > 1}


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("Fish", "Celtic Sea", "1990"), ("Fish, Celtic Sea, 1990",)),
        (("Rain", "Fish", "Celtic sea", "1990", "Peat"), ("Rain", "Fish, Celtic sea, 1990", "Peat")),
        (("Fish", "Celtic Sea", "1991"), ("Fish, Celtic Sea", "1991")),
        (("Rain", "Snow"), ("Rain", "Snow")),
        (("Fish", "Celtic Sea", "1990", "1992"), ("Fish, Celtic Sea, 1990", "Fish, Celtic Sea, 1992")),
        (
            ("Fish", "Celtic Sea", "1992", "Coast", "Rain"),
            ("Fish, Celtic Sea, 1992", "Coast, Celtic Sea, 1992", "Rain"),
        ),
        (("Fish", "Ice", "Celtic Sea", "1990"), ("Fish", "Ice", "Celtic Sea", "1990")),
        (("Births", "Deaths"), ("births; deaths",)),
        (("Nobody", "knows", "these"), ("Nobody", "knows", "these")),
        ((), ()),
    ],
)
def test_the_longest_title_that_a_dataset_has_is_whole_again(
    parts: tuple[str, ...], whole: tuple[str, ...]
) -> None:
    row = AttendeeRow(2, "Ada", datasets=parts, datasets_stuck=("Peat", "depth"))
    read = with_whole_titles(row, KNOWN, PARTED)
    assert (read.datasets, read.datasets_stuck, read.datasets_made) == (whole, ("Peat, depth",), ())


def test_only_titles_of_which_all_parts_are_named_are_looked_for() -> None:
    there = ("a, b", "a, rain", "rain (a, b)", "a; b, c", "rain", "a, c; b", "c, a / b", "1990, b")
    assert in_parts(there, {"a", "b", "rain", "a, c", "c, a", "1990"}) == {
        "a, b": ("a", "b"),
        "a, rain": ("a", "rain"),
        "a, c; b": ("a, c", "b"),
        "c, a / b": ("c, a", "b"),
        "1990, b": ("1990", "b"),
    }


def test_a_title_with_commas_is_linked_and_nothing_waits_for_its_parts(sqlite: Database, make: Any) -> None:
    event = make.event()
    fish = make.dataset("Fish, Celtic Sea, 1990")
    with sqlite.reading() as session:
        rows = [AttendeeRow(2, "Ada", datasets_wanted=("Fish", "Celtic Sea", "1990", "Ice"))]
        (verdict,) = judge(rows, know(session, session.get_one(Event, event.id), rows))
    assert verdict.unknown == ("Ice",)
    assert [one.label for one in verdict.changes] == ["wants Fish, Celtic Sea, 1990", "waits for Ice"]
    assert fish.id in verdict.changes[0].value


def test_titles_that_begin_alike_are_both_linked_from_one_cell(sqlite: Database, make: Any) -> None:
    event = make.event()
    years = [make.dataset(f"Rivers, lakes and coasts, {year}") for year in (2023, 2024)]
    data = b'Name,Datasets I use\nAda,"Rivers, lakes and coasts, 2023, Rivers, lakes and coasts, 2024"\n'
    rows = read_attendees(data, "list.csv").rows
    with sqlite.reading() as session:
        (verdict,) = judge(rows, know(session, session.get_one(Event, event.id), rows))
    assert verdict.unknown == ()
    assert [one.value[0] for one in verdict.changes] == [one.id for one in years]
