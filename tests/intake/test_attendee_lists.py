"""Any attendee list: which column is what, which rows are kept, and what is said of the others."""

from datetime import time
from pathlib import Path

import pytest

from matchmaker.intake.attendees import (
    FIELDS,
    AttendeeRow,
    IntakeError,
    Note,
    Question,
    RefusedRow,
    headers,
    read_attendees,
)


def read(
    text: str, mapping: dict[str, str] | None = None
) -> tuple[list[AttendeeRow], list[RefusedRow], list[Note]]:
    found = read_attendees(text.encode(), "list.csv", mapping)
    return list(found.rows), list(found.problems), list(found.notes)


def test_the_template_is_read_whole_and_without_a_remark(template: bytes) -> None:
    sheet = headers(template, "attendees.csv")
    found = read_attendees(template, "attendees.csv")

    assert (sheet.format, sheet.questions, sheet.unsure) == ("template", (), ())
    assert (found.problems, found.notes) == ((), ())
    assert found.rows[0] == AttendeeRow(
        line=2,
        name="Maria Okafor",
        email="maria.okafor@example.org",
        organisation="Environment Agency",
        job_title="Hydrologist",
        pronouns="she/her",
        team="Water Quality",
        bio="I turn river samples into numbers people can use, and answer the questions that follow.",
        topics=("Water quality", "Rivers", "Sampling"),
        datasets=("Water Quality Archive", "River flow gaugings"),
        datasets_made=("Water Quality Archive",),
        datasets_wanted=("Land cover map",),
        offers="Reading the water quality archive, units and detection limits",
        needs="Somebody who has joined river and land cover data",
        arrives=time(9, 30),
        access_needs="Hearing loop",
        inside=True,
        trio=True,
    )
    tom, sian = found.rows[1:]
    assert (tom.leaves, tom.step_free, tom.fixed_table) == (time(15, 30), True, 4)
    assert (tom.diet, sian.access_needs, sian.diet) == (
        "Vegetarian",
        "Welsh interpreter",
        "Vegan; nut allergy",
    )
    assert tom.datasets_stuck == ("Water Quality Archive",)
    assert (sian.name, sian.email, sian.quiet, sian.inside) == ("Siân Prys", "", True, False)
    assert sian.not_with == ("maria.okafor@example.org",)


def test_the_template_has_a_column_for_every_field_a_row_can_have(template: bytes) -> None:
    fields = set(headers(template, "attendees.csv").mapping.values())

    assert fields == set(FIELDS) - {
        *("first_name", "middle_name", "last_name", "badge_name", "access"),
        *("status", "coming", "cancelled", "orderer_name", "orderer_email", "ignore"),
    }


def test_an_unknown_column_is_a_question_with_samples() -> None:
    sheet = headers(b"Name,Shoe size,Empty\nAna,38,\nBen,44,\nCat,38,\nDan,41,\n", "list.csv")

    assert sheet.questions == (Question("Shoe size", ("38", "44", "41")),)
    assert sheet.mapping == {"Name": "name"}
    assert sheet.usable


def test_the_persons_own_mapping_overrules_the_guess_and_unknown_headers_are_passed_over() -> None:
    text = "Name,Department,Kram\nAna,Kew,soil; rivers\n"

    rows, _, _ = read(text, {"Department": "organisation", "Kram": "topics", "Gone": "email"})

    assert rows == [AttendeeRow(2, "Ana", organisation="Kew", topics=("soil", "rivers"))]


def test_a_mapping_to_a_field_that_does_not_exist_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no such field: shoes"):
        read("Name\nAna\n", {"Name": "shoes"})


def test_a_column_can_be_left_out() -> None:
    rows, _, _ = read("Name,Team\nAna,Soil\n", {"Team": "ignore"})

    assert rows == [AttendeeRow(2, "Ana")]


