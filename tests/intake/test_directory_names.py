"""Lists out of a calendar or a meeting, where names stand as in the directory of a department."""

import pytest

from matchmaker.intake.attendees import AttendeeFile, Decisions, read_attendees


def read(text: str, **said: object) -> AttendeeFile:
    return read_attendees(text.encode(), "list.csv", None, Decisions(**said))  # type: ignore[arg-type]


def who(file: AttendeeFile) -> list[tuple[str, str]]:
    return [(row.name, row.organisation) for row in file.rows]


OUTLOOK = (
    "Full Name,Attendance,Response\n"
    '"Okafor, Maria (Defra)",Meeting Organizer,Accepted\n'
    '"Jones, Siân (EA)",Required Attendee,Accepted\n'
    '"Cole, Ben (Natural England)",Optional Attendee,Accepted\n'
    '"Dean, William (Bill)",Required Attendee,Accepted\n'
    '"Fox, Eve",Required Attendee,Accepted\n'
    '"Hay, Gus",Required Attendee,Accepted\n'
    '"Room 4.12 Birmingham",Resource,Accepted\n'
)


def test_the_organisation_behind_a_name_is_read_where_no_column_says_it() -> None:
    found = read(OUTLOOK)

    assert who(found) == [
        ("Maria Okafor", "Defra"), ("Siân Jones", "EA"), ("Ben Cole", "Natural England"),
        ("William Dean", "Bill"), ("Eve Fox", ""), ("Gus Hay", ""),
    ]  # fmt: skip
    assert [(note.line, note.text) for note in found.notes if note.kind == "name"][1] == (
        3, "“EA” behind the name was read as the organisation of Siân Jones. Check it.",
    )  # fmt: skip


def test_what_somebody_is_called_or_does_stays_behind_the_name() -> None:
    found = read(
        "Name,Email\n"
        "William Dean (Bill),a@example.org\nAda Byrne (née Fox),b@example.org\nBen Cole (Chair),c@example.org\n"
        "Cy Hay (Chair),d@example.org\nEve Fox (DfT),e@example.org\nGus Ito,f@example.org\nJo Kim,g@example.org\n"
        "Lee Mo,h@example.org\nNia Oak,i@example.org\nPat Roy,j@example.org\n"
    )

    assert who(found)[:5] == [
        ("William Dean (Bill)", ""), ("Ada Byrne (née Fox)", ""), ("Ben Cole (Chair)", ""),
        ("Cy Hay (Chair)", ""), ("Eve Fox", "DfT"),
    ]  # fmt: skip


def test_a_list_that_has_a_column_of_organisations_keeps_what_is_behind_a_name() -> None:
    found = read("Name,Organisation\nAda Byrne (RPA),Defra\nBen Cole (RPA),\n")

    assert who(found) == [("Ada Byrne (RPA)", "Defra"), ("Ben Cole (RPA)", "")]


def test_what_an_organiser_puts_right_is_not_read_from_behind_the_name_again() -> None:
    found = read(OUTLOOK, right={2: {"organisation": ""}, 5: {"name": "Bill Dean (Bill)"}})

    assert who(found)[0] == ("Maria Okafor (Defra)", "")
    assert who(found)[3] == ("Bill Dean (Bill)", "")


@pytest.mark.parametrize("mark", ["(Guest)", "(Unverified)", "[External]", "(EXT)"])
def test_the_mark_of_whoever_is_from_elsewhere_is_no_part_of_a_name(mark: str) -> None:
    found = read(f'Name,Email\n"Byrne, Ada {mark}",a@example.org\n')

    assert who(found) == [("Ada Byrne", "")]


def test_a_room_that_was_invited_is_nobody_unless_the_organiser_says_so() -> None:
    found = read(OUTLOOK)

    assert [
        (remark.kind, remark.text, remark.lines) for remark in found.remarks if remark.kind == "room"
    ] == [("room", "1 line is a room or a thing, not a person", (8,))]
    assert "Room 4.12 Birmingham" in [row.name for row in read(OUTLOOK, keep=frozenset({8})).rows]
