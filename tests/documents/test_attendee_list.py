"""The list of people that we give out: read again, it gives the same people."""

import csv
import io
from dataclasses import replace
from datetime import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matchmaker.documents.people.attendee_list import HEAD, attendee_list_csv
from matchmaker.intake.attendees import AttendeeRow, read_attendees
from matchmaker.intake.prose import reads_back, things_and_prose
from tests.tries import tries

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=12)
NEEDS = WORDS | st.sampled_from(
    ["No stairs; a quiet room", "Vegan\nno nuts", "=1+1", "-loop, if you can", "+ soup", "＋ soup", "'=1"]
)
# What a list is parted by, led in by or taken for a sentence by, between words that say something.
PIECES = (
    *("soil", "Soil", "the", "use", "look after", "I", "we", "Our", "and", "none", "n/a", "x,y", "3,000"),
    *("12", "0", "1", "v1.2", "R&D", "it's", "http://x.y", "[x", "y]", "'q'", "é", "<br>", "(b)", "1.", "1)"),
    *("a)", "(", ",", ";", ":", "-", "#x", "/", ";#"),
)
THINGS = st.lists(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3
)
LISTS = st.lists(WORDS, max_size=3).map("; ".join)


@st.composite
def lists_of_people(draw: st.DrawFn) -> bytes:
    """Return a list in the template's columns with whatever people write into cells."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for number in range(draw(st.integers(1, 4))):
        name = f"Ada {draw(WORDS)} Byrne"
        texts = [draw(WORDS) for _ in range(4)]
        listed = [draw(LISTS) for _ in range(5)]
        prose = [draw(WORDS), draw(WORDS)]
        times = [draw(st.sampled_from(["", "9:30"])), draw(st.sampled_from(["", "15:00"]))]
        ticks = [draw(st.sampled_from(["", "yes", "no"])) for _ in range(2)]
        needs = [draw(NEEDS), draw(NEEDS)]
        rest = [
            draw(st.sampled_from(["", "4"])),
            draw(LISTS),
            draw(st.sampled_from(["", "inside", "outside"])),
            "yes",
        ]
        writer.writerow(
            [
                name,
                f"p{number}@example.org",
                *texts[:3],
                texts[3],
                *listed,
                *prose,
                *times,
                *ticks,
                *needs,
                *rest,
            ]
        )
    return out.getvalue().encode()


@tries(100)
@given(lists_of_people())
def test_a_list_that_was_read_and_written_is_read_the_same_again(data: bytes) -> None:
    people = read_attendees(data, "list.csv").rows
    assume(people)

    again = read_attendees(attendee_list_csv(people), "attendees.csv")

    # Random letters can look like letters saved wrongly; whoever imports them is told of it.
    assume(not any("saved wrongly" in note.text for note in again.notes))
    assert [replace(row, line=0) for row in again.rows] == [replace(row, line=0) for row in people]


@tries(500)
@given(THINGS.map(tuple))
def test_things_are_written_plainly_only_where_reading_the_cell_gives_the_same_things(
    things: tuple[str, ...],
) -> None:
    assert reads_back(things) == (things_and_prose("; ".join(things)) == (things, ""))


def test_every_field_has_its_column_and_none_is_a_formula() -> None:
    row = AttendeeRow(
        2,
        "Ada Byrne",
        "ada@example.org",
        "Kew",
        topics=("Soil; wet", "Rain"),
        offers="=1+1",
        arrives=time(9, 30),
        access_needs="A hearing loop; a wheelchair space",
        diet="@home: no nuts",
        fixed_table=4,
        inside=False,
        trio=True,
    )

    text = attendee_list_csv([row]).decode("utf-8-sig")

    assert text.splitlines()[0].split(",") == list(HEAD)
    assert "'=1+1" in text
    assert "'@home: no nuts" in text
    assert read_attendees(text.encode(), "attendees.csv").rows == (row,)


@pytest.mark.parametrize("words", ["=1+1", "＋44 is dialled first", "＝A1", "'=1 is typed so", "'tis soil"])
def test_words_that_a_spreadsheet_might_run_are_kept_from_it_and_read_again_as_they_were(words: str) -> None:
    person = AttendeeRow(line=2, name="Ada Byrne", email="ada@example.org", offers=words)
    written = attendee_list_csv([person])
    (_, row) = csv.reader(io.StringIO(written.decode("utf-8-sig")))
    assert not any(cell.startswith(("=", "＝", "＋")) for cell in row)  # noqa: RUF001 - meant
    (again,) = read_attendees(written, "attendees.csv").rows
    assert again.offers == words