@pytest.mark.parametrize(
    "text",
    ['Name\n"Lind, Ana"\n', 'First name,Surname\n,"Lind, Ana"\n', 'First name,Surname\n"Lind, Ana",\n'],
)
def test_a_name_that_begins_with_the_family_name_is_put_in_the_order_in_which_it_is_said(text: str) -> None:
    rows, _, _ = read(text)
    assert rows[0].name == "Ana Lind"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ó Briain, Dara", "Dara Ó Briain"),
        ("Uí Néill, Máire", "Máire Uí Néill"),
        ("Le Roux, Anne (Kew)", "Anne Le Roux (Kew)"),
        ("De La Cruz, Ana", "Ana De La Cruz"),
        ("St. John, Oliver", "Oliver St. John"),
        # These begin with a first name, as far as anybody can tell, so an organisation may be behind the comma.
        ("Al Reed, Kew", "Al Reed, Kew"),
        ("Nic Lind, Kew", "Nic Lind, Kew"),
        ("Eva Lind, Kew", "Eva Lind, Kew"),
    ],
)
def test_what_belongs_to_a_family_name_does_not_keep_it_before_the_comma(written: str, said: str) -> None:
    rows, _, notes = read(f'Name\n"{written}"\n')
    assert rows[0].name == said
    assert [note.kind for note in notes if "comma" in note.text] == (["name"] if said == written else [])


def test_where_a_column_puts_the_family_name_first_one_of_two_words_is_read_so_too() -> None:
    rows, _, notes = read(
        'Name\n"Lind, Ana"\n"Ode, Ben"\n"Garcia Lopez, Eva"\n"Lee, Min-jun"\n"ITO, KEN"\nTBC\n'
    )
    assert [row.name for row in rows] == ["Ana Lind", "Ben Ode", "Eva Garcia Lopez", "Min-jun Lee", "Ken Ito"]
    assert [(note.kind, note.text) for note in notes][:1] == [
        ("name", "“Garcia Lopez, Eva” was read as Eva Garcia Lopez. Check the name.")
    ]
    assert [note.kind for note in notes] == ["name", "placeholder"]
    rows, _, _ = read('Name\n"Ana Lind, Kew"\n"Ben Ode, Kew"\n"Cy Dean, Kew"\n"Fox, Di"\n')
    assert [row.name for row in rows] == ["Ana Lind, Kew", "Ben Ode, Kew", "Cy Dean, Kew", "Di Fox"]


@pytest.mark.parametrize(
    "header", ["Surname, Forename", "Surname/Forename", "Name (Last, First)", "Last name, First name"]
)
def test_a_column_of_both_names_is_known_by_either_order(header: str) -> None:
    rows, _, _ = read(f'"{header}",Organisation\n"Lind, Ana",Kew\n')
    assert [(row.name, row.organisation) for row in rows] == [("Ana Lind", "Kew")]


@pytest.mark.parametrize("written", ["Van Dijk, Jo", "Mac Lind, Ana", "La Toya, Kew"])
def test_what_may_be_a_first_name_after_all_is_turned_and_to_be_checked(written: str) -> None:
    rows, _, notes = read(f'Name\n"{written}"\n')
    family, first = written.split(", ")
    assert rows[0].name == f"{first} {family}"
    assert [note.text for note in notes] == [f"“{written}” was read as {first} {family}. Check the name."]


def test_first_and_last_name_are_joined_and_a_first_name_called_name_does_not_win() -> None:
    rows, _, _ = read("Name,Surname,First name\nAna,Lind,Ana\n")

    assert rows[0].name == "Ana Lind"


def test_several_columns_of_one_list_are_put_together() -> None:
    rows, _, _ = read("Name,Dataset,Dataset,Datasets you use\nAna,Soil map,n/a,soil map; Flood map\n")

    assert rows[0].datasets == ("Soil map", "Flood map")


def test_people_without_addresses_are_told_apart_by_name_and_organisation() -> None:
    rows, problems, notes = read("Name,Organisation\nAna,Kew\nAna,Cefas\nana,KEW\nBen,\nBen,\n")

    assert [(row.line, row.name, row.organisation) for row in rows] == [
        (2, "Ana", "Kew"),
        (3, "Ana", "Cefas"),
        (5, "Ben", ""),
    ]
    advice = (
        "and neither line has an email address. If these are two people, import this line as well. "
        "Both lines are read as one person."
    )
    assert problems == []
    assert [note for note in notes if note.kind == "twice"] == [
        Note(4, f"Ana, KEW, is on line 2 already, {advice}", False, "twice", "email"),
        Note(6, f"Ben is on line 5 already, {advice}", False, "twice", "email"),
    ]


