"""When somebody is there: a cell may say either end of it, or both, in the column for the other, too."""

import pytest

from matchmaker.intake.attendees import AttendeeFile, headers, read_attendees


def read(*lines: str) -> AttendeeFile:
    return read_attendees("\n".join(lines).encode(), "list.csv")


@pytest.mark.parametrize(
    ("cell", "arrives", "leaves"),
    [
        ("11", "11:00", ""),
        ("from 11", "11:00", ""),
        ("from 10:00 onwards", "10:00", ""),
        ("until 14:00", "", "14:00"),
        ("only till 2pm", "", "14:00"),
        ("10-12", "10:00", "12:00"),
        ("10am to 3.30pm", "10:00", "15:30"),
        ("between 9:30 and 12", "09:30", "12:00"),
        ("morning only", "", "12:00"),
        ("in the afternoon", "12:00", ""),
        ("until the end", "", ""),
        ("all day", "", ""),
        ("2027-03-03T09:30:00", "09:30", ""),
    ],
)
def test_one_column_says_when_somebody_comes_and_when_they_go(cell: str, arrives: str, leaves: str) -> None:
    file = read("Name,When will you be there?", f"Ada Byrne,{cell}")
    assert [[f"{at:%H:%M}" if at else "" for at in (row.arrives, row.leaves)] for row in file.rows] == [
        [arrives, leaves]
    ]
    assert file.notes == ()


def test_the_column_of_each_end_goes_before_what_the_other_says() -> None:
    file = read("Name,Arrives,Leaves", "Ada Byrne,10 to 12,15:00", "Ben Cole,,from 11", "Cy Dale,till 3,")
    assert [(row.arrives and row.arrives.hour, row.leaves and row.leaves.hour) for row in file.rows] == [
        (10, 15),
        (11, None),
        (None, 15),
    ]


def test_what_says_no_time_is_left_out_with_a_remark() -> None:
    file = read("Name,Arrives", "Ada Byrne,until lunch", "Ben Cole,half past")
    assert [(row.arrives, row.leaves) for row in file.rows] == [(None, None)] * 2
    assert [note.text for note in file.notes] == [
        f"“{cell}” is not a time to arrive, so they are planned from the start. Write it as 13:30."
        for cell in ("until lunch", "half past")
    ]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("May we share your email with others?", "ignore"),
        ("Could we take your photo?", "ignore"),
        ("Do you agree to share your contact details?", "ignore"),
        ("Which data could you share?", "offers"),
        ("Where could you use some help?", "needs"),
        ("What would you like help with?", "needs"),
        ("What can you help others with?", "offers"),
        ("works on", "bio"),
        ("What are you working on?", "bio"),
        ("When will you be there?", "arrives"),
    ],
)
def test_a_question_is_put_where_its_answers_belong(question: str, field: str) -> None:
    assert headers(f'Name,"{question}"\nAda,x\n'.encode(), "list.csv").mapping[question] == field