def test_people_without_addresses_are_one_whatever_the_accents_and_signs_in_their_names() -> None:
    rows, problems, notes = read(
        "Name,Organisation\nZoë Lee,CSO\nZoe Lee,CSO\nAnn Pugh-Jones,Kew\nAnn Pugh Jones,KEW\n"
        "Siobhan O’Neill,CSO\nSiobhan O'Neill,CSO\nZoë Lee (Kew),CSO\n张伟,CSO\n张玮,CSO\n"  # noqa: RUF001
    )

    assert [row.line for row in rows] == [2, 4, 6, 8, 9, 10]
    assert (problems, [note.line for note in notes if note.kind == "twice"]) == ([], [3, 5, 7])


def test_a_second_line_of_one_person_adds_to_the_first_and_nothing_of_it_is_lost() -> None:
    rows, problems, notes = read(
        "Name,Email,Organisation,Job title,Datasets you use,Offers,Step-free\n"
        "Ana Lind,ana@example.org,Kew,,Soil map,Maps,no\n"
        '"Lind, Ana",ANA@example.org,Cefas,Curator,soil map; Floods,Rain,yes\n'
    )
    assert problems == []
    assert rows == [
        AttendeeRow(
            2, "Ana Lind", "ana@example.org", "Kew", "Curator",
            datasets=("Soil map", "Floods"), offers="Maps\nRain", step_free=True,
        )
    ]  # fmt: skip
    (note,) = (one for one in notes if one.kind == "twice")
    assert note.text == (
        "Ana Lind is on line 2 already, with the same address. Both lines are read as one person. "
        "Where they differ, line 2 counts: organisation."
    )
    assert not note.left_out


def test_a_row_with_an_address_that_spells_no_name_is_refused() -> None:
    rows, problems, _ = read("Name,Email\n,team@example.org\n,\nAna,ana@example.org\n")

    assert [row.name for row in rows] == ["Ana"]
    assert problems == [
        RefusedRow(2, "There is no name for team@example.org. Add it to the row.", "no-name", "name")
    ]


def test_a_row_with_neither_name_nor_address_is_named() -> None:
    rows, problems, _ = read("Name,Email,Team\nAna,,Soil\nn/a,-,Soil\n")

    assert [row.line for row in rows] == [2]
    assert problems == [
        RefusedRow(
            3,
            "There is neither a name nor an email address in this row. Add one, or delete the row.",
            "no-name",
            "name",
        )
    ]


def test_a_wrong_cell_is_noted_and_the_row_is_kept() -> None:
    text = (
        "Name,Arrives,Leaves,Step-free,Table,Inside,Access needs\n"
        "Ana,later,when it rains,perhaps,near the door,both,Makaton signer\n"
        "Ben,15:00,9:00,x,7,external,\n"
    )

    rows, problems, notes = read(text)

    assert rows == [
        AttendeeRow(2, "Ana", access_needs="Makaton signer"),
        AttendeeRow(3, "Ben", step_free=True, fixed_table=7, inside=False),
    ]
    assert problems == []
    assert {Note(note.line, note.text) for note in notes} == {
        Note(2, "“later” is not a time to arrive, so they are planned from the start. Write it as 13:30."),
        Note(2, "“when it rains” is not a time to leave, so they are planned to the end. Write it as 15:30."),
        Note(
            2,
            "“Makaton signer” is kept with the person, and the plan does not know it. Arrange it with them.",
        ),
        Note(2, "“perhaps” is neither yes nor no, so it was read as no. Write yes or no."),
        Note(
            2,
            "“near the door” is not the number of a table, so no table is fixed. Write 4, or leave it empty.",
        ),
        Note(2, "“both” is neither inside nor outside, so the address decides. Write inside or outside."),
        Note(3, "They leave at 09:00 but arrive at 15:00: both were left out, so they are planned all day."),
    }


def test_a_long_name_is_cut_and_said_so() -> None:
    rows, _, notes = read(f"Name\n{'Anabel' * 50}\n")

    assert rows[0].name == ("Anabel" * 50)[:199] + "…"
    assert notes == [
        Note(2, f"“{('Anabel' * 7)[:40]}…” has 300 characters and was cut after 200.", kind="long")
    ]


def test_names_keep_their_accents_apostrophes_and_scripts() -> None:
    names = ["Siân O’Prys-Jones", "José", "Nguyễn Thị Ánh", "مريم", "李", "X Æ", "D'Arcy \U0001f33f"]

    rows, _, _ = read("Name\n" + "\n".join([names[0], "Jose\u0301", *names[2:]]) + "\n")

    assert [row.name for row in rows] == names


def test_several_addresses_in_a_cell_leave_the_first_and_the_remark_names_the_others() -> None:
    rows, _, notes = read(
        "Name,Email\nAna,ana@example.org; Lind@example.org / a@b\nBo,bo@example.org (BO@Example.org)\n"
    )

    assert [row.email for row in rows] == ["ana@example.org", "bo@example.org"]
    said = "Of several addresses ana@example.org was taken, and not Lind@example.org, a@b."
    assert [(note.line, note.text, note.kind, note.field) for note in notes] == [
        (2, said, "address-doubt", "email")
    ]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Di Fox <di@x.org>", "Di Fox"),
        ('"""Fox, Di (Kew)"" <di@x.org>"', "Di Fox"),
        ("'di@x.org' <di@x.org>", ""),
        ("Di Fox (di@x.org)", "Di Fox"),
        ("di@x.org (Di Fox)", "Di Fox"),
        ("Di Fox [mailto:di@x.org]", "Di Fox"),
    ],
)
@pytest.mark.parametrize("header", ["Email", "To"])
def test_a_name_beside_its_address_is_the_name_where_no_column_has_one(
    header: str, cell: str, name: str
) -> None:
    rows, problems, _ = read(f"{header},Organisation\n{cell},Kew\nAda Byrne <ada.b@x.org>,Kew\n")
    assert [(row.name, row.email) for row in rows] == [
        *([(name, "di@x.org")] if name else []),
        ("Ada Byrne", "ada.b@x.org"),
    ]
    assert [problem.kind for problem in problems] == ([] if name else ["no-name"])


def test_a_column_of_names_goes_before_a_name_beside_the_address() -> None:
    rows, _, _ = read("Name,Email\nDiana Fox,Di <di@x.org>\n")
    assert rows[0].name == "Diana Fox"


@pytest.mark.parametrize(
    "text",
    [
        'Ada Byrne <ada@x.org>; "Cole, Ben" <ben@x.org>; Di O’Neill <di@x.org>;\n',
        "To: Ada Byrne <ada@x.org>, Cole, Ben <ben@x.org>, Di O’Neill <di@x.org>",
        "Ada Byrne <ada@x.org>\r\nBen Cole <ben@x.org>\r\n\r\nDi O’Neill <di@x.org>\r\n",
    ],
)
def test_recipients_pasted_from_a_mail_are_people(text: str) -> None:
    rows, problems, _ = read(text)
    assert [(row.line, row.name, row.email) for row in rows] == [
        (1, "Ada Byrne", "ada@x.org"),
        (2, "Ben Cole", "ben@x.org"),
        (3, "Di O’Neill", "di@x.org"),
    ]
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        "To: Ada Byrne <ada@x.org>\nCc: Ben Cole <ben@x.org>\n",
        "From: Ada Byrne <ada@x.org>\r\nTo: Ben Cole <ben@x.org>",
        "Byrne, Ada <ada@x.org>\nCole, Ben <ben@x.org>\n",
        "Ada Byrne <ada@x.org>, Ben Cole <ben@x.org>",
    ],
)
def test_what_a_mail_says_before_recipients_is_no_name(text: str) -> None:
    rows, problems, _ = read(text)
    assert [(row.name, row.email) for row in rows] == [("Ada Byrne", "ada@x.org"), ("Ben Cole", "ben@x.org")]
    assert problems == []


def test_lines_of_the_same_columns_are_a_list_and_no_recipients() -> None:
    rows, _, _ = read("Kew, Ada Byrne <ada@x.org>\nMet Office, Ben Cole <ben@x.org>\n")
    assert [(row.name, row.email) for row in rows] == [("Ada Byrne", "ada@x.org"), ("Ben Cole", "ben@x.org")]
    rows, _, _ = read("Ada Byrne <ada@x.org>,ada.private@y.org\nBen Cole <ben@x.org>,b@z.org\n")
    assert [(row.name, row.email) for row in rows] == [("Ada Byrne", "ada@x.org"), ("Ben Cole", "ben@x.org")]


@pytest.mark.parametrize("cell", ["di@x.org (work)", "Home <di@x.org>", "work: <di@x.org>"])
def test_which_address_it_is_is_nobodys_name(cell: str) -> None:
    rows, problems, _ = read(f"Name,Email\n,{cell}\nAda Byrne,ada@x.org\n")
    assert [row.name for row in rows] == ["Ada Byrne"]
    assert [problem.kind for problem in problems] == ["no-name"]


def test_recipients_are_bounded_as_rows_are() -> None:
    text = "".join(f"Ada <a{number}@x.org>\n" for number in range(100_001))
    with pytest.raises(IntakeError, match="more than 100,000 rows"):
        read(text)


@pytest.mark.parametrize("sign", [" ", "\t", "\n", "\u00a0", "\u2003"])
def test_a_cell_of_white_space_takes_no_longer_than_words(sign: str) -> None:
    rows, _, _ = read(f'Name,Organisation\n"{sign * 100_000}Ada Byrne",Kew\n')
    assert [row.name for row in rows] == ["Ada Byrne"]


def test_a_recipient_without_a_name_is_named_by_its_place() -> None:
    rows, problems, notes = read("Ada Byrne <ada@x.org>; di@x.org")
    assert [row.name for row in rows] == ["Ada Byrne"]
    assert [(problem.line, problem.kind) for problem in problems] == [(2, "no-name")]
    assert any("Line 3 is the third of them" in note.text for note in notes)


def test_a_list_without_a_header_line_is_read_by_names_beside_addresses() -> None:
    rows, _, _ = read("Ada Byrne <ada@x.org>,Kew\nBen Cole <ben@x.org>,Met Office\n")
    assert [(row.line, row.name, row.email) for row in rows] == [
        (1, "Ada Byrne", "ada@x.org"),
        (2, "Ben Cole", "ben@x.org"),
    ]


def test_a_sheet_without_names_or_addresses_says_which_columns_there_are() -> None:
    text = b"Colour,Size\nred,2\n"

    assert not headers(text, "list.csv").usable
    with pytest.raises(IntakeError) as refusal:
        read_attendees(text, "list.csv")
    assert str(refusal.value) == (
        "No column seems to hold names or email addresses. The columns are “Colour”, “Size”. "
        "Say which column is what, or name them as in the template."
    )


def test_an_address_column_without_a_telling_name_is_found_by_its_cells() -> None:
    sheet = headers(b"Who,Kontakt\nAna,ana@example.org\nBen,\nCat,cat@example.org\n", "list.csv")

    assert sheet.mapping == {"Kontakt": "email"}
    assert sheet.unsure == ("Kontakt",)


def test_a_list_without_a_header_line_is_read_by_its_addresses() -> None:
    data = b"ana.lind@example.org,Kew\nben.ode@example.org,Cefas\n"

    found = read_attendees(data, "list.csv", {"Column 2": "organisation"})

    assert [(row.line, row.name, row.organisation) for row in found.rows] == [
        (1, "Ana Lind", "Kew"),
        (2, "Ben Ode", "Cefas"),
    ]
    assert found.notes[0] == Note(None, "The file has no line of column names: say what each column is.")


def test_a_title_above_the_header_is_passed_over() -> None:
    rows, _, _ = read("Data day 2026,,\n,,\nName,Email,Organisation\nAna,ana@example.org,Kew\n")

    assert rows == [AttendeeRow(4, "Ana", "ana@example.org", "Kew")]


@pytest.mark.parametrize("groups", ["Delegate,,Contact,,", "Person,Person,Contact,Contact,Other"])
def test_a_line_that_only_groups_the_column_names_below_it_is_no_header(groups: str) -> None:
    names = "Called,Organisation,E-mail,Job title,Topics"
    rows, _, _ = read(f"{groups}\n{names}\nAna Lind,Kew,ana@example.org,Botanist,Seeds\n", {"Called": "name"})

    assert [(row.line, row.name, row.organisation, row.email) for row in rows] == [
        (3, "Ana Lind", "Kew", "ana@example.org")
    ]


@pytest.mark.parametrize(
    "header", ["Internal ref", "External ID number", "Internal reference number", "Internal contact"]
)
def test_what_is_internal_besides_people_says_nothing_of_them(header: str) -> None:
    rows, _, notes = read(f"Name,Email,{header}\nAna,ana@example.org,X1\n")

    assert [row.inside for row in rows] == [None]
    assert [note for note in notes if note.line] == []


def test_an_exports_apostrophe_before_a_formula_is_taken_off_again() -> None:
    rows, _, _ = read("Name,Can help with\nAna,'+44 dialling codes\nBen,'tis a start\n")

    assert [row.offers for row in rows] == ["+44 dialling codes", "'tis a start"]


def test_the_guide_names_every_field() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")

    assert [label for label in FIELDS.values() if f"| {label} |" not in guide] == []


@pytest.mark.parametrize(
    "heading", ["Pronouns", "Your pronouns (optional)", "What pronouns do you use?", "Pronomen"]
)
def test_pronouns_are_read_as_written_and_nothing_said_is_nothing(heading: str) -> None:
    names = ("Ada", "Ben", "Cy", "Di", "Ed")
    cells = ("she/her", "They/them, or Ada", "n/a", "Prefer not to say", "x" * 41)
    lines = [f"Name,{heading}", *(f'{one} Byrne,"{cell}"' for one, cell in zip(names, cells, strict=True))]
    found = read_attendees("\n".join(lines).encode(), "list.csv")
    assert [row.pronouns for row in found.rows] == ["she/her", "They/them, or Ada", "", "", "x" * 39 + "…"]
    assert [note.kind for note in found.notes] == ["long"]


@pytest.mark.parametrize(
    ("cell", "titles", "bio"),
    [
        (
            "I look after the river levels archive, and help with bathing water",
            (),
            "I look after the river levels archive, and help with bathing water",
        ),
        ("Tides; I help with bathing water; Snow", ("Tides", "Snow"), "I help with bathing water"),
        ("1. River levels 2. We keep the flood map, too", ("River levels",), "We keep the flood map, too"),
        ("Looking after tides and\nhelping with snow.", (), "Looking after tides and\nhelping with snow."),
        ("I mostly use:\n- tides\n- snow", ("tides", "snow"), ""),
        ("Our Environment, Annex I Habitats", ("Our Environment", "Annex I Habitats"), ""),
    ],
)  # fmt: skip
def test_a_sentence_in_a_column_of_datasets_is_what_they_say_and_never_a_title(
    cell: str, titles: tuple[str, ...], bio: str
) -> None:
    found = read_attendees(
        f'Name,Datasets used,Datasets wanted\nAda,"{cell}","I need help with rain, please"\n'.encode(),
        "a.csv",
    )
    (row,) = found.rows
    assert (row.datasets, row.bio) == (titles, bio)
    assert (row.datasets_wanted, row.needs) == ((), "I need help with rain, please")
    assert [note.kind for note in found.notes] == ["sentence"] * (1 + bool(bio))


@pytest.mark.parametrize("header", ["Ticket", "RSVP", "Your answer", "Will you be joining us?"])
def test_an_answer_of_yes_maybe_or_no_is_read_whatever_the_column_is_called(header: str) -> None:
    words = ("Yes", "Attending", "Maybe", "Can't make it", "No, sorry", "waitlisted", "-")
    lines = "".join(f'P{number},"{word}"\n' for number, word in enumerate(words))
    found = read_attendees(f"Name,{header}\n{lines}".encode(), "a.csv")
    assert [(row.name, row.says_coming) for row in found.rows] == [
        ("P0", "Yes"), ("P1", "Attending"), ("P2", ""), ("P6", "")
    ]  # fmt: skip
    assert [(note.line, note.kind) for note in found.notes] == [
        (4, "not-confirmed"), (5, "not-coming"), (6, "not-coming"), (7, "not-coming")
    ]  # fmt: skip
    assert read_attendees(f"Name,{header}\nP0,Yes\nP1,Free\nP2,2\n".encode(), "a.csv").rows[2].name == "P2"


@pytest.mark.parametrize(
    "header", ["Fauteuil roulant", "Rolstoel", "Silla de ruedas", "Sedia a rotelle", "Rullstol"]
)
def test_a_wheelchair_is_known_in_other_languages(header: str) -> None:
    rows, _, _ = read(f"Name;{header}\nAda Byrne;x\nBen Cole;\n")

    assert [row.step_free for row in rows] == [True, False]


@pytest.mark.parametrize("cell", ["0,4375", "46000,4375", "46000.4375", "10,30"])
def test_a_time_and_a_table_with_a_comma_for_the_point_are_read(cell: str) -> None:
    rows, _, notes = read(f"Name;Arrives;Fixed table\nAda Byrne;{cell};4,0\n")

    assert ([(row.arrives, row.fixed_table) for row in rows], notes) == ([(time(10, 30), 4)], [])
